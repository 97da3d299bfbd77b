// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.work.JobTable.Found;
import org.waymark.node.work.Turns.Group;

/// Which jobs are taken. One process works on the rows of a node (architecture, 10), so its memory
/// is enough, and what it had taken is free when it dies. Safe for many threads, of which one at a
/// time marks and takes.
final class Claims {

    private static final class Held {
        // MAX while it runs, however long that is.
        private final Map<String, Instant> until = new HashMap<>();
        private final Set<String> passedOver = new HashSet<>();
        private final Set<String> hurried = new HashSet<>();
        private long ended;
    }

    // A group without an entry has no job that is taken.
    private final Map<Group, Held> groups = new HashMap<>();

    /// How things stood before the rows of a group were read.
    ///
    /// @param taken how many of its jobs are taken
    /// @param ended grows whenever one of them ends
    record Mark(int taken, long ended) {}

    synchronized Mark mark(Group group) {
        var held = groups.get(group);
        return held == null ? new Mark(0, 0) : new Mark(held.until.size(), held.ended);
    }

    /// Takes those of the rows that are free and due.
    ///
    /// @param most how many
    /// @return empty when a job ended since the mark: its row may be among these, as it was before
    synchronized Optional<List<Found>> take(
            Group group, Mark mark, List<Found> rows, int most, Instant now) {
        if (!mark.equals(mark(group))) {
            return Optional.empty();
        }
        var held = groups.getOrDefault(group, new Held());
        held.until.values().removeIf(it -> !it.isAfter(now));
        rows.stream()
                .map(Claims::key)
                .filter(held.until::containsKey)
                .forEach(held.passedOver::add);
        var taken =
                rows.stream()
                        .filter(it -> !it.due().isAfter(now))
                        .filter(it -> !held.until.containsKey(key(it)))
                        .limit(most)
                        .toList();
        if (!taken.isEmpty()) {
            taken.forEach(it -> held.until.put(key(it), Instant.MAX));
            groups.put(group, held);
        }
        return Optional.of(taken);
    }

    /// The first of the rows that is free.
    synchronized Optional<Found> firstFree(Group group, List<Found> rows) {
        var held = groups.get(group);
        return rows.stream()
                .filter(it -> held == null || !held.until.containsKey(key(it)))
                .findFirst();
    }

    /// When the first of the jobs is free again whose end could not be written.
    synchronized Optional<Instant> firstFreedLater(Group group) {
        var held = groups.get(group);
        return held == null
                ? Optional.empty()
                : held.until.values().stream().filter(Instant.MAX::isAfter).min(Instant::compareTo);
    }

    /// Notes that somebody is in a hurry with the jobs of a group, those that are taken.
    synchronized void hurry(Group group) {
        var held = groups.get(group);
        if (held != null) {
            held.hurried.addAll(held.until.keySet());
        }
    }

    /// Whether somebody was in a hurry with a job since it was taken, and nobody asked yet.
    synchronized boolean wasHurried(Group group, String key) {
        var held = groups.get(group);
        return held != null && held.hurried.remove(key);
    }

    /// Frees a job whose end has been written.
    ///
    /// @return whether its row was passed over meanwhile: it may have been added anew after the end
    synchronized boolean ended(Group group, String key) {
        var held = groups.get(group);
        if (held == null) {
            return false;
        }
        held.until.remove(key);
        held.hurried.remove(key);
        held.ended++;
        if (held.until.isEmpty()) {
            groups.remove(group);
        }
        return held.passedOver.remove(key);
    }

    /// Frees a job later whose end could not be written.
    synchronized void endedUnwritten(Group group, String key, Instant free) {
        var held = groups.get(group);
        if (held != null) {
            held.until.computeIfPresent(key, (_, _) -> free);
        }
    }

    private static String key(Found row) {
        return row.claimed().job().key();
    }
}
