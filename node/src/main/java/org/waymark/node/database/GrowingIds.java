// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/// Ids that grow with the time (version 7, RFC 9562), for rows that come in great numbers. What is
/// added together lies together in the index of ids, on a page or two; random ids would each need
/// another page, and soon more than fit into memory.
///
/// They say when they were made: not for what nobody shall know the time of, and no secrets.
public final class GrowingIds implements Supplier<UUID> {

    private static final int RANDOM_BYTES = 10;

    private final Clock clock;
    private final Random random;

    public GrowingIds(Clock clock, Random random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public UUID get() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var chance = ByteBuffer.wrap(bytes);
        // 48 bits of time, 4 of version, 12 random; 2 of variant, 62 random.
        var high = clock.millis() << 16 | 0x7000L | chance.getShort() & 0x0FFFL;
        var low = 1L << 63 | chance.getLong() >>> 2;
        return new UUID(high, low);
    }
}
