// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.peer.StaffDeliveryPages;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Outcome;
import org.waymark.node.listing.feed.ListingCsv;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Calls;
import org.waymark.node.referral.FirstCall;

/// `/admin/listings`: the organisation's own listings, and the form for one.
@Path("/admin/listings")
public final class StaffListingPages {

    private static final int MOST = 200;
    private static final String SECTION = "listings";
    private static final String LIST = "/admin/listings";

    private final Listings listings;
    private final Calls calls;
    private final Domains domains;
    private final Desk desk;

    public StaffListingPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.calls = domains.referrals().calls();
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request, @QueryParam("q") @DefaultValue("") String q) {
        var sheet = desk.open(request, SECTION);
        var found = listings.list(sheet.acting(Purpose.DIRECTORY), q.strip(), MOST);
        return sheet.show("listing/list", Map.of("words", q.strip(), "listings", found));
    }

    /// What the list shows, for a spreadsheet.
    @GET
    @Path("table.csv")
    public Response table(
            @Context ContainerRequestContext request, @QueryParam("q") @DefaultValue("") String q) {
        var sheet = desk.open(request, SECTION);
        var found = listings.list(sheet.acting(Purpose.DIRECTORY), q.strip(), MOST);
        return Response.ok(
                        ListingCsv.of(found, sheet.page().language().tag()),
                        "text/csv;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"listings.csv\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("new")
    public Response blank(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        requireEditor(sheet);
        var language = sheet.page().language().tag();
        return form(200, sheet, "", 0, ListingForm.empty(language), language, List.of());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var language = language(sheet, fields.text("language"));
        var filled = ListingForm.over(ListingForm.empty(language), language, fields, sheet.page());
        if (!filled.errors().isEmpty()) {
            return form(422, sheet, "", 0, filled.draft(), language, filled.errors());
        }
        var added = listings.add(sheet.acting(Purpose.DIRECTORY), filled.draft());
        var waits = added.review().proposal().isPresent() || !added.review().isPublished();
        return Sheet.to(LIST, waits ? "second-person" : "saved");
    }

    /// Ours of the last day, so that nobody calls twice.
    private List<FirstCall> calls(Sheet sheet, UUID listing) {
        return sheet.may(Right.SEE_REFERRALS)
                ? calls.recent(sheet.acting(Purpose.HELP), new ListingId(listing))
                : List.of();
    }

    @GET
    @Path("{id}")
    public Response edit(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @QueryParam("language") @DefaultValue("") String wanted) {
        var sheet = desk.open(request, SECTION);
        var listing = get(sheet, new ListingId(id));
        if (!sheet.publishes(listing) || !sheet.may(Right.EDIT_LISTINGS)) {
            return sheet.show(
                    "listing/show", Map.of("listing", listing, "calls", calls(sheet, id)));
        }
        var draft = draft(sheet, listing.id());
        var language = wanted.isEmpty() ? draft.name().baseLanguage() : language(sheet, wanted);
        return form(
                200, sheet, listing.id().toString(), listing.version(), draft, language, List.of());
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response replace(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var listing = new ListingId(id);
        var fields = new Fields(form);
        var language = language(sheet, fields.text("language"));
        var before = draft(sheet, listing);
        var filled = ListingForm.over(before, language, fields, sheet.page());
        var seen = fields.text("version").matches("\\d{1,18}") ? fields.text("version") : "0";
        if (!filled.errors().isEmpty()) {
            return form(
                    422,
                    sheet,
                    listing.toString(),
                    Long.parseLong(seen),
                    filled.draft(),
                    language,
                    filled.errors());
        }
        var outcome =
                listings.replace(
                        sheet.acting(Purpose.DIRECTORY),
                        listing,
                        Long.parseLong(seen),
                        filled.draft());
        return switch (outcome) {
            case Outcome.Changed _ -> Sheet.to(LIST + "/" + id, "saved");
            case Outcome.NothingToChange _ -> Sheet.to(LIST + "/" + id, "nothing-changed");
            case Outcome.NeedsSecondPerson _ -> Sheet.to(LIST + "/" + id, "second-person");
            case Outcome.Stale(Listing current) ->
                    form(
                            409,
                            sheet,
                            listing.toString(),
                            current.version(),
                            filled.draft(),
                            language,
                            List.of(new Wrong("name", sheet.page().say("staff.listing.stale"))));
            case Outcome.NotFound _, Outcome.NotYours _ -> throw new NotFoundException();
        };
    }

    @POST
    @Path("{id}/confirm")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response confirm(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var how = new Fields(form).choice("how", Checked.How.PHONE);
        domains.freshness().confirm(sheet.acting(Purpose.DIRECTORY), new ListingId(id), how);
        return Sheet.to(LIST + "/" + id, "checked");
    }

    /// Asks before it is done: closing is for good.
    @GET
    @Path("{id}/close")
    public Response closing(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        return sheet.show("listing/close", Map.of("listing", get(sheet, new ListingId(id))));
    }

    @POST
    @Path("{id}/close")
    public Response close(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        listings.close(sheet.acting(Purpose.DIRECTORY), new ListingId(id));
        return Sheet.to(LIST, "closed");
    }

    private Listing get(Sheet sheet, ListingId id) {
        return listings.find(sheet.acting(Purpose.DIRECTORY), id)
                .orElseThrow(NotFoundException::new);
    }

    private Draft draft(Sheet sheet, ListingId id) {
        return listings.edit(sheet.acting(Purpose.DIRECTORY), id)
                .orElseThrow(NotFoundException::new)
                .build();
    }

    private static void requireEditor(Sheet sheet) {
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            throw new org.waymark.node.account.Access.Denied(Right.EDIT_LISTINGS);
        }
    }

    private String language(Sheet sheet, String wanted) {
        return desk.pages().languages().find(wanted).orElse(sheet.page().language()).tag();
    }

    private Response form(
            int status,
            Sheet sheet,
            String id,
            long version,
            Draft draft,
            String language,
            List<Wrong> errors) {
        var uri =
                id.isEmpty()
                        ? Optional.<URI>empty()
                        : Optional.of(get(sheet, new ListingId(UUID.fromString(id))).uri());
        return sheet.show(
                status,
                "listing/form",
                Map.of(
                        "id",
                        id,
                        "uri",
                        uri.map(URI::toString).orElse(""),
                        "deliveries",
                        uri.map(it -> StaffDeliveryPages.about(domains, sheet, it))
                                .orElse(List.of()),
                        "version",
                        version,
                        "draft",
                        draft,
                        "language",
                        language,
                        "errors",
                        errors));
    }
}
