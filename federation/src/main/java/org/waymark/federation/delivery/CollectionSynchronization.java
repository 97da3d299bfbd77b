// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a sender tells beside an activity about those of its followers who live at the receiving
/// server (FEP-8fcf), so that both sides notice when they disagree.
///
/// @param collection the sender's `followers`
/// @param partial where the receiving server reads the followers who live there
/// @param digest of their ids, see [#digest]
public record CollectionSynchronization(URI collection, URI partial, String digest) {

    /// The name of the header.
    public static final String HEADER = "Collection-Synchronization";

    // 2,000 characters: three parts of at most some 500.
    private static final int LONGEST = 2_000;
    private static final Pattern PART = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /// The XOR of SHA-256 of each id, in hex; of none it is all zeros.
    public static String digest(Collection<URI> followers) {
        byte[] sum = new byte[32];
        for (URI follower : followers) {
            byte[] hash = sha256(follower.toString());
            for (int i = 0; i < sum.length; i++) {
                sum[i] ^= hash[i];
            }
        }
        return HexFormat.of().formatHex(sum);
    }

    /// Reads a header; empty when it is not one.
    public static Optional<CollectionSynchronization> parse(String header) {
        if (header.length() > LONGEST) {
            return Optional.empty();
        }
        var parts = new HashMap<String, String>();
        PART.matcher(header).results().forEach(it -> parts.put(it.group(1), it.group(2)));
        var collection = address(parts.getOrDefault("collectionId", ""));
        var partial = address(parts.getOrDefault("url", ""));
        String digest = parts.getOrDefault("digest", "").toLowerCase(Locale.ROOT);
        return collection.isPresent() && partial.isPresent() && digest.matches("[0-9a-f]{64}")
                ? Optional.of(
                        new CollectionSynchronization(collection.get(), partial.get(), digest))
                : Optional.empty();
    }

    /// The header's value.
    @Override
    public String toString() {
        return "collectionId=\"%s\", url=\"%s\", digest=\"%s\""
                .formatted(collection, partial, digest);
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text)).filter(URI::isAbsolute);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
