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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Outcome;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.privacy.Purpose;

/// `/admin/review`: listings that the safety rules held back. One person keeps them held or shows
/// them as narrowly as proposed; to show more takes two.
@Path("/admin/review")
public final class StaffReviewPages implements StaffStartPages.Tasks {

    private static final int PAGE = 20;
    private static final String SECTION = "review";
    // 14 days: nobody is harmed by waiting, so people who wait for an answer come first.
    private static final Duration PATIENCE = Duration.ofDays(14);

    private final Listings listings;
    private final Desk desk;

    public StaffReviewPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.desk = desk;
    }

    @GET
    public Response queue(
            @Context ContainerRequestContext request,
            @QueryParam("page") @DefaultValue("1") int page) {
        var sheet = desk.open(request, SECTION);
        var waiting = listings.reviewQueue(sheet.acting(Purpose.DIRECTORY));
        var pages = Math.max(1, (waiting.size() + PAGE - 1) / PAGE);
        var number = Math.clamp(page, 1, pages);
        return sheet.show(
                "listing/review",
                Map.of(
                        "listings",
                        waiting.stream().skip((number - 1) * (long) PAGE).limit(PAGE).toList(),
                        "total",
                        waiting.size(),
                        "number",
                        number,
                        "pages",
                        pages));
    }

    /// One listing, wherever it stands: what was kept unpublished has left the queue and can be
    /// decided again.
    @GET
    @Path("{id}")
    public Response one(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        if (!sheet.may(Right.REVIEW_LISTINGS)) {
            throw new Access.Denied(Right.REVIEW_LISTINGS);
        }
        var listing =
                listings.find(sheet.acting(Purpose.DIRECTORY), new ListingId(id))
                        .filter(sheet::publishes)
                        .orElseThrow(NotFoundException::new);
        return sheet.show("listing/decide", Map.of("listing", listing));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var fields = new Fields(form);
        var listing = new ListingId(id);
        var hold = fields.text("decision").equals("hold");
        var outcome =
                hold
                        ? listings.hold(acting, listing)
                        : listings.publish(
                                acting,
                                listing,
                                fields.choice("kind", Kind.HELP),
                                fields.choice("reach", Reach.STAFF),
                                fields.choice("place", Place.PHONE_ONLY));
        return switch (outcome) {
            case Outcome.Changed _, Outcome.NothingToChange _, Outcome.Stale _ ->
                    Sheet.to("/admin/review", hold ? "held" : "published");
            case Outcome.NeedsSecondPerson _ -> Sheet.to("/admin/review", "second-person");
            case Outcome.NotFound _, Outcome.NotYours _ -> throw new NotFoundException();
        };
    }

    /// One task for the whole queue: a hundred imported listings are one piece of work.
    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.REVIEW_LISTINGS)) {
            return List.of();
        }
        var waiting = listings.reviewQueue(sheet.acting(Purpose.DIRECTORY));
        if (waiting.isEmpty()) {
            return List.of();
        }
        var page = sheet.page();
        var oldest = waiting.stream().map(Listing::updated).min(Instant::compareTo);
        return List.of(
                new Task(
                        oldest.orElseThrow().plus(PATIENCE),
                        "info",
                        "info",
                        page.say("staff.review.task.state"),
                        page.count("staff.review.task", waiting.size()),
                        page.say("staff.review.task.line"),
                        "/admin/review"));
    }
}
