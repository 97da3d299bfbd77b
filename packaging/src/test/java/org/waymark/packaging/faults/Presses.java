// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of all that people pressed in a run, by button. A run in which nothing happened has
/// shown nothing: its figures tell.
final class Presses {

    enum Fate {
        /// The node said that it is done.
        DONE,
        /// It said no, as it should.
        REFUSED,
        /// The power failed before it answered, or there was none.
        CUT
    }

    private final Map<String, Map<Fate, Integer>> fates = new TreeMap<>();
    private int begun;

    /// Somebody presses.
    synchronized void begin() {
        begun++;
    }

    synchronized void end(String button, Fate fate) {
        fates.computeIfAbsent(button, _ -> new EnumMap<>(Fate.class)).merge(fate, 1, Integer::sum);
    }

    synchronized int begun() {
        return begun;
    }

    synchronized int count(Fate fate) {
        return fates.values().stream().mapToInt(it -> it.getOrDefault(fate, 0)).sum();
    }

    /// The buttons that did something at least once.
    synchronized Set<String> done() {
        return fates.entrySet().stream()
                .filter(it -> it.getValue().containsKey(Fate.DONE))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized String toString() {
        return fates.toString();
    }
}
