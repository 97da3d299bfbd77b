// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// What two sides compare instead of all their listings: for each of 256 buckets the XOR of
/// SHA-256(id, space, version) over the listings in it, so it does not depend on their order. A
/// listing lies in the bucket that the first two hex digits of SHA-256(id) name. Not for sharing
/// between threads.
final class ListingDigest {

    // 1 byte, hence 256 buckets: of 5,000 listings one bucket holds 20, which is one page.
    private static final int PREFIX_BYTES = 1;

    private final Map<String, byte[]> buckets = new TreeMap<>();

    /// The bucket of a listing.
    static String bucket(URI listing) {
        return HexFormat.of().formatHex(sha256(listing.toString()), 0, PREFIX_BYTES);
    }

    static boolean isBucket(String text) {
        return text.matches("[0-9a-f]{" + 2 * PREFIX_BYTES + "}");
    }

    void add(URI listing, long version) {
        var sum = buckets.computeIfAbsent(bucket(listing), _ -> new byte[32]);
        var hash = sha256(listing + " " + version);
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= hash[i];
        }
    }

    /// Hex digits by bucket; buckets without listings are absent.
    Map<String, String> sums() {
        var sums = new TreeMap<String, String>();
        buckets.forEach((bucket, sum) -> sums.put(bucket, HexFormat.of().formatHex(sum)));
        return sums;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
