// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.ReplayGuard;

/// The signatures of the last two hours, in memory. What became a row is recognised by its row
/// ([Inbox]), after a restart too; this one is asked first, and knows also what had no effect.
///
/// Two generations of 64-bit marks: when the younger one is full or old, the older one goes. It
/// takes 2 MB at most, and is never full. Safe for many threads.
public final class SeenSignatures implements ReplayGuard {

    // Signatures may be dated an hour ahead, and count for an hour from then.
    private static final Duration WINDOW = Cavage.MAX_SKEW.multipliedBy(2);

    // 2^17 places, half of them used: 65,536 signatures, what 100 hosts may send in 10 minutes.
    private static final int MOST_PLACES = 1 << 17;
    private static final int FEWEST_PLACES = 1 << 10;

    private final Clock clock;
    // So that nobody can prepare two signatures with one mark.
    private final byte[] salt = new byte[16];
    private Marks younger = new Marks();
    private Marks older = new Marks();
    private Instant since;

    public SeenSignatures(Clock clock, Random random) {
        this.clock = clock;
        this.since = clock.instant();
        random.nextBytes(salt);
    }

    @Override
    public Sighting see(String signature, Instant until) {
        var mark = mark(signature);
        var now = clock.instant();
        synchronized (this) {
            if (younger.used >= MOST_PLACES / 2 || since.plus(WINDOW).isBefore(now)) {
                older = younger;
                younger = new Marks();
                since = now;
            }
            return !older.holds(mark) && younger.add(mark) ? Sighting.FIRST : Sighting.SEEN;
        }
    }

    /// What came under it had no effect for a reason that may pass.
    @Override
    public void release(String signature) {
        var mark = mark(signature);
        synchronized (this) {
            older.remove(mark);
            younger.remove(mark);
        }
    }

    private long mark(String signature) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            var mark = ByteBuffer.wrap(digest.digest(signature.getBytes(StandardCharsets.UTF_8)));
            // Odd, because even ones say something about the place.
            return mark.getLong() | 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A set of odd numbers; a number lies in the first free place from its own on.
    private static final class Marks {

        private static final long FREE = 0;
        private static final long REMOVED = 2;

        private long[] places = new long[FEWEST_PLACES];
        private int used;

        boolean holds(long mark) {
            return places[place(mark)] == mark;
        }

        boolean add(long mark) {
            if (holds(mark)) {
                return false;
            }
            if (used >= places.length / 2) {
                grow();
            }
            places[place(mark)] = mark;
            used++;
            return true;
        }

        void remove(long mark) {
            if (holds(mark)) {
                places[place(mark)] = REMOVED;
            }
        }

        private int place(long mark) {
            int place = (int) (mark >>> 32) & (places.length - 1);
            while (places[place] != FREE && places[place] != mark) {
                place = (place + 1) & (places.length - 1);
            }
            return place;
        }

        private void grow() {
            var before = places;
            places = new long[before.length * 2];
            for (var mark : before) {
                if (mark != FREE && mark != REMOVED) {
                    places[place(mark)] = mark;
                }
            }
        }
    }
}
