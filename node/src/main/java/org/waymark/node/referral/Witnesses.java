// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.waymark.node.database.Transaction;
import org.waymark.node.referral.Happening.Answer;
import org.waymark.node.referral.Happening.What;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.Travelling.Closing;
import org.waymark.node.referral.Travelling.FirstStep;
import org.waymark.node.referral.Travelling.Outcome;
import org.waymark.node.referral.Travelling.Reason;
import org.waymark.node.referral.Travelling.Refusal;
import org.waymark.node.referral.Travelling.Told;
import org.waymark.node.referral.Travelling.ToldAnswer;

/// Tells those who count what a line of the timeline means for the counts: what the whole timeline
/// comes to with it, less what it came to before. So a thing counts once, however often it is said,
/// the receiver's own word replaces what they were told to have said, and what was overtaken or
/// taken back takes its number with it.
final class Witnesses {

    private static final Set<Kind> OWN_ANSWERS = Set.of(Kind.WAITLIST, Kind.ACCEPT, Kind.DECLINE);
    private static final Set<Kind> ENDS = Set.of(Kind.COMPLETE, Kind.FAIL);
    // Erased by the other side: they had heard of a stop that never reached us.
    private static final Set<Kind> STOPS = Set.of(Kind.CANCEL, Kind.WITHDRAW, Kind.ERASED);
    // Of lines of one moment those that others build on stand first.
    private static final List<Kind> IN_TURN =
            List.of(
                    Kind.SEND,
                    Kind.TOLD,
                    Kind.WAITLIST,
                    Kind.ACCEPT,
                    Kind.DECLINE,
                    Kind.COMPLETE,
                    Kind.FAIL,
                    Kind.CANCEL,
                    Kind.WITHDRAW,
                    Kind.ERASED,
                    Kind.DELETE);

    private final List<Witness> all = new CopyOnWriteArrayList<>();

    void add(Witness witness) {
        all.add(witness);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    static boolean counts(Kind kind) {
        return IN_TURN.contains(kind);
    }

    /// @param before the timeline without this line
    void tell(
            Transaction tx,
            Referral referral,
            ReferralEvent event,
            List<ReferralEvent> before,
            Optional<FirstStep> need) {
        var lines = new ArrayList<>(before);
        lines.add(event);
        var gone = meaning(referral.respondBy(), before);
        var come = meaning(referral.respondBy(), lines);
        for (var counted : without(gone, come)) {
            tell(tx, referral, counted, need, -1);
        }
        for (var counted : without(come, gone)) {
            tell(tx, referral, counted, need, 1);
        }
    }

    private void tell(
            Transaction tx,
            Referral referral,
            Counted counted,
            Optional<FirstStep> need,
            int times) {
        var happening =
                new Happening(
                        counted.what(),
                        counted.at(),
                        referral.organization(),
                        referral.side(),
                        referral.partnerName(),
                        referral.listing(),
                        need.map(it -> it.need().topic()).orElse(""),
                        need.flatMap(it -> it.fit().interpreterLanguage()),
                        need.map(it -> it.fit().adults() + it.fit().children()).orElse(0),
                        times);
        all.forEach(it -> it.happened(tx, happening));
    }

    /// One thing that counts once.
    record Counted(What what, Instant at) {}

    private static List<Counted> without(List<Counted> these, List<Counted> those) {
        return these.stream().filter(it -> !those.contains(it)).toList();
    }

    /// What a timeline comes to. Its order does not matter: both sides hear in their own.
    static List<Counted> meaning(Optional<Instant> respondBy, List<ReferralEvent> timeline) {
        var lines =
                timeline.stream()
                        .filter(it -> counts(it.kind()))
                        .sorted(
                                Comparator.comparing(ReferralEvent::at)
                                        .thenComparing(it -> IN_TURN.indexOf(it.kind()))
                                        .thenComparing(ReferralEvent::id))
                        .toList();
        var asked = first(lines, Set.of(Kind.SEND));
        var isMistake =
                first(lines, Set.of(Kind.DELETE)).isPresent()
                        && first(lines, Set.of(Kind.WITHDRAW)).isEmpty();
        if (asked.isEmpty() || isMistake) {
            return List.of();
        }
        var said = new ArrayList<Counted>();
        said.add(new Counted(new What.Asked(), asked.get().at()));
        answered(respondBy, asked.get().at(), lines).ifPresent(said::add);
        refused(lines).ifPresent(said::add);
        ended(lines).ifPresent(said::add);
        return said;
    }

    private static Optional<Counted> answered(
            Optional<Instant> respondBy, Instant askedAt, List<ReferralEvent> lines) {
        var own = first(lines, OWN_ANSWERS);
        var told =
                first(lines, Set.of(Kind.TOLD))
                        .filter(it -> own.isEmpty() || isBefore(lines, it, own.get()));
        // They gave it when they said it on the phone.
        var at = told.or(() -> own).map(ReferralEvent::at);
        return own.or(() -> told)
                .flatMap(Witnesses::answer)
                .map(
                        answer ->
                                new Counted(
                                        new What.Answered(
                                                answer,
                                                minutes(askedAt, at.orElseThrow()),
                                                respondBy.filter(at.get()::isAfter).isEmpty()),
                                        at.get()));
    }

    private static long minutes(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMinutes());
    }

    private static Optional<Counted> refused(List<ReferralEvent> lines) {
        var own = first(lines, Set.of(Kind.DECLINE));
        if (own.isPresent()) {
            return own.map(it -> new Counted(new What.Refused(reason(it)), it.at()));
        }
        return lastTold(lines)
                .filter(_ -> first(lines, OWN_ANSWERS).isEmpty())
                .filter(_ -> first(lines, ENDS).isEmpty())
                .filter(it -> told(it).filter(ToldAnswer.NO::equals).isPresent())
                .map(it -> new Counted(new What.Refused(Optional.empty()), it.at()));
    }

    private static Optional<Reason> reason(ReferralEvent event) {
        return event.content().filter(Refusal.class::isInstance).map(it -> ((Refusal) it).reason());
    }

    // As the two sides agree on it in the end: a stop goes before what the receiver said.
    private static Optional<Counted> ended(List<ReferralEvent> lines) {
        var stop = first(lines, STOPS);
        if (stop.isPresent()) {
            return stop.map(it -> new Counted(new What.Stopped(), it.at()));
        }
        var own = first(lines, ENDS);
        if (own.isPresent()) {
            return own.map(
                    it ->
                            new Counted(
                                    new What.Ended(it.kind() == Kind.COMPLETE, outcome(it)),
                                    it.at()));
        }
        return lastTold(lines)
                .filter(it -> told(it).filter(ToldAnswer.HELPED::equals).isPresent())
                .filter(
                        it ->
                                lines.stream()
                                        .filter(line -> OWN_ANSWERS.contains(line.kind()))
                                        .noneMatch(
                                                line ->
                                                        line.kind() == Kind.DECLINE
                                                                || isBefore(lines, it, line)))
                .map(it -> new Counted(new What.Ended(true, Optional.empty()), it.at()));
    }

    private static Optional<Outcome> outcome(ReferralEvent event) {
        return event.content()
                .filter(Closing.class::isInstance)
                .flatMap(it -> ((Closing) it).outcome());
    }

    private static boolean isBefore(
            List<ReferralEvent> lines, ReferralEvent one, ReferralEvent other) {
        return lines.indexOf(one) < lines.indexOf(other);
    }

    private static Optional<ReferralEvent> first(List<ReferralEvent> lines, Set<Kind> kinds) {
        return lines.stream().filter(it -> kinds.contains(it.kind())).findFirst();
    }

    private static Optional<ReferralEvent> lastTold(List<ReferralEvent> lines) {
        return lines.stream().filter(it -> it.kind() == Kind.TOLD).reduce((_, last) -> last);
    }

    private static Optional<Answer> answer(ReferralEvent event) {
        return switch (event.kind()) {
            case ACCEPT -> Optional.of(Answer.YES);
            case WAITLIST -> Optional.of(Answer.WAITING_LIST);
            case DECLINE -> Optional.of(Answer.NO);
            default ->
                    told(event)
                            .map(
                                    it ->
                                            switch (it) {
                                                case YES, HELPED -> Answer.YES;
                                                case WAITING_LIST -> Answer.WAITING_LIST;
                                                case NO -> Answer.NO;
                                            });
        };
    }

    private static Optional<ToldAnswer> told(ReferralEvent event) {
        return event.content().filter(Told.class::isInstance).map(it -> ((Told) it).answer());
    }
}
