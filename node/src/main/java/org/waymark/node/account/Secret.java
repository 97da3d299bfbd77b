// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// 256 random bits that prove who someone is: in a session cookie, a device cookie, an API token.
/// Given out once; only the hash is kept. Random enough that a plain SHA-256 cannot be searched.
public record Secret(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public Secret {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a secret of this node");
        }
    }

    static Secret random(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Reads what a stranger sent; anything of another shape is no secret of ours.
    static Optional<Secret> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }

    /// What the database keeps.
    String hash() {
        return digest("");
    }

    /// What a page's form carries to show that it came from a page of ours: bound to the cookie,
    /// useless without it, and nothing to store.
    public String formToken() {
        return digest("form:");
    }

    /// Compares in constant time.
    boolean isFormToken(String given) {
        return MessageDigest.isEqual(
                formToken().getBytes(StandardCharsets.US_ASCII),
                given.getBytes(StandardCharsets.UTF_8));
    }

    private String digest(String use) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest((use + value).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /// Never shows itself, because records end up in logs.
    @Override
    public String toString() {
        return "Secret";
    }
}
