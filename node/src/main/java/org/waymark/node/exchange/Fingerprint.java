// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.waymark.federation.vocabulary.Multikey;

/// Short forms of keys, for comparing and for reading out on the phone.
public final class Fingerprint {

    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;

    private Fingerprint() {}

    /// SHA-256 in 64 hex digits.
    public static String of(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first 128 bits in eight groups of four digits: enough that nobody finds a second key
    /// with the same, and short enough to read out.
    public static String spoken(byte[] key) {
        var digits = of(key);
        return IntStream.range(0, GROUPS)
                .mapToObj(i -> digits.substring(i * GROUP_DIGITS, (i + 1) * GROUP_DIGITS))
                .collect(Collectors.joining(" "));
    }

    /// The same of a published key.
    public static String spoken(Multikey key) {
        return spoken(key.raw());
    }
}
