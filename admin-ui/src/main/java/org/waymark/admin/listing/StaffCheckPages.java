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
import java.time.LocalTime;
import java.util.HashMap;
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
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.freshness.Freshness;
import org.waymark.node.listing.freshness.Standings;
import org.waymark.node.privacy.Purpose;

/// `/admin/to-check`: our listings that somebody should make sure of, the longest due first.
@Path("/admin/to-check")
public final class StaffCheckPages implements StaffStartPages.Tasks {

    private static final int PAGE = 20;
    private static final String SECTION = "listings";
    private static final String LIST = "/admin/to-check";

    private final Freshness freshness;
    private final Standings standings;
    private final Desk desk;

    public StaffCheckPages(Domains domains, Desk desk) {
        this.freshness = domains.freshness();
        this.standings = domains.standings();
        this.desk = desk;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("page") @DefaultValue("1") int page) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var total = freshness.countToCheck(acting);
        var pages = Math.max(1, (total + PAGE - 1) / PAGE);
        var number = Math.clamp(page, 1, pages);
        var listings = freshness.toCheck(acting, (number - 1) * PAGE, PAGE);
        var calls = new HashMap<ListingId, Integer>();
        var hidable = new HashMap<ListingId, Boolean>();
        for (var listing : listings) {
            calls.put(listing.id(), freshness.failedCalls(acting, listing.id()).size());
            hidable.put(listing.id(), freshness.mayHide(acting, listing.id()));
        }
        return sheet.show(
                "listing/to-check",
                Map.of(
                        "listings",
                        listings,
                        "calls",
                        calls,
                        "hidable",
                        hidable,
                        "today",
                        standings.today(),
                        "months",
                        freshness.months(acting),
                        "total",
                        total,
                        "number",
                        number,
                        "pages",
                        pages));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response check(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var listing = new ListingId(id);
        var fields = new Fields(form);
        return switch (fields.text("what")) {
            case "no-answer" -> {
                freshness.noAnswer(acting, listing);
                yield Sheet.to(LIST, "no-answer");
            }
            case "hide" ->
                    switch (freshness.hide(acting, listing)) {
                        case HIDDEN -> Sheet.to(LIST, "hidden");
                        case TOO_FEW_CALLS -> Sheet.to(LIST, "hide-calls");
                        case LAST_OF_TOWN -> Sheet.to(LIST, "hide-last");
                        case EMERGENCY_LINE -> Sheet.to(LIST, "hide-emergency");
                        case NOT_FOUND -> throw new NotFoundException();
                    };
            default -> {
                freshness.confirm(acting, listing, fields.choice("what", Checked.How.PHONE));
                yield Sheet.to(LIST, "checked");
            }
        };
    }

    @POST
    @Path("rhythm")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rhythm(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var months = new Fields(form).number("months", Checked.USUAL_MONTHS);
        freshness.setMonths(sheet.acting(Purpose.DIRECTORY), months);
        return Sheet.to(LIST, "rhythm");
    }

    /// One task for all of them: they are one round of calls.
    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            return List.of();
        }
        var acting = sheet.acting(Purpose.DIRECTORY);
        var count = freshness.countToCheck(acting);
        if (count == 0) {
            return List.of();
        }
        var page = sheet.page();
        var due =
                freshness.toCheck(acting, 0, 1).stream()
                        .findFirst()
                        .flatMap(it -> it.checked().due())
                        .orElse(standings.today());
        return List.of(
                new Task(
                        due.atTime(LocalTime.MAX).atZone(sheet.zone()).toInstant(),
                        "info",
                        "info",
                        page.say("staff.check.task.state"),
                        page.count("staff.check.task", count),
                        page.say("staff.check.task.line"),
                        LIST));
    }

    /// Whether the day has come.
    public static boolean isOverdue(Listing listing, java.time.LocalDate today) {
        return listing.checked().due().filter(day -> day.isBefore(today)).isPresent();
    }
}
