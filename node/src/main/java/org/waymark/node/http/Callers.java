// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Counts how often somebody came in the last while, without knowing who: a caller only chooses,
/// through a key that is thrown away when the while is over, which few of many counters go up. From
/// the counters nobody can be read off. Two callers rarely share all of them; then both are taken
/// for one.
///
/// Safe for many threads. 64 kB each.
final class Callers {

    // 4 rows of 4,096: with 1,000 callers at a time, one in 500 shares all counters with another.
    private static final int ROWS = 4;
    private static final int COLUMNS = 1 << 12;

    private final Duration window;
    private final Clock clock;
    private final SecureRandom random;
    private final int[][] counters = new int[ROWS][COLUMNS];
    private byte[] key = new byte[16];
    private Instant ends = Instant.EPOCH;

    Callers(Duration window, Clock clock, SecureRandom random) {
        this.window = window;
        this.clock = clock;
        this.random = random;
    }

    /// How often this one has come in this while, now included; perhaps more, never less.
    synchronized int count(String caller) {
        var now = clock.instant();
        if (!now.isBefore(ends)) {
            ends = now.plus(window);
            random.nextBytes(key);
            for (var row : counters) {
                java.util.Arrays.fill(row, 0);
            }
        }
        var places = ByteBuffer.wrap(hash(caller));
        int least = Integer.MAX_VALUE;
        for (var row : counters) {
            int at = places.getInt() & (COLUMNS - 1);
            row[at]++;
            least = Math.min(least, row[at]);
        }
        return least;
    }

    /// Until all begin anew.
    synchronized Duration left() {
        var left = Duration.between(clock.instant(), ends);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private byte[] hash(String caller) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(caller.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
