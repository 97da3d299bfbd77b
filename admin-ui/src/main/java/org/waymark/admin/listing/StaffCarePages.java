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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Standing;
import org.waymark.node.listing.freshness.Care;
import org.waymark.node.listing.freshness.CheckLinks;
import org.waymark.node.listing.freshness.Freshness;
import org.waymark.node.listing.freshness.Standings;
import org.waymark.node.listing.freshness.Told;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/care/{id}`: how things stand with a listing of ours today, and how it is kept right.
@Path("/admin/care/{id}")
public final class StaffCarePages {

    private static final String SECTION = "listings";
    private static final String MAIL = "[^@\\s<>\"]{1,64}@[^@\\s<>\"]{1,190}";

    private final Listings listings;
    private final Freshness freshness;
    private final Standings standings;
    private final CheckLinks links;
    private final Desk desk;

    public StaffCarePages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.freshness = domains.freshness();
        this.standings = domains.standings();
        this.links = domains.checkLinks();
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var listing = get(sheet, id);
        var care = freshness.care(sheet.acting(Purpose.DIRECTORY), listing.id());
        return show(200, sheet, listing, care, List.of());
    }

    @POST
    @Path("standing")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response standing(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var listing = get(sheet, id);
        var fields = new Fields(form);
        var free = Told.number(fields.text("free"));
        var places = Told.number(fields.text("places"));
        var wait = Told.number(fields.text("wait"));
        var closed = Told.day(fields.text("closed"));
        var errors = new ArrayList<Wrong>();
        if (!closed.isUnderstood()) {
            var example = standings.today().toString();
            errors.add(new Wrong("closed", sheet.page().say("check.day.wrong", example)));
        }
        Map.of("free", free, "places", places, "wait", wait)
                .forEach(
                        (field, number) -> {
                            if (!number.isUnderstood()) {
                                var words = sheet.page().say("check.number.wrong");
                                errors.add(new Wrong(field, words));
                            }
                        });
        if (!errors.isEmpty()) {
            return show(422, sheet, listing, freshness.care(acting, listing.id()), errors);
        }
        var before = listing.standing();
        var of = Told.found(places);
        if (!Told.found(free).equals(before.free())
                || !of.equals(before.places())
                || free.found().isPresent()) {
            standings.places(acting, listing.id(), Told.found(free), of);
        }
        standings.waiting(acting, listing.id(), Told.found(wait));
        if (!closed.found().equals(before.closure().map(Standing.Closure::to))) {
            standings.close(acting, listing.id(), closed.found());
        }
        return Sheet.to("/admin/care/" + id, "standing");
    }

    @POST
    @Path("rules")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rules(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var listing = get(sheet, id);
        var fields = new Fields(form);
        var months = Told.number(fields.text("months"));
        var care = new Care(months.found(), fields.optional("mail"));
        if (!months.isUnderstood()) {
            var wrong = new Wrong("months", sheet.page().say("check.number.wrong"));
            return show(422, sheet, listing, care, List.of(wrong));
        }
        if (care.askMail().filter(mail -> !mail.matches(MAIL)).isPresent()) {
            var wrong = new Wrong("mail", sheet.page().say("staff.care.mail.wrong"));
            return show(422, sheet, listing, care, List.of(wrong));
        }
        freshness.setCare(sheet.acting(Purpose.DIRECTORY), listing.id(), care);
        return Sheet.to("/admin/care/" + id, "saved");
    }

    /// The link is shown once, to be copied, printed, or sent with one's own mail program.
    @POST
    @Path("link")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response link(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var listing = get(sheet, id);
        var language =
                desk.pages()
                        .languages()
                        .find(listing.name().baseLanguage())
                        .orElse(sheet.page().language())
                        .tag();
        var link = links.make(acting, listing.id(), language).orElseThrow(NotFoundException::new);
        var care = freshness.care(acting, listing.id());
        return show(200, sheet, listing, care, List.of(), link.toString());
    }

    @POST
    @Path("link/take-back")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response takeBack(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        links.takeBack(sheet.acting(Purpose.DIRECTORY), new ListingId(id));
        return Sheet.to("/admin/care/" + id, "link-take-back");
    }

    private Response show(int status, Sheet sheet, Listing listing, Care care, List<Wrong> errors) {
        return show(status, sheet, listing, care, errors, "");
    }

    private Response show(
            int status, Sheet sheet, Listing listing, Care care, List<Wrong> errors, String link) {
        return sheet.show(
                status,
                "listing/care",
                Map.of(
                        "listing",
                        listing,
                        "care",
                        care,
                        "months",
                        freshness.months(sheet.acting(Purpose.DIRECTORY)),
                        "today",
                        standings.today(),
                        "errors",
                        errors,
                        "link",
                        link));
    }

    private Listing get(Sheet sheet, UUID id) {
        return listings.find(sheet.acting(Purpose.DIRECTORY), new ListingId(id))
                .filter(sheet::publishes)
                .orElseThrow(NotFoundException::new);
    }
}
