// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Staff;
import org.waymark.node.http.Problem;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Word;

/// `/api/v1/referrals`: a person's referrals for their organisation, and every move of them.
/// Choices are written in lower case.
@Path("api/v1/referrals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ReferralResource {

    private final Referrals referrals;
    private final Clock clock;

    public ReferralResource(Referrals referrals, Clock clock) {
        this.referrals = referrals;
        this.clock = clock;
    }

    /// One line of the list; nothing about a person.
    record Line(
            UUID id,
            URI uri,
            Side side,
            URI partner,
            String partnerName,
            State state,
            Word word,
            Optional<State> told,
            Urgency urgency,
            Optional<Instant> respondBy,
            Optional<Instant> noAnswerSince,
            boolean contactWaits,
            Set<Move> moves,
            Instant changedAt) {}

    record Lines(List<Line> referrals) {}

    record Event(
            Instant at,
            LifeCycle.Party by,
            ReferralEvent.Kind kind,
            Optional<Travelling> content,
            Optional<URI> activity) {}

    record Whole(
            Line referral,
            Optional<Travelling.FirstStep> firstStep,
            Optional<Travelling.Contact> contact,
            Optional<LocalNotes> notes,
            Optional<Consent> consent,
            List<Event> timeline) {}

    record Wanted(
            UUID listing,
            String reason,
            Optional<String> alreadyGiven,
            Urgency urgency,
            Travelling.Fit fit,
            Set<NewReferral.Protection> protection,
            boolean minorAlone,
            Travelling.Contact contact,
            Optional<LocalNotes> notes) {

        NewReferral draft() {
            return new NewReferral(
                    new ListingId(listing),
                    reason,
                    alreadyGiven.orElse(""),
                    urgency,
                    fit,
                    protection,
                    minorAlone,
                    contact,
                    notes.orElse(LocalNotes.none()));
        }
    }

    record Drafted(Line referral, Set<Screening.Warning> warnings) {}

    record Stopped(Travelling.StopReason reason) {}

    @GET
    public String list(@Context SecurityContext context) {
        var lines = referrals.list(acting(context)).stream().map(this::line).toList();
        return ReferralJson.write(new Lines(lines));
    }

    @GET
    @Path("{id}")
    public String find(@PathParam("id") String id, @Context SecurityContext context) {
        var found =
                referrals
                        .find(acting(context), id(id))
                        .orElseThrow(() -> Problem.of(404, "referral-not-found"));
        return ReferralJson.write(
                new Whole(
                        line(found.referral()),
                        found.firstStep(),
                        found.contact(),
                        found.notes(),
                        found.consent(),
                        found.timeline().stream()
                                .map(
                                        it ->
                                                new Event(
                                                        it.at(),
                                                        it.by(),
                                                        it.kind(),
                                                        it.content(),
                                                        it.activity()))
                                .toList()));
    }

    @POST
    public Response draft(String body, @Context SecurityContext context) {
        var wanted = parse(body, Wanted.class);
        var draft = understood(wanted::draft);
        return switch (referrals.draft(acting(context), draft)) {
            case MoveOutcome.Moved(var referral) ->
                    Response.status(201)
                            .entity(
                                    ReferralJson.write(
                                            new Drafted(line(referral), Screening.warnings(draft))))
                            .build();
            case MoveOutcome other -> answer(other);
        };
    }

    @POST
    @Path("{id}/{move}")
    public Response move(
            @PathParam("id") String id,
            @PathParam("move") String move,
            String body,
            @Context SecurityContext context) {
        var acting = acting(context);
        var of = id(id);
        return answer(
                switch (move) {
                    case "consent" ->
                            referrals.recordConsent(acting, of, parse(body, Consent.class));
                    case "call" -> referrals.recordCall(acting, of, parse(body, Call.class));
                    case "send" -> referrals.send(acting, of);
                    case "receive" -> referrals.receive(acting, of);
                    case "ask" ->
                            referrals.ask(acting, of, parse(body, Travelling.Text.class).text());
                    case "answer" ->
                            referrals.answer(acting, of, parse(body, Travelling.Text.class).text());
                    case "waitlist" ->
                            referrals.waitlist(acting, of, parse(body, Travelling.Waiting.class));
                    case "accept" ->
                            referrals.accept(acting, of, parse(body, Travelling.NextStep.class));
                    case "decline" ->
                            referrals.decline(acting, of, parse(body, Travelling.Refusal.class));
                    case "start" -> referrals.start(acting, of);
                    case "hold" -> referrals.hold(acting, of);
                    case "complete" ->
                            referrals.complete(acting, of, parse(body, Travelling.Closing.class));
                    case "fail" ->
                            referrals.fail(acting, of, parse(body, Travelling.Closing.class));
                    case "cancel" ->
                            referrals.cancel(acting, of, parse(body, Stopped.class).reason());
                    case "withdraw" ->
                            referrals.withdraw(
                                    acting,
                                    of,
                                    parse(body, Travelling.Withdrawal.class).eraseNow());
                    case "still-going" -> referrals.duties().stillGoing(acting, of);
                    case "review" -> referrals.duties().review(acting, of);
                    case "next" -> referrals.successions().askNext(acting, of);
                    case "reopen" -> referrals.successions().reopen(acting, of);
                    case "delete" -> referrals.delete(acting, of);
                    case "told" ->
                            referrals.recordTold(acting, of, parse(body, Travelling.Told.class));
                    case "contact" -> referrals.sendContact(acting, of);
                    default -> throw Problem.of(404, "referral-move-unknown");
                });
    }

    private static Response answer(MoveOutcome outcome) {
        return switch (outcome) {
            case MoveOutcome.Moved _, MoveOutcome.AlreadyThere _ -> Response.noContent().build();
            case MoveOutcome.NotFound _ -> Problem.response(404, "referral-not-found");
            case MoveOutcome.NotAllowed(var from) ->
                    Problem.response(409, "referral-move-not-allowed", "It is " + from);
            case MoveOutcome.Refused(var why) -> Problem.response(status(why), why.code());
        };
    }

    private static int status(MoveOutcome.Why why) {
        return switch (why) {
            case PROTECTION_BY_PHONE,
                    AGREEMENT_MISSING,
                    PARTNER_KEY_CHANGED,
                    NO_REFERRALS_TAKEN,
                    CONSENT_MISSING,
                    CALL_FIRST,
                    SECOND_PERSON ->
                    409;
            case LISTING_NOT_FOUND -> 404;
            case OUTCOME_DOES_NOT_FIT -> 400;
            case ERASED -> 410;
        };
    }

    private Line line(Referral it) {
        return new Line(
                it.id().value(),
                it.uri(),
                it.side(),
                it.partner(),
                it.partnerName(),
                it.state(),
                it.word(),
                it.told(),
                it.urgency(),
                it.respondBy(),
                it.noAnswerSince(clock.instant()),
                it.contactWaits(),
                it.moves(),
                it.changedAt());
    }

    private static Acting acting(SecurityContext context) {
        return Staff.of(context).acting(Purpose.HELP);
    }

    private static ReferralId id(String text) {
        try {
            return new ReferralId(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            throw Problem.of(404, "referral-not-found");
        }
    }

    private static <T> T parse(String body, Class<T> type) {
        return understood(() -> ReferralJson.parse(body, type));
    }

    private static <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "body-not-understood", String.valueOf(e.getMessage()));
        }
    }
}
