// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.shiro.authc.credential.DefaultPasswordService;
import org.apache.shiro.crypto.hash.HashRequest;
import org.apache.shiro.lang.util.ByteSource;

/// Argon2id for help codes and second words, with a salt of its own for each, one at a time and no
/// faster than a fixed pace. The pace is what a guesser is allowed, from however many addresses.
/// Thread-safe; the queue is fair, and those who have not guessed wrong keep room in it.
final class CodeHashes {

    /// 50 a second: more than people type, and with 24^12 secrets far less than one hit in a
    /// million years (CodeArithmeticTest).
    static final int MOST_A_SECOND = 50;

    private static final Duration PACE = Duration.ofSeconds(1).dividedBy(MOST_A_SECOND);

    // 8 MiB, one pass (referral.md, What the person sees): the secret is random, so the hash guards
    // against a stolen database, and a small computer must bear a flood of them.
    private static final int MEMORY_KIB = 8 * 1024;
    private static final int ITERATIONS = 1;

    // Two seconds of waiting at the pace, of which guessers may take a quarter.
    private static final int MOST_WAITING = 100;
    private static final int MOST_GUESSERS_WAITING = 25;

    private final Semaphore permit = new Semaphore(1, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Argon2id service = new Argon2id();
    private long lastStart;

    private static final class Argon2id extends DefaultPasswordService {
        @Override
        protected HashRequest createHashRequest(ByteSource plaintext) {
            return new HashRequest.Builder()
                    .setSource(plaintext)
                    .setAlgorithmName("argon2id")
                    .addParameter("Argon2.memoryKib", String.valueOf(MEMORY_KIB))
                    .addParameter("Argon2.iterations", String.valueOf(ITERATIONS))
                    .addParameter("Argon2.parallelism", "1")
                    .build();
        }
    }

    String hash(String secret) {
        return alone(() -> service.encryptPassword(secret));
    }

    /// Whether it is the secret; empty when too many wait and nothing was checked. A check against
    /// nothing costs as much as a real one, so that time does not tell which codes exist.
    ///
    /// @param guesser whether whoever asks was wrong lately
    Optional<Boolean> matches(String secret, Optional<String> hash, boolean guesser) {
        var room = guesser ? MOST_GUESSERS_WAITING : MOST_WAITING;
        if (waiting.incrementAndGet() > room) {
            waiting.decrementAndGet();
            return Optional.empty();
        }
        try {
            return Optional.of(
                    alone(
                            () -> {
                                if (hash.isPresent()) {
                                    return service.passwordsMatch(secret, hash.get());
                                }
                                service.encryptPassword(secret);
                                return false;
                            }));
        } finally {
            waiting.decrementAndGet();
        }
    }

    private <T> T alone(Supplier<T> work) {
        permit.acquireUninterruptibly();
        try {
            keepPace();
            return work.get();
        } finally {
            permit.release();
        }
    }

    private void keepPace() {
        var pause = PACE.toNanos() - (System.nanoTime() - lastStart);
        if (lastStart != 0 && pause > 0) {
            try {
                Thread.sleep(Duration.ofNanos(pause));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        lastStart = System.nanoTime();
    }
}
