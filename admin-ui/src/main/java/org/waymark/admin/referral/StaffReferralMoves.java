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
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingId;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Call;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.writing.ReceiverSet;
import org.waymark.node.referral.writing.WritingAids;

/// The buttons of a referral's page: `POST /admin/referrals/{id}/{move}`.
@Path("/admin/referrals")
public final class StaffReferralMoves {

    private final Referrals referrals;
    private final Clock clock;
    private final Desk desk;
    private final Refusals refusals;
    private final WritingAids aids;
    private final StaffReferralPages pages;

    public StaffReferralMoves(Domains domains, Desk desk, StaffReferralPages pages) {
        this.referrals = domains.referrals();
        this.clock = domains.clock();
        this.desk = desk;
        this.refusals = new Refusals(domains);
        this.aids = domains.writingAids();
        this.pages = pages;
    }

    /// What one button does.
    private interface Press {
        MoveOutcome on(Acting acting, ReferralId id, Fields fields);
    }

    @POST
    @Path("{id}/{move}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response press(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("move") String move,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var referral = new ReferralId(id);
        var fields = new Fields(form);
        if (move.equals("next") || move.equals("again")) {
            return follow(sheet, referral, move);
        }
        var button = button(move, sheet);
        var missing = missing(move);
        var here = StaffReferralPages.LIST + "/" + id;
        if (missing.filter(field -> fields.text(field).isEmpty()).isPresent()) {
            return Sheet.to(here + "?answer=" + panel(move), "words-missing");
        }
        if (move.equals("accept") && isAppointmentWrong(fields, sheet)) {
            var wrong = sheet.page().say("staff.note.appointment-wrong");
            return pages.show(
                    422, sheet, id, "yes", fields, List.of(new Wrong("appointment-day", wrong)));
        }
        if (move.equals("consent") && isWhoSpokeMissing(fields)) {
            return Sheet.to(here, "given-by-missing");
        }
        return switch (button.on(sheet.acting(Purpose.HELP), referral, fields)) {
            case MoveOutcome.Moved _ -> Sheet.to(here, "referral-" + move);
            case MoveOutcome.AlreadyThere _ -> Sheet.to(here, "already-so");
            case MoveOutcome.NotAllowed _ -> Sheet.to(here, "too-late");
            case MoveOutcome.NotFound _ -> throw new NotFoundException();
            case MoveOutcome.Refused(var why) ->
                    refusals.show(sheet, why, partner(sheet, referral), here);
        };
    }

    /// Opens the new referral that follows one that is over.
    private Response follow(Sheet sheet, ReferralId id, String move) {
        var acting = sheet.acting(Purpose.HELP);
        var here = StaffReferralPages.LIST + "/" + id;
        var outcome =
                move.equals("next")
                        ? referrals.successions().askNext(acting, id)
                        : referrals.successions().reopen(acting, id);
        return switch (outcome) {
            case MoveOutcome.Moved(var next) ->
                    Sheet.to(StaffReferralPages.LIST + "/" + next.id(), "referral-" + move);
            case MoveOutcome.AlreadyThere _ -> Sheet.to(here, "already-so");
            case MoveOutcome.NotAllowed _ -> Sheet.to(here, "too-late");
            case MoveOutcome.NotFound _ -> throw new NotFoundException();
            case MoveOutcome.Refused(var why) ->
                    refusals.show(sheet, why, partner(sheet, id), here);
        };
    }

    /// Hands the person on to another organisation, if they agreed to that.
    @POST
    @Path("{id}/onward")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response onward(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var to = new Fields(form).text("listing");
        if (!to.matches("[0-9a-f-]{36}")) {
            throw new NotFoundException();
        }
        var referral = new ReferralId(id);
        var here = StaffReferralPages.LIST + "/" + id;
        return switch (referrals
                .successions()
                .onward(sheet.acting(Purpose.HELP), referral, new ListingId(UUID.fromString(to)))) {
            case MoveOutcome.Moved(var draft) ->
                    Sheet.to(StaffReferralPages.LIST + "/" + draft.id(), "referral-onward");
            case MoveOutcome.AlreadyThere _ -> Sheet.to(here, "already-so");
            case MoveOutcome.NotAllowed _ -> Sheet.to(here, "too-late");
            case MoveOutcome.NotFound _ -> throw new NotFoundException();
            case MoveOutcome.Refused(var why) ->
                    refusals.show(sheet, why, partner(sheet, referral), here);
        };
    }

    /// Names whom the person agrees to be asked next, from the page of a draft.
    @POST
    @Path("{id}/others")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response others(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var next = StaffSuggestPages.ticked(form);
        var set = new Fields(form).text("set");
        var saved =
                aids.sets(sheet.acting(Purpose.HELP)).stream()
                        .filter(it -> it.id().toString().equals(set))
                        .map(ReceiverSet::listings)
                        .findFirst();
        referrals
                .successions()
                .name(sheet.acting(Purpose.HELP), new ReferralId(id), saved.orElse(next));
        return Sheet.to(StaffReferralPages.LIST + "/" + id, "referral-others");
    }

    /// Asks before something that cannot be taken back: `stop` an open one, `delete` a draft.
    @GET
    @Path("{id}/stop")
    public Response stopping(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var opened =
                referrals
                        .find(sheet.acting(Purpose.HELP), new ReferralId(id))
                        .orElseThrow(NotFoundException::new);
        return sheet.show("referral/stop", Map.of("referral", opened.referral()));
    }

    private URI partner(Sheet sheet, ReferralId id) {
        return referrals
                .find(sheet.acting(Purpose.HELP), id)
                .orElseThrow(NotFoundException::new)
                .referral()
                .partner();
    }

    private Press button(String move, Sheet sheet) {
        return switch (move) {
            case "call" -> this::call;
            case "consent" -> (acting, id, fields) -> consent(acting, id, fields, sheet);
            case "send" -> (acting, id, _) -> referrals.send(acting, id);
            case "receive" -> (acting, id, _) -> referrals.receive(acting, id);
            case "accept" ->
                    (acting, id, fields) ->
                            referrals.accept(
                                    acting,
                                    id,
                                    new Travelling.NextStep(
                                            words(fields, "next-step"),
                                            appointment(fields, sheet)));
            case "waitlist" ->
                    (acting, id, fields) ->
                            referrals.waitlist(
                                    acting, id, new Travelling.Waiting(words(fields, "expected")));
            case "decline" ->
                    (acting, id, fields) ->
                            referrals.decline(
                                    acting,
                                    id,
                                    new Travelling.Refusal(
                                            fields.choice("reason", Travelling.Reason.OTHER),
                                            words(fields, "note"),
                                            List.of()));
            case "ask" ->
                    (acting, id, fields) -> referrals.ask(acting, id, words(fields, "question"));
            case "answer" ->
                    (acting, id, fields) -> referrals.answer(acting, id, words(fields, "answer"));
            case "start" -> (acting, id, _) -> referrals.start(acting, id);
            case "hold" -> (acting, id, _) -> referrals.hold(acting, id);
            case "contact" -> (acting, id, _) -> referrals.sendContact(acting, id);
            case "close" -> (acting, id, fields) -> close(acting, id, fields, sheet);
            case "told" -> this::told;
            case "stop" -> this::stop;
            case "still-going" -> (acting, id, _) -> referrals.duties().stillGoing(acting, id);
            case "review" -> (acting, id, _) -> referrals.duties().review(acting, id);
            case "checked" -> (acting, id, _) -> referrals.duties().checkedOnPerson(acting, id);
            case "delete" -> (acting, id, _) -> referrals.delete(acting, id);
            default -> throw new NotFoundException();
        };
    }

    /// A day and a time, in the zone of this page; with one of them only, there is none.
    private static Optional<Instant> appointment(Fields fields, Sheet sheet) {
        try {
            return fields.optional("appointment-day")
                    .flatMap(
                            day ->
                                    fields.optional("appointment-time")
                                            .map(
                                                    time ->
                                                            LocalDate.parse(day)
                                                                    .atTime(LocalTime.parse(time))
                                                                    .atZone(sheet.zone())
                                                                    .toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Whether what was typed of an appointment is one, and not over.
    private boolean isAppointmentWrong(Fields fields, Sheet sheet) {
        var isTyped = fields.isTicked("appointment-day") || fields.isTicked("appointment-time");
        return isTyped && appointment(fields, sheet).filter(clock.instant()::isBefore).isEmpty();
    }

    /// Who says yes for others only says as what, and the other was spoken with alone (safety.md
    /// 9).
    private static boolean isWhoSpokeMissing(Fields fields) {
        return fields.isTicked("for-others")
                && (fields.choice("given-by", Consent.GivenBy.SELF) == Consent.GivenBy.SELF
                        || !fields.isTicked("alone"));
    }

    /// The field without which a button says nothing.
    private static Optional<String> missing(String move) {
        return switch (move) {
            case "accept" -> Optional.of("next-step");
            case "ask" -> Optional.of("question");
            case "answer" -> Optional.of("answer");
            default -> Optional.empty();
        };
    }

    private static String panel(String move) {
        return move.equals("ask") ? "question" : "yes";
    }

    private MoveOutcome call(Acting acting, ReferralId id, Fields fields) {
        return referrals.recordCall(
                acting,
                id,
                new Call(
                        fields.choice("result", Call.Result.NO_ANSWER),
                        fields.text("role", 120),
                        Optional.empty()));
    }

    private MoveOutcome consent(Acting acting, ReferralId id, Fields fields, Sheet sheet) {
        return referrals.recordConsent(acting, id, spoken(fields, clock.instant(), sheet.zone()));
    }

    /// The spoken card: what is not said otherwise is a spoken yes of the person themselves.
    static Consent spoken(Fields fields, Instant now, ZoneId zone) {
        return new Consent(
                fields.choice("basis", Consent.Basis.CONSENT),
                fields.choice("given-by", Consent.GivenBy.SELF),
                Consent.Method.SPOKEN,
                fields.text("language", 35),
                fields.isTicked("interpreter"),
                EnumSet.allOf(Consent.Item.class),
                now,
                LocalDate.ofInstant(now, zone).plusMonths(12),
                true,
                fields.isTicked("outcome-back"),
                Optional.of(Consent.MOST_HOPS).filter(_ -> fields.isTicked("onward")),
                Optional.of(true).filter(_ -> fields.isTicked("alone")));
    }

    /// What the person wants is their stop: the other side must delete.
    private MoveOutcome stop(Acting acting, ReferralId id, Fields fields) {
        var reason = fields.choice("reason", Travelling.StopReason.OTHER);
        return reason == Travelling.StopReason.CONSENT_WITHDRAWN
                ? referrals.withdraw(acting, id, fields.isTicked("erase-now"))
                : referrals.cancel(acting, id, reason);
    }

    private MoveOutcome close(Acting acting, ReferralId id, Fields fields, Sheet sheet) {
        var outcome = fields.choice("outcome", Travelling.Outcome.OTHER);
        var closing =
                new Travelling.Closing(
                        Optional.of(outcome), LocalDate.ofInstant(clock.instant(), sheet.zone()));
        return outcome.isHelp()
                ? referrals.complete(acting, id, closing)
                : referrals.fail(acting, id, closing);
    }

    private MoveOutcome told(Acting acting, ReferralId id, Fields fields) {
        return referrals.recordTold(
                acting,
                id,
                new Travelling.Told(
                        fields.choice("told", Travelling.ToldAnswer.YES),
                        fields.text("role", 120),
                        clock.instant()));
    }

    private static String words(Fields fields, String name) {
        return fields.text(name, Travelling.MAX_TEXT);
    }
}
