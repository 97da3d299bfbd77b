// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.Heard;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Applies what the other side said to our row. Saying it again, or too late, changes nothing.
final class Arrivals {

    private final CaseKeys keys;
    private final CaseFiles files;
    private final Moves moves;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ReferralTable table = new ReferralTable();
    private final ReferralEventTable events = new ReferralEventTable();

    Arrivals(
            CaseKeys keys,
            CaseFiles files,
            Moves moves,
            BaseUrl baseUrl,
            Clock clock,
            Supplier<UUID> ids) {
        this.keys = keys;
        this.files = files;
        this.moves = moves;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.ids = ids;
    }

    /// What a message came to.
    enum Reception {
        APPLIED,
        /// Repeated, late, or overtaken by something final.
        WITHOUT_EFFECT,
        /// It builds on something that is still on its way.
        TOO_EARLY,
        /// It comes from someone who is not the other side, or names another Offer or case.
        NOT_THEIRS
    }

    /// The case of a referral that another organisation sends to one of ours: the same for every
    /// delivery of it.
    static CaseId caseOf(URI referral, OrganizationId receiver) {
        var name = "referral " + referral + " " + receiver;
        return new CaseId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /// @param back the other side, when an agreement with it is in force
    Reception take(
            Transaction tx, Message message, OrganizationId receiver, Optional<Partner> back) {
        return take(tx, message, receiver, back, EnumSet.allOf(Side.class));
    }

    /// The same when it is known which side hears it: one organisation may keep both.
    Reception take(
            Transaction tx,
            Message message,
            OrganizationId receiver,
            Optional<Partner> back,
            Set<Side> hearers) {
        table.lock(tx, message.referral());
        if (message.content() instanceof Travelling.FirstStep firstStep) {
            return takeOffer(tx, message, firstStep, receiver, back);
        }
        var found =
                table.list(tx, message.referral()).stream()
                        .filter(it -> it.organization().equals(receiver))
                        .filter(it -> message.mayReach(it.side()))
                        .filter(it -> hearers.contains(it.side()))
                        .filter(it -> it.partner().equals(message.from()))
                        .findFirst();
        if (found.isEmpty()) {
            return table.list(tx, message.referral()).isEmpty()
                    ? Reception.TOO_EARLY
                    : Reception.NOT_THEIRS;
        }
        var ours = found.get();
        if (isNotOurOffer(tx, ours, message) || namesAnother(ours.caseUri(), message.caseUri())) {
            return Reception.NOT_THEIRS;
        }
        if (message.version() <= ours.seenVersion()) {
            return Reception.WITHOUT_EFFECT;
        }
        if (message.follows().after().filter(it -> it > ours.seenVersion()).isPresent()) {
            return Reception.TOO_EARLY;
        }
        return switch (message.content()) {
            case Travelling.Contact contact -> takeContact(tx, ours, message, contact);
            case Travelling.Told told -> takeTold(tx, ours, message, told);
            case Travelling.FirstStep _,
                    Travelling.Text _,
                    Travelling.Waiting _,
                    Travelling.NextStep _,
                    Travelling.Refusal _,
                    Travelling.Closing _,
                    Travelling.Stop _,
                    Travelling.Withdrawal _ ->
                    takeMove(tx, ours, message, back);
            case Travelling.Onward _ -> noticed(tx, ours, message);
            case Travelling.Nothing _ ->
                    message.kind() == Kind.ERASED
                            ? takeErasure(tx, ours, message)
                            : takeMove(tx, ours, message, back);
        };
    }

    // An Offer may have gone twice; an answer names the one that arrived.
    private boolean isNotOurOffer(Transaction tx, Referral ours, Message message) {
        return ours.side() == Side.SENDER
                && namesAnother(ours.offer(), message.offer())
                && events.list(tx, ours.id()).stream()
                        .noneMatch(it -> it.activity().equals(message.offer()));
    }

    private static boolean namesAnother(Optional<URI> known, Optional<URI> named) {
        return known.isPresent() && named.isPresent() && !known.equals(named);
    }

    private Reception takeOffer(
            Transaction tx,
            Message message,
            Travelling.FirstStep firstStep,
            OrganizationId receiver,
            Optional<Partner> back) {
        var caseId = caseOf(message.referral(), receiver);
        if (back.isEmpty()) {
            return Reception.NOT_THEIRS;
        }
        if (table.find(tx, message.referral(), Side.RECEIVER).isPresent() || !keys.ensure(caseId)) {
            return Reception.WITHOUT_EFFECT;
        }
        var now = clock.instant();
        var ours =
                new Referral(
                        new ReferralId(ids.get()),
                        message.referral(),
                        Side.RECEIVER,
                        receiver,
                        message.from(),
                        back.get().name(),
                        caseId,
                        ownListing(firstStep.need().service()),
                        State.SENT,
                        Optional.empty(),
                        firstStep.urgency(),
                        Optional.of(firstStep.respondBy()),
                        message.offer(),
                        Optional.empty(),
                        0,
                        message.version(),
                        now,
                        Optional.of(now),
                        now,
                        Optional.empty());
        table.add(tx, ours);
        files.write(tx, ours, firstStep);
        moves.noteArrival(tx, ours, message);
        moves.wind(tx, ours);
        return Reception.APPLIED;
    }

    private Optional<ListingId> ownListing(URI service) {
        var prefix = baseUrl.resolve("/s/").toString();
        try {
            return Optional.of(service.toString())
                    .filter(text -> text.startsWith(prefix))
                    .map(text -> new ListingId(UUID.fromString(text.substring(prefix.length()))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Reception takeMove(
            Transaction tx, Referral ours, Message message, Optional<Partner> back) {
        var move = Move.valueOf(message.kind().name());
        return switch (LifeCycle.hear(ours.state(), move, partyOf(move, ours))) {
            case Heard.To(var state) -> {
                var after =
                        ours.moved(state, clock.instant())
                                .withCase(ours.caseUri().or(message::caseUri))
                                .seen(message.version());
                table.replace(tx, after);
                moves.noteArrival(tx, after, message);
                moves.takeContactBack(tx, after);
                back.ifPresent(
                        it -> moves.sendContact(tx, Acting.node(after.organization()), after, it));
                if (move == Move.WITHDRAW) {
                    moves.stopped(tx, after, message.content(), back);
                }
                moves.wind(tx, after);
                yield Reception.APPLIED;
            }
            case Heard.AlreadyThere _ -> {
                // They may have lost it meanwhile, and with it what came after.
                // What was told by phone is settled by it, as by any other word of theirs.
                var after =
                        ours.settled()
                                .withCase(ours.caseUri().or(message::caseUri))
                                .seen(message.version());
                table.replace(tx, after);
                back.ifPresent(
                        it -> moves.sendContact(tx, Acting.node(after.organization()), after, it));
                if (!after.told().equals(ours.told())) {
                    moves.noteArrival(tx, after, message);
                    moves.wind(tx, after);
                }
                yield Reception.WITHOUT_EFFECT;
            }
            case Heard.TooEarly _ -> Reception.TOO_EARLY;
            case Heard.Overtaken _ -> overtaken(tx, ours, message);
        };
    }

    // Heard, so that nobody sends it again, and shown, because somebody said it.
    private Reception overtaken(Transaction tx, Referral ours, Message message) {
        noticed(tx, ours, message);
        return Reception.WITHOUT_EFFECT;
    }

    // What came too late still names their case: only by its address they are told what we know.
    private Reception noticed(Transaction tx, Referral ours, Message message) {
        var after = ours.withCase(ours.caseUri().or(message::caseUri)).seen(message.version());
        table.replace(tx, after);
        moves.noteArrival(tx, after, message);
        return Reception.APPLIED;
    }

    // They delete only what the person stopped, and may have told us of the stop while nobody could
    // reach us, or before we went back to an older copy of our rows.
    private Reception takeErasure(Transaction tx, Referral ours, Message message) {
        var isNews = LifeCycle.hear(ours.state(), Move.WITHDRAW, Party.PERSON) instanceof Heard.To;
        var after =
                (isNews ? ours.moved(State.WITHDRAWN, clock.instant()) : ours)
                        .withCase(ours.caseUri().or(message::caseUri))
                        .seen(message.version());
        table.replace(tx, after);
        moves.noteArrival(tx, after, message);
        moves.takeContactBack(tx, after);
        if (isNews) {
            moves.stopped(tx, after, new Travelling.Withdrawal(true), Optional.empty());
            moves.wind(tx, after);
        }
        moves.erasedThere(tx, after);
        return Reception.APPLIED;
    }

    private static Party partyOf(Move move, Referral ours) {
        return move == Move.WITHDRAW ? Party.PERSON : ours.side().other().party();
    }

    private Reception takeContact(
            Transaction tx, Referral ours, Message message, Travelling.Contact contact) {
        if (!ours.contactWaits()) {
            return ours.contactSentAt().isEmpty() && ours.state().isUnanswered()
                    // Not kept; it comes again when they have heard the yes.
                    ? Reception.WITHOUT_EFFECT
                    : heard(tx, ours, message);
        }
        var after = ours.contactWent(clock.instant()).seen(message.version());
        table.replace(tx, after);
        files.write(tx, after, contact);
        moves.noteArrival(tx, after, message);
        return Reception.APPLIED;
    }

    private Reception takeTold(
            Transaction tx, Referral ours, Message message, Travelling.Told told) {
        var heard =
                LifeCycle.hearTold(
                        ours.state(),
                        ours.told(),
                        told.answer().move(),
                        hasAnsweredSince(tx, ours, message.follows()));
        return switch (heard) {
            case Heard.To(var state) -> {
                var after = ours.told(state, clock.instant()).seen(message.version());
                table.replace(tx, after);
                moves.noteArrival(tx, after, message);
                moves.wind(tx, after);
                yield Reception.APPLIED;
            }
            case Heard.AlreadyThere _ -> heard(tx, ours, message);
            case Heard.Overtaken _ -> overtaken(tx, ours, message);
            case Heard.TooEarly _ -> Reception.TOO_EARLY;
        };
    }

    private boolean hasAnsweredSince(Transaction tx, Referral ours, Message.Follows follows) {
        return events.list(tx, ours.id()).stream()
                .filter(it -> it.by() != ours.side().other().party() && it.kind().isAnswer())
                .flatMap(it -> it.version().stream())
                // What a lost row said is said anew, not remembered.
                .anyMatch(it -> it <= ours.ownVersion() && follows.missed(it));
    }

    private Reception heard(Transaction tx, Referral ours, Message message) {
        table.replace(tx, ours.seen(message.version()));
        return Reception.WITHOUT_EFFECT;
    }
}
