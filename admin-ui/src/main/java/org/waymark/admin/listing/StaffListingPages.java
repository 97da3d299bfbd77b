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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Filling;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Outcome;
import org.waymark.node.listing.Text;
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
    private final ListingScreen screen;

    public StaffListingPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.calls = domains.referrals().calls();
        this.domains = domains;
        this.desk = desk;
        this.screen = new ListingScreen(domains);
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
    public Response blank(
            @Context ContainerRequestContext request,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("template") @DefaultValue("") String template) {
        var sheet = desk.open(request, SECTION);
        requireDrafter(sheet);
        var language = sheet.page().language().tag();
        var draft = begin(sheet, from, template, language);
        return screen.show(
                200, sheet, "", 0, draft, language, Filling.NONE, PlaceFields.Asked.NOTHING);
    }

    /// What a new one begins with: a listing like it, a template, or nothing.
    private Draft begin(Sheet sheet, String from, String template, String language) {
        if (from.matches("[0-9a-f-]{36}") && sheet.may(Right.EDIT_LISTINGS)) {
            var like =
                    listings.edit(
                            sheet.acting(Purpose.DIRECTORY), new ListingId(UUID.fromString(from)));
            if (like.isPresent()) {
                return like.get().name(Text.empty(language)).build();
            }
        }
        return ListingTemplate.find(template)
                .map(it -> it.draft(language))
                .orElseGet(() -> ListingForm.empty(language));
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var language = language(sheet, fields.text("language"));
        requireDrafter(sheet);
        var filled =
                screen.read(sheet, Optional.empty(), ListingForm.empty(language), language, fields);
        if (!filled.errors().isEmpty()) {
            return screen.show(
                    422,
                    sheet,
                    "",
                    0,
                    filled.draft(),
                    language,
                    Filling.back(fields, filled.errors()),
                    filled.asked());
        }
        if (isDraft(sheet, fields)) {
            domains.waitingDrafts()
                    .write(sheet.acting(Purpose.DIRECTORY), Optional.empty(), filled.draft());
            return Sheet.to(LIST, "draft");
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
            @QueryParam("language") @DefaultValue("") String wanted,
            @QueryParam("draft") @DefaultValue("") String asDraft) {
        var sheet = desk.open(request, SECTION);
        var listing = get(sheet, new ListingId(id));
        var edits = sheet.may(Right.EDIT_LISTINGS) || !asDraft.isEmpty() && mayDraft(sheet);
        if (!sheet.publishes(listing) || !edits) {
            return sheet.show(
                    "listing/show",
                    Map.of(
                            "listing",
                            listing,
                            "calls",
                            calls(sheet, id),
                            "notes",
                            notes(sheet, listing.id())));
        }
        var draft = draft(sheet, listing.id());
        var language = wanted.isEmpty() ? draft.name().baseLanguage() : language(sheet, wanted);
        return screen.show(
                200,
                sheet,
                listing.id().toString(),
                listing.version(),
                draft,
                language,
                Filling.NONE,
                PlaceFields.Asked.NOTHING);
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
        requireDrafter(sheet);
        var filled = screen.read(sheet, Optional.of(listing), before, language, fields);
        var seen = fields.text("version").matches("\\d{1,18}") ? fields.text("version") : "0";
        if (!filled.errors().isEmpty()) {
            return screen.show(
                    422,
                    sheet,
                    listing.toString(),
                    Long.parseLong(seen),
                    filled.draft(),
                    language,
                    Filling.back(fields, filled.errors()),
                    filled.asked());
        }
        if (isDraft(sheet, fields)) {
            var written =
                    domains.waitingDrafts()
                            .write(
                                    sheet.acting(Purpose.DIRECTORY),
                                    Optional.of(listing),
                                    filled.draft());
            if (written.isEmpty()) {
                throw new NotFoundException();
            }
            return Sheet.to(LIST + "/" + id, "draft");
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
                    screen.show(
                            409,
                            sheet,
                            listing.toString(),
                            current.version(),
                            filled.draft(),
                            language,
                            Filling.back(
                                    fields,
                                    List.of(
                                            new Wrong(
                                                    "name",
                                                    sheet.page().say("staff.listing.stale")))),
                            filled.asked());
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

    private Listing get(Sheet sheet, ListingId id) {
        return listings.find(sheet.acting(Purpose.DIRECTORY), id)
                .orElseThrow(NotFoundException::new);
    }

    private Draft draft(Sheet sheet, ListingId id) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        var builder =
                sheet.may(Right.EDIT_LISTINGS)
                        ? listings.edit(acting, id)
                        : domains.waitingDrafts().edit(acting, id);
        return builder.orElseThrow(NotFoundException::new).build();
    }

    private static boolean mayDraft(Sheet sheet) {
        return sheet.may(Right.DRAFT_LISTINGS);
    }

    private static void requireDrafter(Sheet sheet) {
        if (!mayDraft(sheet)) {
            throw new org.waymark.node.account.Access.Denied(Right.DRAFT_LISTINGS);
        }
    }

    /// Whoever may not publish writes drafts; who may can ask somebody else to.
    private static boolean isDraft(Sheet sheet, Fields fields) {
        return !sheet.may(Right.EDIT_LISTINGS) || fields.text("as").equals("draft");
    }

    private StaffNotePages.Shown notes(Sheet sheet, ListingId listing) {
        return StaffNotePages.shown(domains, sheet, listing);
    }

    private String language(Sheet sheet, String wanted) {
        return desk.pages().languages().find(wanted).orElse(sheet.page().language()).tag();
    }
}
