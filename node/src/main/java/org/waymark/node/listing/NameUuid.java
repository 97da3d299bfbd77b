// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// UUIDs made from names (RFC 9562, version 5): the same name in the same namespace always gives
/// the same id.
final class NameUuid {

    private NameUuid() {}

    static UUID of(UUID namespace, String... names) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(
                    ByteBuffer.allocate(16)
                            .putLong(namespace.getMostSignificantBits())
                            .putLong(namespace.getLeastSignificantBits())
                            .flip());
            sha1.update(String.join("\0", names).getBytes(StandardCharsets.UTF_8));
            var bytes = ByteBuffer.wrap(sha1.digest());
            return new UUID(
                    (bytes.getLong() & ~0xf000L) | 0x5000L,
                    (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
