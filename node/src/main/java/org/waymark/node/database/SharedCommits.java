// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Short pieces of work of many threads that end at the same time share a transaction, and with it
/// one write to the disk. Each is committed when [#write(Function)] returns, as in a transaction of
/// its own; beside which others it was committed is chance. One such transaction runs at a time, so
/// they never wait for each other's rows.
///
/// When one piece of a group throws, the group is rolled back and each runs again alone: a piece
/// may run twice, though it is committed once. Only the thrower learns of it. Safe for many
/// threads.
public final class SharedCommits {

    // 64: some 10 ms of work, the longest that a piece waits for those before it.
    private static final int MOST_TOGETHER = 64;

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Piece<?>> waiting = new ArrayDeque<>();
    private boolean isLed;

    public SharedCommits(Database database) {
        this.database = database;
    }

    /// Runs work that changes rows, and returns when it is committed.
    public <T> T write(Function<Transaction, T> work) {
        var piece = new Piece<>(work);
        if (leads(piece) || piece.turn.join() == Turn.LEAD) {
            lead();
        }
        return piece.result();
    }

    private enum Turn {
        /// Whoever waits for it runs the next group, in which it is.
        LEAD,
        /// Another thread has run it.
        DONE
    }

    private static final class Piece<T> {
        private final Function<Transaction, T> work;
        private final CompletableFuture<Turn> turn = new CompletableFuture<>();
        private Optional<T> made = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();
        private boolean isCommitted;

        Piece(Function<Transaction, T> work) {
            this.work = work;
        }

        void run(Transaction tx) {
            made = Optional.of(work.apply(tx));
        }

        T result() {
            failure.ifPresent(
                    it -> {
                        throw it;
                    });
            // Not when an Error broke the group off: what was made then is rolled back.
            return made.filter(_ -> isCommitted)
                    .orElseThrow(() -> new IllegalStateException("Its group broke off"));
        }
    }

    /// Puts a piece into the row.
    ///
    /// @return whether nobody runs groups now, so that this thread must
    private boolean leads(Piece<?> piece) {
        lock.lock();
        try {
            waiting.add(piece);
            var leads = !isLed;
            isLed = true;
            return leads;
        } finally {
            lock.unlock();
        }
    }

    /// Runs the next group, then hands over to whoever waits first.
    private void lead() {
        var group = next();
        try {
            run(group);
        } finally {
            handOver();
            group.forEach(it -> it.turn.complete(Turn.DONE));
        }
    }

    private List<Piece<?>> next() {
        lock.lock();
        try {
            var group = new ArrayList<Piece<?>>();
            while (group.size() < MOST_TOGETHER && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                isLed = false;
            } else {
                waiting.element().turn.complete(Turn.LEAD);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Piece<?>> group) {
        try {
            database.run(tx -> group.forEach(it -> it.run(tx)));
            group.forEach(it -> it.isCommitted = true);
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.getFirst().failure = Optional.of(e);
            } else {
                runEachAlone(group);
            }
        }
    }

    private void runEachAlone(List<Piece<?>> group) {
        var trouble = Optional.<RuntimeException>empty();
        for (var piece : group) {
            if (trouble.isPresent()) {
                piece.failure = trouble;
            } else {
                run(List.of(piece));
                trouble = piece.failure.filter(SharedCommits::isOfAll);
            }
        }
    }

    /// A full disk, a lock that nobody gives back: it lies not in the piece, and each that tried it
    /// again would wait as long.
    private static boolean isOfAll(RuntimeException failure) {
        return failure instanceof DatabaseException it && it.isTrouble();
    }
}
