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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ClosingDuties.Decision;
import org.waymark.node.listing.Closings;
import org.waymark.node.listing.Closings.Closing;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.privacy.Purpose;

/// `/admin/listings/{id}/close`: closes a service for good, after one decision about everybody who
/// waits there (safety rule 7).
@Path("/admin/listings/{id}/close")
public final class StaffClosingPages {

    private final Listings listings;
    private final Closings closings;
    private final Desk desk;

    public StaffClosingPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.closings = domains.closings();
        this.desk = desk;
    }

    @GET
    public Response ask(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, "listings");
        return show(200, sheet, get(sheet, id));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response close(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "listings");
        var acting = sheet.acting(Purpose.DIRECTORY);
        var fields = new Fields(form);
        var listing = new ListingId(id);
        var decisions = new HashMap<UUID, Decision>();
        for (var duty : closings.duties(acting, listing)) {
            fields.choice("duty-" + duty.id(), Decision.class)
                    .ifPresent(decision -> decisions.put(duty.id(), decision));
        }
        return switch (closings.close(acting, listing, decisions)) {
            case Closing.Closed _ -> Sheet.to("/admin/listings", "closed");
            case Closing.Undecided _, Closing.OthersMustDecide _ ->
                    show(409, sheet, get(sheet, id));
            case Closing.NotFound _ -> throw new NotFoundException();
        };
    }

    private Response show(int status, Sheet sheet, Listing listing) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                status,
                "listing/close",
                Map.of(
                        "listing",
                        listing,
                        "duties",
                        closings.duties(acting, listing.id()),
                        "count",
                        closings.count(acting, listing.id())));
    }

    private Listing get(Sheet sheet, UUID id) {
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            throw new Access.Denied(Right.EDIT_LISTINGS);
        }
        return listings.find(sheet.acting(Purpose.DIRECTORY), new ListingId(id))
                .filter(sheet::publishes)
                .orElseThrow(NotFoundException::new);
    }
}
