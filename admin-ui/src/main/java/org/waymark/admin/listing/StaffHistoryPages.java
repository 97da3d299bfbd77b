// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Accounts;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingHistory;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Outcome;
import org.waymark.node.privacy.Purpose;

/// `/admin/history/{id}`: who changed what in a listing of ours, and back to an earlier version.
@Path("/admin/history/{id}")
public final class StaffHistoryPages {

    private final Listings listings;
    private final ListingHistory history;
    private final Accounts accounts;
    private final Desk desk;

    public StaffHistoryPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.history = domains.history();
        this.accounts = domains.accounts();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, "listings");
        var listing = get(sheet, id);
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                "listing/history",
                Map.of(
                        "listing",
                        listing,
                        "versions",
                        history.list(acting, listing.id()),
                        "colleagues",
                        accounts.colleagues(acting)));
    }

    @GET
    @Path("{number}")
    public Response one(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("number") int number) {
        var sheet = desk.open(request, "listings");
        var listing = get(sheet, id);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var step = history.find(acting, listing.id(), number).orElseThrow(NotFoundException::new);
        return sheet.show(
                "listing/version",
                Map.of(
                        "listing",
                        listing,
                        "step",
                        step,
                        "colleagues",
                        accounts.colleagues(acting)));
    }

    @POST
    @Path("{number}/restore")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("number") int number) {
        var sheet = desk.open(request, "listings");
        var outcome = history.restore(sheet.acting(Purpose.DIRECTORY), new ListingId(id), number);
        return switch (outcome) {
            case Outcome.Changed _, Outcome.NeedsSecondPerson _ ->
                    Sheet.to("/admin/history/" + id, "restored");
            case Outcome.NothingToChange _, Outcome.Stale _ ->
                    Sheet.to("/admin/history/" + id, "nothing-changed");
            case Outcome.NotFound _, Outcome.NotYours _ -> throw new NotFoundException();
        };
    }

    @POST
    @Path("{number}/forget")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response forget(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("number") int number) {
        var sheet = desk.open(request, "listings");
        if (!history.forget(sheet.acting(Purpose.DIRECTORY), new ListingId(id), number)) {
            throw new NotFoundException();
        }
        return Sheet.to("/admin/history/" + id, "version-forgotten");
    }

    private Listing get(Sheet sheet, UUID id) {
        return listings.find(sheet.acting(Purpose.DIRECTORY), new ListingId(id))
                .filter(sheet::publishes)
                .orElseThrow(NotFoundException::new);
    }
}
