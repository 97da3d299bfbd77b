// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.work.Handler.Result;

class WorkTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final Database database = Databases.inMemory();
    private final Work work = new Work(database, Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void onlyWhatIsDueRunsAndRunsOnce() {
        work.handle("remind", this::note);
        schedule("remind", "now", NOW);
        schedule("remind", "later", NOW.plusSeconds(1));

        assertThat(work.runDue()).isEqualTo(1);
        assertThat(work.runDue()).isZero();

        assertThat(done).containsExactly("now");
    }

    @Test
    void aJobScheduledAnewForTheSameMomentWhileItRunsRunsAgain() {
        work.handle(
                "index",
                job -> {
                    if (done.isEmpty()) {
                        schedule("index", job.key(), NOW);
                    }
                    return note(job);
                });
        schedule("index", "listings", NOW);

        work.runDue();

        assertThat(done).containsExactly("listings", "listings");
    }

    @Test
    void aFailureIsTriedAgainLaterAndDoesNotBlockTheRest() {
        work.handle(
                "send",
                job -> {
                    if (job.key().equals("poison")) {
                        throw new IllegalStateException("poison");
                    }
                    return note(job);
                });
        schedule("send", "poison", NOW.minusSeconds(2));
        schedule("send", "good", NOW.minusSeconds(1));

        assertThat(work.runDue()).isEqualTo(2);

        assertThat(done).containsExactly("good");
        assertThat(dueTimes()).containsExactly(NOW.plus(Work.waitAfterFailure(0)));
    }

    @Test
    void whatWentWellBeforeDoesNotLengthenTheWaitAfterAFailure() {
        work.handle(
                "keys",
                job -> {
                    note(job);
                    if (done.size() > 9) {
                        throw new IllegalStateException("first failure");
                    }
                    return new Result.Again(NOW);
                });
        schedule("keys", "sweep", NOW);

        work.runDue();

        assertThat(done).hasSize(10);
        assertThat(dueTimes()).containsExactly(NOW.plus(Work.waitAfterFailure(0)));
    }

    @Test
    void aHandlerThatFailsSeesHowOftenAndWhatGoesWellEndsTheCount() {
        var attempts = new ArrayList<Integer>();
        work.handle(
                "pull",
                job -> {
                    attempts.add(job.attempts());
                    return switch (attempts.size()) {
                        case 3 -> new Result.Again(NOW);
                        case 5 -> new Result.Done();
                        default -> new Result.Failed(NOW);
                    };
                });
        schedule("pull", "partner", NOW);

        work.runDue();

        assertThat(attempts).containsExactly(0, 1, 2, 0, 1);
    }

    @Test
    void aCommitWakesTheDispatcher() throws Exception {
        var ran = new CountDownLatch(1);
        var live = new Work(database, Clock.systemUTC());
        live.handle(
                "send",
                _ -> {
                    ran.countDown();
                    return new Result.Done();
                });
        live.start();

        database.run(tx -> live.schedule(tx, "send", "now", Instant.now(), ""));

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        live.close();
    }

    @Test
    void aJobAddedAnewJustAsItEndsIsNotForgotten() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        var live = new Work(database, Clock.systemUTC());
        live.handle(
                "send",
                job -> {
                    seen.add(job.payload());
                    return new Result.Done();
                });
        live.start();

        for (int i = 0; i < 500; i++) {
            var payload = String.valueOf(i);
            database.run(tx -> live.schedule(tx, "send", "now", NOW, payload));
            for (var it = ""; !payload.equals(it); ) {
                it = seen.poll(10, TimeUnit.SECONDS);
                assertThat(it).as("begun after %s was scheduled", payload).isNotNull();
            }
        }
        live.close();
    }

    @Test
    void whatDiedWithItsNodeRunsAtTheNextStart() throws Exception {
        work.handle(
                "send",
                _ -> {
                    throw new AssertionError("power cut");
                });
        schedule("send", "now", NOW);
        assertThatThrownBy(work::runDue).hasMessage("power cut");

        var ran = new CountDownLatch(1);
        var next = new Work(database, Clock.fixed(NOW, ZoneOffset.UTC));
        next.handle(
                "send",
                _ -> {
                    ran.countDown();
                    return new Result.Done();
                });
        next.start();

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        next.close();
    }

    @Test
    void whoEndsLateEndsNotTheJobThatCameInItsPlace() {
        var table = new JobTable(new Random(1)::nextLong);
        var group = new Turns.Group("gone", "");
        database.run(tx -> table.put(tx, group, "clinic", NOW, ""));
        var late = first(table, group);
        database.run(tx -> table.end(tx, late));
        database.run(tx -> table.put(tx, group, "clinic", NOW.plusSeconds(1), ""));

        database.run(tx -> table.end(tx, late));
        assertThat(dueTimes()).containsExactly(NOW.plusSeconds(1));
        database.run(tx -> table.postpone(tx, late, NOW.plusSeconds(2), 1));
        assertThat(dueTimes()).containsExactly(NOW.plusSeconds(1));

        // Also not one that another put off meanwhile.
        var again = first(table, group);
        database.run(tx -> table.postpone(tx, again, NOW.plusSeconds(3), 1));
        database.run(tx -> table.end(tx, again));
        assertThat(dueTimes()).containsExactly(NOW.plusSeconds(3));
    }

    private JobTable.Claimed first(JobTable table, Turns.Group group) {
        return database.read(tx -> table.listFirst(tx, group, 8)).getFirst().claimed();
    }

    @Test
    void aJobThatRunsForAnHourIsNotBegunASecondTime() {
        var clock = new TestClock();
        var slow = new Work(database, clock);
        slow.handle(
                "ask",
                Places.of(2),
                job -> {
                    done.add(job.key());
                    clock.advance(Duration.ofHours(1));
                    // As the dispatcher does in another thread.
                    assertThat(slow.runDue()).isZero();
                    return new Result.Done();
                });
        database.run(tx -> slow.schedule(tx, "ask", "all", clock.instant(), ""));

        slow.runDue();

        assertThat(done).containsExactly("all");
    }

    @Test
    void everyJobWhoseEndCouldNotBeWrittenRunsAgain() throws Exception {
        var clock = new TestClock();
        var live = new Work(database, clock);
        var isBroken = new AtomicBoolean(true);
        var again = new Semaphore(0);
        var seen = new Semaphore(0);
        live.handle(
                "send",
                Places.of(1),
                _ -> {
                    clock.advance(Duration.ofSeconds(1));
                    if (isBroken.get()) {
                        return new Result.Failed(clock.instant());
                    }
                    again.release();
                    return new Result.Done();
                });
        // Its turn comes last.
        live.handle(
                "show",
                _ -> {
                    seen.release();
                    return new Result.Done();
                });
        for (var key : List.of("first", "second")) {
            database.run(tx -> live.schedule(tx, "send", "full", key, clock.instant(), ""));
        }
        database.run(tx -> tx.update("ALTER TABLE job ADD CONSTRAINT intact CHECK (attempts = 0)"));
        assertThat(live.runDue()).isEqualTo(2);
        database.run(tx -> tx.update("ALTER TABLE job DROP CONSTRAINT intact"));
        isBroken.set(false);

        database.run(tx -> live.schedule(tx, "show", "one", clock.instant(), ""));
        live.start();
        assertThat(seen.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        clock.advance(Duration.ofMinutes(6));
        database.run(tx -> live.schedule(tx, "show", "two", clock.instant(), ""));

        assertThat(again.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
        live.close();
    }

    @Test
    void whatEndsInOneGroupMakesNobodyReadAnotherAgain() {
        var claims = new Claims();
        var busy = new Turns.Group("send", "busy");
        var quiet = new Turns.Group("send", "quiet");
        var table = new JobTable(new Random(1)::nextLong);
        database.run(tx -> table.put(tx, busy, "one", NOW, ""));
        database.run(tx -> table.put(tx, quiet, "two", NOW, ""));
        var rows = database.read(tx -> table.listFirst(tx, busy, 8));
        assertThat(claims.take(busy, claims.mark(busy), rows, 1, NOW)).isPresent();

        var mark = claims.mark(quiet);
        claims.ended(busy, "one");

        var found = database.read(tx -> table.listFirst(tx, quiet, 8));
        assertThat(claims.take(quiet, mark, found, 1, NOW).orElseThrow()).hasSize(1);
    }

    @Test
    void aGroupWithMuchToDoHoldsUpNoOther() {
        work.handle("send", new Places(1, _ -> Pace.of(1)), this::note);
        for (int i = 0; i < 5; i++) {
            schedule("send", "flood", "flood" + i, NOW.minusSeconds(60));
        }
        schedule("send", "quiet", "quiet", NOW);

        work.runDue();

        assertThat(done.indexOf("quiet")).isLessThan(2);
        assertThat(done).hasSize(6);
    }

    @Test
    void aGroupThatRestsWaitsAndGoesWhenItsRestIsEnded() {
        var rest = new AtomicReference<>(NOW.plusSeconds(60));
        work.handle("send", new Places(4, _ -> new Pace(4, rest.get())), this::note);
        schedule("send", "down", "first", NOW);
        schedule("send", "down", "second", NOW.plusSeconds(3_600));

        work.runDue();
        assertThat(done).isEmpty();

        rest.set(NOW);
        work.hurry("send", "down");
        work.runDue();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aJobThatRunsWhileSomebodyIsInAHurryComesAgainAtOnce() {
        var runs = new AtomicInteger();
        work.handle(
                "send",
                Places.of(1),
                job -> {
                    if (runs.incrementAndGet() == 1) {
                        // As when the other server is heard of just before our attempt times out.
                        work.hurry("send", "down");
                    }
                    done.add(job.key());
                    return runs.get() < 3
                            ? new Result.Again(NOW.plusSeconds(3_600))
                            : new Result.Done();
                });
        schedule("send", "down", "first", NOW);

        work.runDue();

        // Once more because of the hurry; then it waits as it wished.
        assertThat(done).containsExactly("first", "first");
        assertThat(dueTimes()).containsExactly(NOW.plusSeconds(3_600));
    }

    @Test
    void aJobThatIsDoneStaysDoneWhateverTheHurry() {
        work.handle(
                "send",
                Places.of(1),
                job -> {
                    work.hurry("send", "down");
                    return note(job);
                });
        schedule("send", "down", "first", NOW);

        work.runDue();

        assertThat(done).containsExactly("first");
        assertThat(dueTimes()).isEmpty();
    }

    @Test
    void onlySoManyOfAGroupRunAtOnceAndTheNextBeginsWhenOneEnds() throws Exception {
        var running = new Semaphore(0);
        var go = new Semaphore(0);
        var live = new Work(database, Clock.systemUTC());
        live.handle(
                "send",
                new Places(10, _ -> Pace.of(2)),
                _ -> {
                    running.release();
                    go.acquireUninterruptibly();
                    return new Result.Done();
                });
        for (int i = 0; i < 3; i++) {
            schedule("send", "slow", "slow" + i, NOW);
        }
        schedule("send", "other", "other", NOW);
        live.start();

        assertThat(running.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();

        go.release(3);
        assertThat(running.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        go.release();
        live.close();
    }

    private void schedule(String kind, String group, String key, Instant due) {
        database.run(tx -> work.schedule(tx, kind, group, key, due, ""));
    }

    private Result note(Job job) {
        done.add(job.key());
        return new Result.Done();
    }

    private void schedule(String kind, String key, Instant due) {
        database.run(tx -> work.schedule(tx, kind, key, due, ""));
    }

    private List<Instant> dueTimes() {
        return database.read(tx -> tx.list("SELECT due FROM job", row -> row.instant("due")));
    }
}
