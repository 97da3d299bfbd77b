// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.waymark.node.referral.Travelling.Refusal;
import org.waymark.node.referral.Travelling.Told;
import org.waymark.node.referral.Travelling.ToldAnswer;

/// Tells those who count what a line of the timeline means for the counts: each thing once, however
/// often it is said, and the receiver's own word in place of what they were told to have said.
final class Witnesses {

    private static final Set<Kind> OWN_ANSWERS = Set.of(Kind.WAITLIST, Kind.ACCEPT, Kind.DECLINE);
    private static final Set<Kind> ENDS = Set.of(Kind.COMPLETE, Kind.FAIL);
    private static final Set<Kind> STOPS = Set.of(Kind.CANCEL, Kind.WITHDRAW);

    private final List<Witness> all = new CopyOnWriteArrayList<>();

    void add(Witness witness) {
        all.add(witness);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    static boolean counts(Kind kind) {
        return kind == Kind.SEND
                || kind == Kind.TOLD
                || kind == Kind.DELETE
                || OWN_ANSWERS.contains(kind)
                || ENDS.contains(kind)
                || STOPS.contains(kind);
    }

    /// @param before the timeline without this line
    void tell(
            Transaction tx,
            Referral referral,
            ReferralEvent event,
            List<ReferralEvent> before,
            Optional<FirstStep> need) {
        var asked = before.stream().filter(it -> it.kind() == Kind.SEND).findFirst();
        if (event.kind() != Kind.SEND && asked.isEmpty()) {
            return;
        }
        var askedAt = asked.map(ReferralEvent::at).orElse(event.at());
        for (var counted : meaning(referral, event, before, askedAt)) {
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
                            counted.times());
            all.forEach(it -> it.happened(tx, happening));
        }
    }

    private record Counted(What what, Instant at, int times) {}

    private static List<Counted> meaning(
            Referral referral, ReferralEvent event, List<ReferralEvent> before, Instant askedAt) {
        var kind = event.kind();
        var said = new ArrayList<Counted>();
        if (kind == Kind.SEND && !has(before, Set.of(Kind.SEND))) {
            said.add(new Counted(new What.Asked(), event.at(), 1));
        }
        if (kind == Kind.DELETE) {
            said.add(new Counted(new What.Asked(), askedAt, -1));
        }
        var told =
                before.stream()
                        .filter(it -> it.kind() == Kind.TOLD)
                        .findFirst()
                        .flatMap(it -> toldAnswer(it).map(answer -> new ToldBefore(it, answer)));
        answer(event)
                .filter(_ -> !has(before, OWN_ANSWERS))
                .filter(it -> told.filter(old -> old.answer() == it).isEmpty())
                .ifPresent(
                        it -> {
                            var since = told.map(old -> old.line().at()).orElse(event.at());
                            told.ifPresent(
                                    old ->
                                            said.add(
                                                    answered(
                                                            referral,
                                                            old.answer(),
                                                            askedAt,
                                                            since,
                                                            -1)));
                            said.add(answered(referral, it, askedAt, since, 1));
                        });
        refusal(event)
                .filter(_ -> !has(before, Set.of(Kind.DECLINE)))
                .ifPresent(
                        it -> {
                            told.filter(old -> old.answer() == Answer.NO)
                                    .ifPresent(
                                            old ->
                                                    said.add(
                                                            new Counted(
                                                                    new What.Refused(
                                                                            Optional.empty()),
                                                                    old.line().at(),
                                                                    -1)));
                            said.add(new Counted(it, event.at(), 1));
                        });
        ending(event)
                .filter(_ -> before.stream().noneMatch(it -> ending(it).isPresent()))
                .ifPresent(it -> said.add(new Counted(it, event.at(), 1)));
        if (STOPS.contains(kind) && !has(before, STOPS)) {
            said.add(new Counted(new What.Stopped(), event.at(), 1));
        }
        return said;
    }

    private record ToldBefore(ReferralEvent line, Answer answer) {}

    private static Counted answered(
            Referral referral, Answer answer, Instant askedAt, Instant at, int times) {
        var inTime = referral.respondBy().filter(at::isAfter).isEmpty();
        var minutes = Math.max(0, Duration.between(askedAt, at).toMinutes());
        return new Counted(new What.Answered(answer, minutes, inTime), at, times);
    }

    private static boolean has(List<ReferralEvent> lines, Set<Kind> kinds) {
        return lines.stream().anyMatch(it -> kinds.contains(it.kind()));
    }

    private static Optional<Answer> answer(ReferralEvent event) {
        return switch (event.kind()) {
            case ACCEPT -> Optional.of(Answer.YES);
            case WAITLIST -> Optional.of(Answer.WAITING_LIST);
            case DECLINE -> Optional.of(Answer.NO);
            case TOLD -> toldAnswer(event);
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> toldAnswer(ReferralEvent event) {
        return told(event)
                .map(
                        it ->
                                switch (it) {
                                    case YES, HELPED -> Answer.YES;
                                    case WAITING_LIST -> Answer.WAITING_LIST;
                                    case NO -> Answer.NO;
                                });
    }

    private static Optional<ToldAnswer> told(ReferralEvent event) {
        return event.content().filter(Told.class::isInstance).map(it -> ((Told) it).answer());
    }

    private static Optional<What> refusal(ReferralEvent event) {
        if (event.kind() == Kind.DECLINE) {
            return Optional.of(
                    new What.Refused(
                            event.content()
                                    .filter(Refusal.class::isInstance)
                                    .map(it -> ((Refusal) it).reason())));
        }
        return told(event)
                .filter(it -> it == ToldAnswer.NO)
                .map(_ -> new What.Refused(Optional.empty()));
    }

    private static Optional<What> ending(ReferralEvent event) {
        if (ENDS.contains(event.kind())) {
            return Optional.of(
                    new What.Ended(
                            event.kind() == Kind.COMPLETE,
                            event.content()
                                    .filter(Closing.class::isInstance)
                                    .flatMap(it -> ((Closing) it).outcome())));
        }
        return told(event)
                .filter(it -> it == ToldAnswer.HELPED)
                .map(_ -> new What.Ended(true, Optional.empty()));
    }
}
