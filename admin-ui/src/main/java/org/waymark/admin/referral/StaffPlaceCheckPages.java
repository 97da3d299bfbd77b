// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

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
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.placecheck.PlaceAnswer;
import org.waymark.node.referral.placecheck.PlaceCheck;
import org.waymark.node.referral.placecheck.PlaceCheckId;
import org.waymark.node.referral.placecheck.PlaceChecks;

/// `/admin/place-checks`: "Place for 2 and 1 from Monday?" to several services at once, and the one
/// click that answers it.
@Path("/admin/place-checks")
public final class StaffPlaceCheckPages implements StaffStartPages.Tasks {

    private static final String HERE = "/admin/place-checks";

    private final PlaceChecks checks;
    private final Clock clock;
    private final Desk desk;

    public StaffPlaceCheckPages(Domains domains, Desk desk) {
        this.checks = domains.placeChecks();
        this.clock = domains.clock();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var now = clock.instant();
        var all = checks.list(sheet.acting(Purpose.HELP));
        return sheet.show(
                "referral/placechecks",
                Map.of(
                        "now",
                        now,
                        "incoming",
                        all.stream().filter(PlaceCheck::incoming).toList(),
                        "asked",
                        all.stream().filter(it -> !it.incoming()).toList()));
    }

    /// From the list of services: those ticked are asked.
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var fields = new Fields(form);
        var wanted =
                form.getOrDefault("listing", List.of()).stream()
                        .flatMap(StaffPlaceCheckPages::listing)
                        .limit(PlaceChecks.MOST_AT_ONCE)
                        .toList();
        var adults = Math.min(fields.number("adults", 1), 30);
        var children = Math.min(fields.number("children", 0), 20);
        if (wanted.isEmpty() || adults + children < 1) {
            return Sheet.to(HERE, "place-check-nothing");
        }
        var outcomes =
                checks.ask(
                        sheet.acting(Purpose.HELP),
                        wanted,
                        adults,
                        children,
                        day(fields.text("from"), sheet));
        return Sheet.to(
                HERE,
                outcomes.stream().allMatch(it -> it instanceof PlaceChecks.Outcome.Asked)
                        ? "place-check-asked"
                        : "place-check-some-asked");
    }

    private LocalDate day(String text, Sheet sheet) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            return LocalDate.ofInstant(clock.instant(), sheet.zone());
        }
    }

    private static Stream<ListingId> listing(String text) {
        try {
            return Stream.of(new ListingId(UUID.fromString(text)));
        } catch (IllegalArgumentException _) {
            return Stream.empty();
        }
    }

    @POST
    @Path("{id}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var answer =
                new Fields(form)
                        .choice("answer", PlaceAnswer.class)
                        .orElseThrow(NotFoundException::new);
        return switch (checks.answer(sheet.acting(Purpose.HELP), new PlaceCheckId(id), answer)) {
            case PlaceChecks.Outcome.Answered _ -> Sheet.to(HERE, "place-check-answered");
            case PlaceChecks.Outcome.TooLate _, PlaceChecks.Outcome.NotAgreed _ ->
                    Sheet.to(HERE, "too-late");
            case PlaceChecks.Outcome.NotFound _,
                    PlaceChecks.Outcome.NotTaken _,
                    PlaceChecks.Outcome.Asked _ ->
                    throw new NotFoundException();
        };
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.SEE_REFERRALS)) {
            return List.of();
        }
        var now = clock.instant();
        return checks.list(sheet.acting(Purpose.HELP)).stream()
                .filter(it -> it.incoming() && it.isOpen(now))
                .map(
                        it ->
                                new Task(
                                        it.askedAt(),
                                        "wait",
                                        "wait",
                                        sheet.page().say("staff.place-check"),
                                        sheet.page().say("staff.referral.from", it.partnerName()),
                                        sheet.page().isolated(it.service()),
                                        HERE))
                .toList();
    }
}
