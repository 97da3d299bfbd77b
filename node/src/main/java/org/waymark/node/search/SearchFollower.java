// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps an index in step with its source: once at the start, then whenever it is woken. What was
/// missed (a crash between commit and index, a deleted folder) is made up for, because the index
/// itself says how far it came.
public final class SearchFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchFollower.class);

    // 30 s: after trouble with disk or database, tried again without anyone waking us.
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    // 20 s: a batch takes one at most; what is missing is made up for at the next start.
    private static final Duration LAST_BATCH = Duration.ofSeconds(20);

    // 30 s: a commit makes whoever writes to the same disk wait, whether it has one entry or
    // thousands. What a crash takes from the index is read again from the rows.
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(30);

    // 1 s from one batch to the next: each makes a file and reads the columns of all entries,
    // whether it has one entry or hundreds. The first after a silence comes at once. While there is
    // always more, 1 s longer each time, up to 5: who asks meanwhile waits for a batch.
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
    private static final int LONGEST_ROW = 5;

    // 4 times what a batch took, and 10 s at most: while thousands come in, the index takes a fifth
    // of one processor and leaves the rest to whoever writes them and to those who read.
    private static final int REST = 4;
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    // 10: 2,000 listings, a few seconds. Each leaves files that are merged later.
    private static final int BATCHES_TOGETHER = 10;

    private final SearchIndex index;
    private final SearchSource source;
    private final Duration betweenCommits;
    private final Semaphore wakes = new Semaphore(1);
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Runnable> observers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    // In System.nanoTime; empty when all is committed.
    private volatile OptionalLong uncommittedSince = OptionalLong.empty();

    public SearchFollower(SearchIndex index, SearchSource source) {
        this(index, source, BETWEEN_COMMITS);
    }

    SearchFollower(SearchIndex index, SearchSource source, Duration betweenCommits) {
        this.index = index;
        this.source = source;
        this.betweenCommits = betweenCommits;
        // The system's: it computes for seconds, and a virtual thread that does so keeps visitors
        // from a processor until it is done. For the same reason it stands back for others.
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("search-follower")
                        .priority(Thread.MIN_PRIORITY)
                        .unstarted(this::follow);
    }

    /// Follows in the background from now on.
    public void start() {
        thread.start();
    }

    /// There may be something new. Cheap; meant for after a commit.
    public void wake() {
        wakes.release();
    }

    /// Names who wants to know that the index has changed.
    public void whenApplied(Runnable observer) {
        observers.add(observer);
    }

    /// Brings the index up to date and returns when it is. An index whose files are damaged or gone
    /// is built anew; meanwhile less is found. So is one whose entries were added when words meant
    /// something else; meanwhile it finds what it found before.
    public synchronized void catchUp() {
        try {
            applyAll();
            if (index.isOutdated() && !closed) {
                rebuild();
            }
            commitWhenDue();
        } catch (SearchException e) {
            LOG.warn("The search index was damaged and is built anew", e);
            index.reset();
            applyAll();
        }
    }

    /// Builds the index anew from the source. Until that is done, searches find what they found
    /// before.
    public synchronized void rebuild() {
        index.update(
                update -> {
                    update.clear();
                    return apply(update, 0);
                });
        applied();
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        wake();
        try {
            thread.join(LAST_BATCH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What comes meanwhile has woken us again.
    private void applyAll() {
        // Some batches at a time, so that a long way to go can be interrupted and is seen growing.
        while (!closed) {
            var changes = source.changesAbove(index.applied());
            if (changes.upTo() == index.applied()) {
                return;
            }
            var isAll = new AtomicBoolean();
            index.update(update -> applySome(update, changes, isAll));
            applied();
            if (isAll.get()) {
                return;
            }
        }
    }

    private void applied() {
        observers.forEach(Runnable::run);
        if (uncommittedSince.isEmpty()) {
            uncommittedSince = OptionalLong.of(System.nanoTime());
        }
        commitWhenDue();
    }

    private void commitWhenDue() {
        if (uncommittedSince.isPresent() && untilCommit() <= 0) {
            index.commit();
            uncommittedSince = OptionalLong.empty();
        }
    }

    private long untilCommit() {
        return betweenCommits.toNanos() - (System.nanoTime() - uncommittedSince.orElseThrow());
    }

    private long applySome(
            SearchIndex.Update update, SearchSource.Changes first, AtomicBoolean isAll) {
        var changes = first;
        for (int batch = 1; batch < BATCHES_TOGETHER && !changes.isAll(); batch++) {
            changes = source.changesAbove(apply(update, changes));
        }
        isAll.set(changes.isAll());
        return apply(update, changes);
    }

    private long apply(SearchIndex.Update update, long from) {
        long applied = from;
        while (true) {
            var changes = source.changesAbove(applied);
            if (changes.upTo() == applied) {
                return applied;
            }
            applied = apply(update, changes);
        }
    }

    private static long apply(SearchIndex.Update update, SearchSource.Changes changes) {
        changes.entries().forEach(update::put);
        changes.removed().forEach(update::remove);
        return changes.upTo();
    }

    /// How long to wait after a batch.
    ///
    /// @param row how many batches came one after the other without a silence, this one included
    static Duration rest(Duration batch, int row) {
        var least = BETWEEN_BATCHES.multipliedBy(Math.min(row, LONGEST_ROW));
        var rest = batch.multipliedBy(REST);
        if (rest.compareTo(least) < 0) {
            return least;
        }
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /// Until there may be something new, or it is time to commit.
    private void await(boolean troubled) throws InterruptedException {
        if (!troubled && uncommittedSince.isEmpty()) {
            wakes.acquire();
        } else {
            long longest = troubled ? AFTER_TROUBLE.toNanos() : untilCommit();
            if (wakes.tryAcquire(longest, TimeUnit.NANOSECONDS)) {
                LOG.debug("Woken before the waiting time was over");
            }
        }
        wakes.drainPermits();
    }

    private void follow() {
        boolean troubled = false;
        int row = 0;
        while (!closed) {
            try {
                row = wakes.availablePermits() > 0 ? row + 1 : 1;
                await(troubled);
                var began = System.nanoTime();
                catchUp();
                troubled = false;
                var rest = rest(Duration.ofNanos(System.nanoTime() - began), row);
                if (closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The search index could not follow; it will try again", e);
                troubled = true;
            }
        }
    }
}
