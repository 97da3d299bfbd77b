// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.suggest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.waymark.node.referral.LifeCycle.State;

/// What one organisation's requests to another came to, as far as clocks tell.
record Experience(List<Asked> asked) {

    /// @param answeredAt their first answer of their own: yes, no, a waiting list or a question
    /// @param heardAt when anything of theirs came last
    record Asked(
            Instant sentAt,
            State state,
            Optional<State> told,
            Optional<Instant> respondBy,
            Optional<Instant> answeredAt,
            Optional<Instant> heardAt) {

        private boolean isLate(Instant now) {
            var stands = told.orElse(state);
            return (stands == State.SENT || stands == State.RECEIVED)
                    && respondBy.filter(now::isAfter).isPresent();
        }
    }

    // 7 days: what safety.md 15 allows a node without anybody signed in.
    static final Duration LONGEST_SILENCE = Duration.ofDays(7);

    static Experience none() {
        return new Experience(List.of());
    }

    /// The middle one of their times, in days begun.
    OptionalInt answersInDays() {
        var times =
                asked.stream()
                        .flatMap(
                                it ->
                                        it.answeredAt().stream()
                                                .map(at -> Duration.between(it.sentAt(), at)))
                        .sorted()
                        .toList();
        if (times.isEmpty()) {
            return OptionalInt.empty();
        }
        var middle = times.get(times.size() / 2);
        return OptionalInt.of((int) Math.max(1, middle.plusHours(23).toDays()));
    }

    /// Whether a request waits past its clock and nothing at all has come from them for a week.
    boolean isSilent(Instant now) {
        var limit = now.minus(LONGEST_SILENCE);
        return asked.stream().anyMatch(it -> it.isLate(now) && it.sentAt().isBefore(limit))
                && asked.stream().flatMap(it -> it.heardAt().stream()).noneMatch(limit::isBefore);
    }
}
