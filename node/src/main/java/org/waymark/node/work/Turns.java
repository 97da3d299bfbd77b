// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Which groups of jobs have something to do, since when, and how many of their jobs run. Groups
/// take turns: who was served goes to the end of the row, so one with much to do holds up none with
/// little.
///
/// It is the memory of the dispatcher only; the rows know everything too. Safe for many threads.
final class Turns {

    record Group(String kind, String name) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // In the order of their turns. A group without an entry has nothing to do that we know of.
    private final Map<Group, Instant> due = new LinkedHashMap<>();
    private final Map<Group, Integer> running = new HashMap<>();
    private final Map<String, Integer> runningOfKind = new HashMap<>();
    private long changes;
    private boolean stopped;

    /// There is something to do in a group, and whoever waits shall look.
    void offer(Group group, Instant when) {
        locked(
                () -> {
                    put(group, when);
                    signal();
                });
    }

    /// The same for the dispatcher itself, which looks anyway.
    void keep(Group group, Instant when) {
        locked(() -> put(group, when));
    }

    /// Takes a group out of the row while its rows are looked at.
    void take(Group group) {
        locked(() -> due.remove(group));
    }

    /// The groups with something to do, in the order of their turns, and since when.
    List<Map.Entry<Group, Instant>> row() {
        lock.lock();
        try {
            return due.entrySet().stream().map(Map.Entry::copyOf).toList();
        } finally {
            lock.unlock();
        }
    }

    void began(Group group) {
        locked(
                () -> {
                    running.merge(group, 1, Integer::sum);
                    runningOfKind.merge(group.kind(), 1, Integer::sum);
                });
    }

    /// One job less runs.
    ///
    /// @param next when there is something to do in its group again
    void ended(Group group, Optional<Instant> next) {
        locked(
                () -> {
                    running.computeIfPresent(group, (_, many) -> many > 1 ? many - 1 : null);
                    runningOfKind.computeIfPresent(
                            group.kind(), (_, many) -> many > 1 ? many - 1 : null);
                    next.ifPresent(when -> put(group, when));
                    signal();
                });
    }

    /// How many more jobs of a group may begin.
    int room(Group group, int ofGroup, int ofKind) {
        lock.lock();
        try {
            return Math.min(
                    ofGroup - running.getOrDefault(group, 0),
                    ofKind - runningOfKind.getOrDefault(group.kind(), 0));
        } finally {
            lock.unlock();
        }
    }

    /// A number that grows whenever something changes that may let a job begin.
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /// Sleeps until something changed after `seen` or the time has passed.
    ///
    /// @param longest empty: however long it takes
    /// @return false when the node stops
    boolean await(long seen, Optional<Duration> longest) {
        lock.lock();
        try {
            // A millisecond at least, so that a clock's rounding cannot spin here.
            var left = longest.map(it -> Math.max(1_000_000, it.toNanos())).orElse(Long.MAX_VALUE);
            while (!stopped && changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        locked(
                () -> {
                    stopped = true;
                    signal();
                });
    }

    /// Waits until no job runs any more.
    void awaitIdle() {
        lock.lock();
        try {
            while (!running.isEmpty()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void put(Group group, Instant when) {
        due.merge(group, when, (one, other) -> one.isBefore(other) ? one : other);
    }

    private void signal() {
        changes++;
        changed.signalAll();
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
