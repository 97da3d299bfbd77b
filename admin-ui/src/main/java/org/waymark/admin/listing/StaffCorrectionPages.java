// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import gg.jte.Content;
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
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Correction;
import org.waymark.node.listing.Correction.Side;
import org.waymark.node.listing.Correction.State;
import org.waymark.node.listing.Corrections;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Origin;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/corrections`: "this is wrong", from us about a partner's listing and from others about
/// ours, with the answers.
@Path("/admin/corrections")
public final class StaffCorrectionPages implements StaffStartPages.Tasks {

    private static final String SECTION = "listings";
    private static final String LIST = "/admin/corrections";

    private final Corrections corrections;
    private final Listings listings;
    private final Desk desk;

    public StaffCorrectionPages(Domains domains, Desk desk) {
        this.corrections = domains.corrections();
        this.listings = domains.listings();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                "listing/corrections",
                Map.of(
                        "open",
                        corrections.listOpen(acting),
                        "answered",
                        corrections.listAnswered(acting)));
    }

    @GET
    @Path("new")
    public Response blank(
            @Context ContainerRequestContext request,
            @QueryParam("listing") @DefaultValue("") String listing) {
        var sheet = desk.open(request, SECTION);
        return form(200, sheet, listing(sheet, listing), List.of());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var listing = listing(sheet, fields.text("listing"));
        var words = fields.text("words", Corrections.LONGEST);
        if (words.isEmpty()) {
            var missing = new Wrong("words", sheet.page().say("staff.correction.words-missing"));
            return form(422, sheet, listing, List.of(missing));
        }
        return switch (corrections.send(sheet.acting(Purpose.DIRECTORY), listing.id(), words)) {
            case DONE -> Sheet.to(LIST, "correction-send");
            case ALREADY_THERE -> Sheet.to(LIST, "correction-waits");
            case NO_PARTNER -> Sheet.to("/admin/listings/" + listing.id(), "correction-phone");
            case NOT_FOUND -> throw new NotFoundException();
        };
    }

    @GET
    @Path("{id}")
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var correction =
                corrections
                        .find(sheet.acting(Purpose.DIRECTORY), id)
                        .orElseThrow(NotFoundException::new);
        return sheet.show("listing/correction", Map.of("correction", correction));
    }

    @POST
    @Path("{id}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var to = fields.choice("state", State.class).orElseThrow(NotFoundException::new);
        var words = fields.text("words", Corrections.LONGEST);
        return switch (corrections.answer(sheet.acting(Purpose.DIRECTORY), id, to, words)) {
            case DONE -> Sheet.to(LIST + "/" + id, "correction-answer");
            case ALREADY_THERE, NO_PARTNER -> Sheet.to(LIST + "/" + id, "already-so");
            case NOT_FOUND -> throw new NotFoundException();
        };
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            return List.of();
        }
        return corrections.listOpen(sheet.acting(Purpose.DIRECTORY)).stream()
                .filter(it -> it.side() == Side.RECEIVED)
                .map(it -> task(sheet, it))
                .toList();
    }

    private static Task task(Sheet sheet, Correction correction) {
        var page = sheet.page();
        return new Task(
                correction.createdAt(),
                "wait",
                "alert",
                page.say("staff.correction.received.open"),
                page.isolated(correction.name()),
                other(page, correction),
                LIST + "/" + correction.id());
    }

    /// Who said it, or to whom it was said.
    public static Content other(Page page, Correction correction) {
        if (correction.isByLink()) {
            return page.say("check.from");
        }
        return correction.otherName().isEmpty()
                ? page.say("staff.correction.visitor")
                : page.say(
                        "staff.correction.with." + Fields.word(correction.side()),
                        correction.otherName());
    }

    private Response form(int status, Sheet sheet, Listing listing, List<Wrong> errors) {
        var owner =
                listing.origin() instanceof Origin.Copy copy
                        ? copy.partner()
                        : listing.provider().name();
        return sheet.show(
                status,
                "listing/wrong",
                Map.of("listing", listing, "owner", owner, "errors", errors));
    }

    private Listing listing(Sheet sheet, String id) {
        try {
            return listings.find(
                            sheet.acting(Purpose.DIRECTORY), new ListingId(UUID.fromString(id)))
                    .filter(it -> !sheet.publishes(it))
                    .orElseThrow(NotFoundException::new);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }

    /// How a state looks beside its word.
    public static String kind(Correction correction) {
        return switch (correction.state()) {
            case OPEN -> "wait";
            case RESOLVED -> "ok";
            case DECLINED -> "info";
        };
    }

    public static String icon(Correction correction) {
        return switch (correction.state()) {
            case OPEN -> "wait";
            case RESOLVED -> "check";
            case DECLINED -> "stop";
        };
    }
}
