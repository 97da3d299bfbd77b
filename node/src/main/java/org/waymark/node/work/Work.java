// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.JobTable.Claimed;

/// The node's durable jobs. One thread sleeps until the next job is due or a commit wakes it, and
/// runs each job on a virtual thread of its own; nothing polls.
public final class Work implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    // 5 min: longer than any handler may take; after it a job whose end could not be written is
    // free again.
    private static final Duration LEASE = Duration.ofMinutes(5);
    // 16: more would only queue for the database's connections.
    private static final int AT_ONCE = 16;
    private static final Duration LONGEST_WAIT_AFTER_FAILURE = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final JobTable table = new JobTable();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean stopping;
    private int running;
    private Thread dispatcher = Thread.ofVirtual().unstarted(this::dispatch);

    public Work(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Names who does the jobs of a kind. Call before [#start()].
    public void handle(String kind, Handler handler) {
        if (handlers.putIfAbsent(kind, handler) != null) {
            throw new IllegalStateException("Two handlers for work of kind " + kind);
        }
    }

    /// Schedules a job in the caller's transaction; one that is there for the same kind and key is
    /// moved to the new time.
    public void schedule(Transaction tx, String kind, String key, Instant due, String payload) {
        table.put(tx, kind, key, due, payload);
        tx.afterCommit(this::wake);
    }

    /// Runs, in this thread, every job that is due now, and those that become due at once through
    /// them. For tests and for commands on a stopped node.
    ///
    /// @return how many ran
    public int runDue() {
        var ran = 0;
        while (true) {
            var now = clock.instant();
            var due = database.read(tx -> table.listDue(tx, now, AT_ONCE));
            var before = ran;
            for (var claimed : due) {
                if (claim(claimed)) {
                    run(claimed);
                    ran++;
                }
            }
            if (ran == before) {
                return ran;
            }
        }
    }

    /// Begins to run jobs, with those first that an earlier process of this node had taken and did
    /// not end.
    public void start() {
        // One process per node (architecture, 10): whoever held these claims is dead.
        database.run(table::releaseAll);
        dispatcher.start();
    }

    /// Stops taking jobs and waits for those that run.
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            dispatcher.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException e) {
            LOG.debug("Work was never started");
        }
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        while (waitUntilDue()) {
            try {
                var now = clock.instant();
                var room = AT_ONCE - runningNow();
                for (var claimed : database.read(tx -> table.listDue(tx, now, room))) {
                    if (claim(claimed)) {
                        begin();
                        Thread.ofVirtual()
                                .name("work-" + claimed.job().kind())
                                .start(() -> runAndFinish(claimed));
                    }
                }
            } catch (RuntimeException e) {
                LOG.error("Work could not be taken up; trying again", e);
                pause(Duration.ofSeconds(1));
            }
        }
        awaitRunning();
    }

    /// @return false when the node stops
    private boolean waitUntilDue() {
        lock.lock();
        try {
            while (!stopping) {
                if (running >= AT_ONCE) {
                    changed.await();
                    continue;
                }
                woken = false;
                var next = nextDueUnlocked();
                var now = clock.instant();
                if (next.isPresent() && !next.get().isAfter(now)) {
                    return true;
                }
                if (woken) {
                    continue;
                }
                if (next.isEmpty()) {
                    changed.await();
                } else {
                    // Past a millisecond at least, so that a clock's rounding cannot spin here.
                    changed.awaitNanos(
                            Math.max(1_000_000, Duration.between(now, next.get()).toNanos()));
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private java.util.Optional<Instant> nextDueUnlocked() {
        lock.unlock();
        try {
            return database.read(table::nextDue);
        } catch (RuntimeException e) {
            LOG.error("The next work could not be read; trying again", e);
            return java.util.Optional.of(clock.instant().plusSeconds(1));
        } finally {
            lock.lock();
        }
    }

    private boolean claim(Claimed claimed) {
        var now = clock.instant();
        return database.write(tx -> table.claim(tx, claimed, now, LEASE));
    }

    private void runAndFinish(Claimed claimed) {
        try {
            run(claimed);
        } catch (RuntimeException e) {
            LOG.error(
                    "Work of kind {} could not be ended; its lease will", claimed.job().kind(), e);
        } finally {
            lock.lock();
            try {
                running--;
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void run(Claimed claimed) {
        var job = claimed.job();
        try {
            var handler = handlers.get(job.kind());
            if (handler == null) {
                throw new IllegalStateException("No handler for work of kind " + job.kind());
            }
            switch (handler.run(job)) {
                case Handler.Result.Done _ -> database.run(tx -> table.end(tx, claimed));
                case Handler.Result.Again(var due) ->
                        database.run(tx -> table.postpone(tx, claimed, due, 0));
                case Handler.Result.Failed(var due) ->
                        database.run(tx -> table.postpone(tx, claimed, due, job.attempts() + 1));
            }
        } catch (RuntimeException e) {
            var wait = waitAfterFailure(job.attempts());
            LOG.error("Work of kind {} failed; again in {}", job.kind(), wait, e);
            var due = clock.instant().plus(wait);
            database.run(tx -> table.postpone(tx, claimed, due, job.attempts() + 1));
        }
    }

    static Duration waitAfterFailure(int attempts) {
        var wait = Duration.ofSeconds(5L << Math.min(attempts, 10));
        return wait.compareTo(LONGEST_WAIT_AFTER_FAILURE) < 0 ? wait : LONGEST_WAIT_AFTER_FAILURE;
    }

    private int runningNow() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRunning() {
        lock.lock();
        try {
            while (running > 0) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration duration) {
        lock.lock();
        try {
            if (!stopping) {
                var _ = changed.awaitNanos(duration.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
