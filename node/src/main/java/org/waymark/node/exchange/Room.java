// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.waymark.federation.vocabulary.StrictJson;

/// How much of what is being received may lie in memory at once. Beyond that, senders are asked to
/// come back, before memory grows: what they hold is safe in their outbox. Safe for many threads.
public final class Room {

    /// 2 MB of bodies, a thousand usual activities. Read as JSON they take about ten times as much,
    /// a fifth of the heap we ship.
    public static final int DEFAULT_KILOBYTES = 2_048;

    // 8 KB: more than most activities.
    private static final int PIECE_BYTES = 8_192;
    // 10 s: what is held now is stored and gone within one.
    private static final Duration COME_AFTER = Duration.ofSeconds(10);

    private final Semaphore kilobytes;

    public Room(int kilobytes) {
        this.kilobytes = new Semaphore(kilobytes);
    }

    /// Reads a body and hands it on. It is charged as it comes, so that somebody who announces much
    /// and sends little takes nobody's place.
    ///
    /// @param announced its length as the sender says, negative when it says nothing
    Inbox.Answer receive(InputStream body, int announced, Function<byte[], Inbox.Answer> then) {
        if (announced > StrictJson.MAX_DOCUMENT_BYTES) {
            return new Inbox.Answer.Refused(413, "document-too-large");
        }
        var held = 0;
        try {
            var read = new ByteArrayOutputStream();
            var piece = new byte[PIECE_BYTES];
            for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
                if (read.size() + n > StrictJson.MAX_DOCUMENT_BYTES) {
                    return new Inbox.Answer.Refused(413, "document-too-large");
                }
                var more = (n + 1023) / 1024;
                if (!kilobytes.tryAcquire(more)) {
                    return new Inbox.Answer.Refused(503, "busy", COME_AFTER);
                }
                held += more;
                read.write(piece, 0, n);
            }
            return then.apply(read.toByteArray());
        } catch (IOException e) {
            return new Inbox.Answer.Refused(400, "body-incomplete");
        } finally {
            kilobytes.release(held);
        }
    }
}
