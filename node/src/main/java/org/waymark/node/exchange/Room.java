// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.waymark.federation.vocabulary.StrictJson;

/// How much of what is being received may lie in memory at once. Beyond that, senders are asked to
/// come back, before memory grows: what they hold is safe in their outbox.
///
/// Nobody is known before the whole body is here, and behind a web server all have one address. So
/// what is slow gives way, the largest first, whoever sends it: slow bodies never keep others out.
/// Safe for many threads.
public final class Room {

    /// 2 MB of bodies, a thousand usual activities. Read as JSON they take about ten times as much,
    /// a fifth of the heap we ship.
    public static final int DEFAULT_KILOBYTES = 2_048;

    // 8 KB: more than most activities.
    private static final int PIECE_BYTES = 8_192;
    // 10 s: what is held now is stored and gone within one.
    private static final Duration COME_AFTER = Duration.ofSeconds(10);
    // 10 s for a whole body: the largest comes within them on 1 Mbit/s.
    private static final Duration LONGEST = Duration.ofSeconds(10);
    // 1 s: usual bodies are here at once.
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Clock clock;
    private final List<Arriving> arriving = new ArrayList<>();
    private int free;

    public Room(int kilobytes, Clock clock) {
        this.free = kilobytes;
        this.clock = clock;
    }

    /// Reads a body and hands it on. It is charged as it comes, so that somebody who announces much
    /// and sends little takes nobody's place.
    ///
    /// @param announced its length as the sender says, negative when it says nothing
    Inbox.Answer receive(InputStream body, int announced, Function<byte[], Inbox.Answer> then) {
        if (announced > StrictJson.MAX_DOCUMENT_BYTES) {
            return new Inbox.Answer.Refused(413, "document-too-large");
        }
        var mine = enter();
        try {
            var piece = new byte[PIECE_BYTES];
            for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
                var refusal = add(mine, piece, n);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
            var whole = whole(mine);
            return whole.isPresent() ? then.apply(whole.get()) : busy();
        } catch (IOException e) {
            return new Inbox.Answer.Refused(400, "body-incomplete");
        } finally {
            leave(mine);
        }
    }

    private synchronized Arriving enter() {
        var entered = new Arriving(clock.instant());
        arriving.add(entered);
        return entered;
    }

    private synchronized Optional<Inbox.Answer> add(Arriving mine, byte[] piece, int n) {
        if (clock.instant().isAfter(mine.began.plus(LONGEST))) {
            return Optional.of(new Inbox.Answer.Refused(408, "body-too-slow"));
        }
        if (mine.gaveWay) {
            return Optional.of(busy());
        }
        if (mine.read.size() + n > StrictJson.MAX_DOCUMENT_BYTES) {
            return Optional.of(new Inbox.Answer.Refused(413, "document-too-large"));
        }
        var more = (mine.read.size() + n + 1023) / 1024 - mine.held;
        while (free < more) {
            var slow = largestSlow(mine);
            if (slow.isEmpty()) {
                return Optional.of(busy());
            }
            slow.get().gaveWay = true;
            leave(slow.get());
        }
        free -= more;
        mine.held += more;
        mine.read.write(piece, 0, n);
        return Optional.empty();
    }

    private Optional<Arriving> largestSlow(Arriving mine) {
        var slow = clock.instant().minus(SLOW);
        return arriving.stream()
                .filter(it -> it != mine && it.held > 0 && it.began.isBefore(slow))
                .max(Comparator.comparingInt(it -> it.held));
    }

    /// From here on it does not give way: it is being stored.
    private synchronized Optional<byte[]> whole(Arriving mine) {
        arriving.remove(mine);
        return mine.gaveWay ? Optional.empty() : Optional.of(mine.read.toByteArray());
    }

    private synchronized void leave(Arriving one) {
        arriving.remove(one);
        free += one.held;
        one.held = 0;
        one.read = new ByteArrayOutputStream(0);
    }

    private static Inbox.Answer busy() {
        return new Inbox.Answer.Refused(503, "busy", COME_AFTER);
    }

    /// A body on its way. Guarded by the room; its thread may wait for its sender meanwhile.
    private static final class Arriving {

        final Instant began;
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int held;
        boolean gaveWay;

        Arriving(Instant began) {
            this.began = began;
        }
    }
}
