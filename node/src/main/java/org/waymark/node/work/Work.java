// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.JobTable.Claimed;
import org.waymark.node.work.JobTable.Found;
import org.waymark.node.work.Turns.Group;

/// The node's durable jobs. One thread sleeps until the next job is due or a commit wakes it, and
/// runs each job on a virtual thread of its own; nothing polls.
///
/// Jobs of a kind share its places ([Places]) and, where they have groups, take turns by group: a
/// group with ten thousand jobs holds up none with one.
public final class Work implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    // 5 min: a job whose end could not be written is done again, but not while the database still
    // gasps.
    private static final Duration AFTER_LOST_END = Duration.ofMinutes(5);
    // 3 of the 8 connections: hundreds of deliveries end at once, and who waits here does not wait
    // for a connection, which is turned away after a while.
    private static final int ENDS_AT_ONCE = 3;
    // 4: what has no groups is work of our own, which can wait for each other.
    private static final int AT_ONCE = 4;
    // 1 s: the database did not answer; asking it at once again would not help it.
    private static final Duration AFTER_BREAKDOWN = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT_AFTER_FAILURE = Duration.ofHours(1);
    // 10 min: whoever opens what is closed says so; this is for a word that got lost.
    private static final Duration HELD_UP = Duration.ofMinutes(10);
    private static final String NO_GROUP = "";

    private record Worker(Handler handler, Places places) {}

    private record Waiting(Group group, String key) {}

    private final Database database;
    private final Clock clock;
    private final JobTable table;
    private final Map<String, Worker> workers = new ConcurrentHashMap<>();
    private final Turns turns = new Turns();
    private final Claims claims = new Claims();
    private final ReentrantLock claiming = new ReentrantLock();
    private final Semaphore ends = new Semaphore(ENDS_AT_ONCE, true);
    private final Set<Waiting> heldUp = ConcurrentHashMap.newKeySet();
    private Thread dispatcher = Thread.ofVirtual().unstarted(this::dispatch);

    public Work(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        var random = new SecureRandom();
        // Far from the last number there is: they grow.
        this.table = new JobTable(() -> random.nextLong() >> 1);
    }

    /// Names who does the jobs of a kind. Call before [#start()].
    public void handle(String kind, Handler handler) {
        handle(kind, Places.of(AT_ONCE), handler);
    }

    /// The same for jobs that have groups, or are many.
    public void handle(String kind, Places places, Handler handler) {
        if (workers.putIfAbsent(kind, new Worker(handler, places)) != null) {
            throw new IllegalStateException("Two handlers for work of kind " + kind);
        }
    }

    /// Schedules a job in the caller's transaction; one that is there for the same kind and key is
    /// moved to the new time.
    public void schedule(Transaction tx, String kind, String key, Instant due, String payload) {
        schedule(tx, kind, NO_GROUP, key, due, payload);
    }

    /// The same for a job that shares its kind's places with others.
    ///
    /// @param group always the same for one key
    public void schedule(
            Transaction tx, String kind, String group, String key, Instant due, String payload) {
        var of = new Group(kind, group);
        table.put(tx, of, key, due, payload);
        tx.afterCommit(() -> turns.offer(of, due));
    }

    /// Makes the jobs of a group due that wait for a later time, and looks at its [Pace] anew. Each
    /// in a transaction of its own: one for all would wait for jobs that wait for it. One that runs
    /// comes again at once, if it ends by wishing to come later.
    public void hurry(String kind, String group) {
        var of = new Group(kind, group);
        var now = clock.instant();
        // First: what is put off after this is seen here, and what was before is found below.
        claims.hurry(of);
        for (var key : database.read(tx -> table.listLater(tx, of, now))) {
            database.run(tx -> table.hurry(tx, of, key, now));
        }
        turns.offer(of, now);
    }

    /// What held jobs up ([HeldUp]) has gone: they are due now. Not inside a transaction.
    public void resume() {
        var now = clock.instant();
        for (var waiting : List.copyOf(heldUp)) {
            heldUp.remove(waiting);
            try {
                database.run(tx -> table.hurry(tx, waiting.group(), waiting.key(), now));
            } catch (RuntimeException e) {
                LOG.warn("A job of kind {} comes in some minutes", waiting.group().kind(), e);
            }
            turns.offer(waiting.group(), now);
        }
    }

    /// Runs, in this thread, every job that is due now, and those that become due at once through
    /// them. For tests and for commands on a stopped node.
    ///
    /// @return how many ran
    public int runDue() {
        database.read(table::groups).forEach(turns::keep);
        var ran = 0;
        while (true) {
            var before = ran;
            for (var group : ready(clock.instant()).groups()) {
                ran += claim(group, 1, this::runAndEnd);
            }
            if (ran == before) {
                return ran;
            }
        }
    }

    /// Begins to run jobs, those too that an earlier process of this node began and did not end.
    public void start() {
        database.read(table::groups).forEach(turns::keep);
        dispatcher.start();
    }

    /// Stops taking jobs and waits for those that run.
    @Override
    public void close() {
        turns.stop();
        try {
            dispatcher.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException e) {
            LOG.debug("Work was never started");
        }
    }

    private void dispatch() {
        while (true) {
            var seen = turns.changes();
            if (!turns.await(seen, beginReady())) {
                turns.awaitIdle();
                return;
            }
        }
    }

    /// Begins what may begin.
    ///
    /// @return how long until more may, if nothing changes before
    private Optional<Duration> beginReady() {
        try {
            var now = clock.instant();
            var ready = ready(now);
            for (var group : ready.groups()) {
                begin(group, room(group));
            }
            return ready.next().map(it -> Duration.between(now, it));
        } catch (RuntimeException e) {
            LOG.error("Work could not be taken up; trying again", e);
            return Optional.of(AFTER_BREAKDOWN);
        }
    }

    /// @param groups those of whose jobs one may begin, in the order of their turns
    /// @param next when another group may begin, if nothing changes before
    private record Ready(List<Group> groups, Optional<Instant> next) {}

    private Ready ready(Instant now) {
        var groups = new ArrayList<Group>();
        var next = Instant.MAX;
        for (var entry : turns.row()) {
            var begins = later(entry.getValue(), pace(entry.getKey()).notBefore());
            if (begins.isAfter(now)) {
                next = begins.isBefore(next) ? begins : next;
            } else if (room(entry.getKey()) > 0) {
                groups.add(entry.getKey());
            }
        }
        return new Ready(groups, Optional.of(next).filter(Instant.MAX::isAfter));
    }

    private int room(Group group) {
        return turns.room(group, pace(group).atOnce(), places(group).atOnce());
    }

    private Pace pace(Group group) {
        return places(group).pace().apply(group.name());
    }

    private Places places(Group group) {
        var worker = workers.get(group.kind());
        return worker == null ? Places.of(1) : worker.places();
    }

    private void begin(Group group, int room) {
        if (room < 1) {
            return;
        }
        var name = "work-" + group.kind();
        try {
            claim(
                    group,
                    room,
                    claimed -> Thread.ofVirtual().name(name).start(() -> runAndEnd(claimed)));
        } catch (RuntimeException e) {
            turns.keep(group, clock.instant().plus(AFTER_BREAKDOWN));
            throw e;
        }
    }

    /// Takes the first jobs of a group that are due, and notes when to look at it again.
    ///
    /// @return how many
    private int claim(Group group, int most, Consumer<Claimed> start) {
        var taken = take(group, most);
        for (var it : taken) {
            turns.began(group);
            start.accept(it.claimed());
        }
        return taken.size();
    }

    private List<Found> take(Group group, int most) {
        claiming.lock();
        try {
            // First, so that what is offered meanwhile is not forgotten afterwards.
            turns.take(group);
            var now = clock.instant();
            while (true) {
                var mark = claims.mark(group);
                var rows = list(group, most + mark.taken() + 1);
                var taken = claims.take(group, mark, rows, most, now);
                if (taken.isPresent()) {
                    claims.firstFree(group, rows).ifPresent(it -> turns.keep(group, it.due()));
                    // Nobody else remembers those whose end could not be written.
                    claims.firstFreedLater(group).ifPresent(it -> turns.keep(group, it));
                    return taken.get();
                }
            }
        } finally {
            claiming.unlock();
        }
    }

    private List<Found> list(Group group, int needed) {
        // 8, 16, 32 …: each number is a statement that the database prepares anew.
        var most = Math.max(8, Integer.highestOneBit(needed) * 2);
        return database.read(tx -> table.listFirst(tx, group, most));
    }

    private void runAndEnd(Claimed claimed) {
        var key = claimed.job().key();
        Optional<Instant> next = Optional.empty();
        var isWritten = false;
        try {
            next = run(claimed);
            isWritten = true;
            if (claims.ended(claimed.group(), key)) {
                next = Optional.of(clock.instant());
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "The end of work of kind {} could not be written; it will be done again",
                    claimed.job().kind(),
                    e);
        } finally {
            if (!isWritten) {
                var again = clock.instant().plus(AFTER_LOST_END);
                claims.endedUnwritten(claimed.group(), key, again);
                next = Optional.of(again);
            }
            turns.ended(claimed.group(), next);
        }
    }

    private <T> T end(Function<Transaction, T> end) {
        ends.acquireUninterruptibly();
        try {
            return database.write(end);
        } finally {
            ends.release();
        }
    }

    /// @return when the job is due again; empty when it has gone
    private Optional<Instant> run(Claimed claimed) {
        var job = claimed.job();
        try {
            var worker = workers.get(job.kind());
            if (worker == null) {
                throw new IllegalStateException("No handler for work of kind " + job.kind());
            }
            return switch (worker.handler().run(job)) {
                case Handler.Result.Done _ -> end(tx -> table.end(tx, claimed));
                case Handler.Result.Again(var due) -> postpone(claimed, due, 0);
                case Handler.Result.Failed(var due) -> postpone(claimed, due, job.attempts() + 1);
            };
        } catch (HeldUp e) {
            heldUp.add(new Waiting(claimed.group(), job.key()));
            return postpone(claimed, clock.instant().plus(HELD_UP), job.attempts());
        } catch (RuntimeException e) {
            var wait = waitAfterFailure(job.attempts());
            LOG.error("Work of kind {} failed; again in {}", job.kind(), wait, e);
            var due = clock.instant().plus(wait);
            return postpone(claimed, due, job.attempts() + 1);
        }
    }

    private Optional<Instant> postpone(Claimed claimed, Instant due, int attempts) {
        var next = end(tx -> table.postpone(tx, claimed, due, attempts));
        var key = claimed.job().key();
        if (!claims.wasHurried(claimed.group(), key)) {
            return next;
        }
        var now = clock.instant();
        database.run(tx -> table.hurry(tx, claimed.group(), key, now));
        return next.map(it -> it.isAfter(now) ? now : it);
    }

    static Duration waitAfterFailure(int attempts) {
        var wait = Duration.ofSeconds(5L << Math.min(attempts, 10));
        return wait.compareTo(LONGEST_WAIT_AFTER_FAILURE) < 0 ? wait : LONGEST_WAIT_AFTER_FAILURE;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
