// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Deliveries;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.ReferralList.Entry;

/// Makes our half of one referral fit what the other side says it has: what did not arrive there is
/// said again, what they lost is put to them anew, what we lost is noticed. Staff see each in the
/// timeline. A message is known by its version, so saying it twice has the effect of saying it
/// once.
final class Repair {

    // 2 h: a message may be held there for one, and what is on its way is not lost.
    static final Duration SETTLED_AFTER = Duration.ofHours(2);

    private final CaseFiles files;
    private final Moves moves;
    private final Deliveries deliveries;
    private final Clock clock;
    private final ReferralTable table = new ReferralTable();

    Repair(CaseFiles files, Moves moves, Deliveries deliveries, Clock clock) {
        this.files = files;
        this.moves = moves;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    enum Finding {
        NOTHING,
        /// Too much has just happened to judge.
        TOO_FRESH,
        /// They said something that is not here.
        SOMETHING_MISSING
    }

    /// Whether something in it may still be on its way: versions are milliseconds.
    static boolean isFresh(Entry entry, Instant now) {
        var newest = Math.max(entry.referralVersion(), entry.caseVersion());
        return newest > now.minus(SETTLED_AFTER).toEpochMilli();
    }

    /// @param entry how they list it; empty when they do not
    Finding mend(Transaction tx, Referral ours, Optional<Entry> entry, Partner partner) {
        var now = clock.instant();
        if (ours.changedAt().isAfter(now.minus(SETTLED_AFTER))
                || entry.filter(it -> isFresh(it, now)).isPresent()
                || deliveries.isUnderWay(tx, ours.uri())) {
            return Finding.TOO_FRESH;
        }
        if (entry.isEmpty() && !ours.state().isOpen()) {
            // It is over, and nothing about the person need travel for that.
            return Finding.NOTHING;
        }
        var seenThere = entry.map(it -> it.version(ours.side())).orElse(0L);
        var saidThere = entry.map(it -> it.version(ours.side().other())).orElse(0L);
        var after = ours;
        if (seenThere > after.ownVersion()) {
            after = rememberedThere(tx, after, seenThere);
        }
        var isForgotten = saidThere < after.seenVersion();
        if (isForgotten) {
            after = forgottenThere(tx, after, entry, seenThere);
        }
        sayAgain(tx, after, entry, seenThere, partner);
        if (isForgotten && after.side() == Side.SENDER) {
            remind(tx, after, partner);
        }
        if (saidThere > after.seenVersion()) {
            moves.noteRepair(tx, after, Kind.ASKED_AGAIN, after.side().party());
            return Finding.SOMETHING_MISSING;
        }
        return Finding.NOTHING;
    }

    /// They have heard more from us than we know to have said: ours is an old backup.
    private Referral rememberedThere(Transaction tx, Referral ours, long seenThere) {
        var now = clock.instant();
        var sent = ours.state() == State.DRAFT ? ours.moved(State.SENT, now) : ours;
        var after = sent.withOwnVersion(seenThere);
        table.replace(tx, after);
        moves.noteRepair(tx, after, Kind.FORGOTTEN, after.side().party());
        return after;
    }

    /// They no longer know what they said: theirs is an old backup.
    private Referral forgottenThere(
            Transaction tx, Referral ours, Optional<Entry> entry, long seenThere) {
        var contactIsForgotten =
                ours.side() == Side.SENDER
                        && files.timeline(tx, ours).stream()
                                .filter(it -> it.kind() == Kind.CONTACT)
                                .anyMatch(it -> it.version().orElse(0L) > seenThere);
        var saidThere = entry.map(it -> it.version(ours.side().other())).orElse(0L);
        var after =
                ours.forgottenThere(saidThere, entry.flatMap(Entry::caseUri), contactIsForgotten);
        table.replace(tx, after);
        moves.noteRepair(tx, after, Kind.FORGOTTEN, after.side().other().party());
        return after;
    }

    private void sayAgain(
            Transaction tx, Referral ours, Optional<Entry> entry, long seenThere, Partner partner) {
        if (entry.isEmpty() && ours.side() == Side.RECEIVER) {
            // An answer to a referral that its sender does not know would be refused.
            return;
        }
        for (var said : files.timeline(tx, ours)) {
            if (said.by() == ours.side().party()
                    && said.kind().travels()
                    && said.version().orElse(0L) > seenThere
                    // Step 2 goes by itself once they have confirmed their yes.
                    && !(said.kind() == Kind.CONTACT && ours.contactSentAt().isEmpty())) {
                moves.sayAgain(tx, ours, said, partner);
            }
        }
    }

    private void remind(Transaction tx, Referral ours, Partner partner) {
        answer(ours.state())
                .ifPresent(
                        answer ->
                                moves.remind(
                                        tx,
                                        ours,
                                        new Travelling.Told(answer, "", ours.changedAt()),
                                        partner));
    }

    private static Optional<Travelling.ToldAnswer> answer(State state) {
        return switch (state) {
            case ACCEPTED, IN_PROGRESS, ON_HOLD -> Optional.of(Travelling.ToldAnswer.YES);
            case WAITLISTED -> Optional.of(Travelling.ToldAnswer.WAITING_LIST);
            case DECLINED -> Optional.of(Travelling.ToldAnswer.NO);
            case COMPLETED -> Optional.of(Travelling.ToldAnswer.HELPED);
            case DRAFT,
                    SENT,
                    RECEIVED,
                    INFO_NEEDED,
                    UNSUCCESSFUL,
                    CANCELLED,
                    WITHDRAWN,
                    ENTERED_IN_ERROR ->
                    Optional.empty();
        };
    }
}
