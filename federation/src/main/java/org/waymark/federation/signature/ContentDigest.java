// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The `Content-Digest` header (RFC 9530), which ties a body to its RFC 9421 signature.
final class ContentDigest {
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private ContentDigest() {}

    static String of(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest("SHA-256", body)) + ":";
    }

    /// Empty when the lines hold SHA-256 or SHA-512 of the body and no wrong one; otherwise why
    /// not. Digests by other algorithms beside them are ignored.
    static String faultOf(List<String> lines, byte[] body) {
        if (lines.isEmpty()) {
            return "digest-missing";
        }
        if (lines.size() > 1) {
            return "header-doubled";
        }
        var members = StructuredFields.dictionary(lines).orElse(Map.of());
        boolean found = false;
        for (var member : members.entrySet()) {
            String algorithm = ALGORITHMS.getOrDefault(member.getKey(), "");
            if (!algorithm.isEmpty()) {
                found = true;
                var value = member.getValue().items().isEmpty() ? null : member.getValue();
                boolean isRight =
                        value != null
                                && value.items().getFirst().value()
                                        instanceof StructuredFields.Value.Bytes(byte[] bytes)
                                && MessageDigest.isEqual(bytes, digest(algorithm, body));
                if (!isRight) {
                    return "digest-wrong";
                }
            }
        }
        return found ? "" : "digest-missing";
    }

    private static byte[] digest(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
