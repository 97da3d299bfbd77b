// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// The `Digest` header (RFC 3230 with the SHA-256 of RFC 5843), which ties a body to its signature.
final class Digest {
    private Digest() {}

    static String of(byte[] body) {
        return "SHA-256=" + Base64.getEncoder().encodeToString(sha256(body));
    }

    /// Empty when the lines hold the SHA-256 of the body; otherwise why not. Digests by other
    /// algorithms beside it are ignored.
    static String faultOf(List<String> lines, byte[] body) {
        if (lines.isEmpty()) {
            return "digest-missing";
        }
        if (lines.size() > 1) {
            return "header-doubled";
        }
        boolean found = false;
        for (String part : lines.getFirst().split(",", 10)) {
            String value = part.strip();
            if (value.regionMatches(true, 0, "sha-256=", 0, 8)) {
                found = true;
                if (!MessageDigest.isEqual(decode(value.substring(8)), sha256(body))) {
                    return "digest-wrong";
                }
            }
        }
        return found ? "" : "digest-missing";
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
