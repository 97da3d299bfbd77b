// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.shiro.authc.credential.DefaultPasswordService;
import org.apache.shiro.authc.credential.PasswordService;
import org.apache.shiro.crypto.hash.HashRequest;
import org.apache.shiro.lang.util.ByteSource;

/// Argon2id, one at a time.
///
/// A hash takes 19 MiB on purpose, so twenty people signing in together must wait for each other
/// instead of ending the process. Thread-safe; the queue is fair.
final class Passwords implements PasswordService {

    // OWASP's Argon2id profile m=19456 KiB, t=2, p=1. Its profile of 46 MiB and one round is as
    // strong and takes half the heap of a small server: a sign-in beside many partners ended it.
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;

    // About two seconds of work: a longer queue helps nobody who waits in it.
    private static final int MAX_WAITING_STRANGERS = 16;

    private final Semaphore permit = new Semaphore(1, true);
    private final AtomicInteger strangers = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final PasswordService service = new Argon2id();

    /// Shiro's service with our costs; left alone it takes 64 MiB on four lanes.
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

    /// Thrown at a stranger when too many wait. A known device is never turned away.
    static final class Busy extends RuntimeException {
        Busy() {
            super("Too many sign-ins are waiting");
        }
    }

    @Override
    public String encryptPassword(Object plaintext) {
        return alone(() -> service.encryptPassword(plaintext));
    }

    @Override
    public boolean passwordsMatch(Object submitted, String stored) {
        return alone(() -> service.passwordsMatch(submitted, stored));
    }

    /// Runs a check for someone on a device nobody knows, unless too many such already wait.
    <T> T forStranger(Supplier<T> check) {
        if (strangers.incrementAndGet() > MAX_WAITING_STRANGERS) {
            strangers.decrementAndGet();
            throw new Busy();
        }
        try {
            return check.get();
        } finally {
            strangers.decrementAndGet();
        }
    }

    /// Costs as much as a real check, so that time does not tell which addresses have accounts.
    boolean matchNobody(Object submitted) {
        var _ = encryptPassword(submitted);
        return false;
    }

    /// How many hashes ever ran together: one, or the queue is broken.
    int mostAtOnce() {
        return most.get();
    }

    /// Anything else that takes as much waits here, too.
    <T> T alone(Supplier<T> work) {
        permit.acquireUninterruptibly();
        try {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            return work.get();
        } finally {
            running.decrementAndGet();
            permit.release();
        }
    }
}
