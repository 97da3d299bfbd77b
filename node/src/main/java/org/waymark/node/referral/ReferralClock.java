// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// The clocks of a referral, as pure functions. Ringing tells people of one side that something is
/// due, each clock once for each occasion; it never sends, answers, closes or erases anything.
public enum ReferralClock {
    /// Half of the time for an answer is over; told to those who are asked.
    REMINDER(Kind.REMINDED),
    /// The time for an answer is over; told to both sides.
    LIMIT(Kind.OVERDUE),
    /// A week after the yes nobody has been in touch.
    FIRST_CONTACT(Kind.CONTACT_OVERDUE),
    /// Once a month: helped, not, still going?
    STILL_GOING(Kind.STILL_GOING_ASKED),
    /// The consent has run out.
    CONSENT(Kind.CONSENT_ENDED);

    // referral.md, Clocks.
    static final Duration FIRST_CONTACT_WITHIN = Duration.ofDays(7);

    private final Kind kind;

    ReferralClock(Kind kind) {
        this.kind = kind;
    }

    /// The line of the timeline that says that it rang.
    Kind kind() {
        return kind;
    }

    /// When something happened for the last time.
    record History(Map<Kind, Instant> last) {

        static History of(Collection<ReferralEventTable.Stored> events) {
            var last = new EnumMap<Kind, Instant>(Kind.class);
            for (var event : events) {
                last.merge(
                        event.kind(), event.at(), (one, other) -> one.isAfter(other) ? one : other);
            }
            return new History(last);
        }

        Optional<Instant> last(Kind of) {
            return Optional.ofNullable(last.get(of));
        }

        private boolean hasSince(Kind of, Instant moment) {
            return last(of).filter(it -> !it.isBefore(moment)).isPresent();
        }
    }

    /// When it rings next; empty when it does not run.
    ///
    /// @param rings whether those who are asked are told from here: on their own side, and on the
    ///   sender's when they have no node
    /// @param consentUntil the last day of the consent that is recorded here
    Optional<Instant> due(
            Referral referral,
            boolean rings,
            Optional<LocalDate> consentUntil,
            History history,
            ZoneId zone) {
        var state = referral.state();
        var isReceiver = referral.side() == Side.RECEIVER;
        return switch (this) {
            case REMINDER ->
                    referral.respondBy()
                            .filter(_ -> rings && isAwaited(referral))
                            .filter(_ -> history.last(kind).isEmpty())
                            .map(limit -> halfway(referral.sentAt().orElse(limit), limit));
            case LIMIT ->
                    referral.respondBy()
                            .filter(_ -> isAwaited(referral))
                            .filter(_ -> history.last(kind).isEmpty());
            case FIRST_CONTACT ->
                    history.last(Kind.ACCEPT)
                            .filter(_ -> rings && state == State.ACCEPTED)
                            .filter(_ -> history.last(kind).isEmpty())
                            .map(yes -> yes.plus(FIRST_CONTACT_WITHIN));
            case STILL_GOING ->
                    history.last(kind)
                            .or(() -> history.last(Kind.ACCEPT))
                            .filter(_ -> rings && state.isTaken())
                            .map(last -> last.atZone(zone).plusMonths(1).toInstant());
            case CONSENT ->
                    consentUntil
                            .filter(_ -> !isReceiver && state.isOpen() && state != State.DRAFT)
                            .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                            .filter(end -> !history.hasSince(kind, end));
        };
    }

    /// What staff find among their tasks when it has rung.
    Optional<Duty.Kind> duty() {
        return switch (this) {
            case REMINDER, LIMIT -> Optional.empty();
            case FIRST_CONTACT -> Optional.of(Duty.Kind.FIRST_CONTACT);
            case STILL_GOING -> Optional.of(Duty.Kind.STILL_GOING);
            case CONSENT -> Optional.of(Duty.Kind.CONSENT);
        };
    }

    private static boolean isAwaited(Referral referral) {
        var state = referral.effectiveState();
        return state == State.SENT || state == State.RECEIVED;
    }

    private static Instant halfway(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }
}
