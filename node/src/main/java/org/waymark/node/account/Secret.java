// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// 256 random bits that prove who someone is: in a session cookie, a device cookie, an API token.
/// Given out once; only the hash is kept. Random enough that a plain SHA-256 cannot be searched.
public record Secret(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String FORM = "form:";
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{128}");

    public Secret {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a secret of this node");
        }
    }

    public static Secret random(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Reads what a stranger sent; anything of another shape is no secret of ours.
    public static Optional<Secret> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }

    /// What the database keeps.
    public String hash() {
        return HexFormat.of().formatHex(sha256(""));
    }

    /// What a page's form carries to show that it came from a page of ours: bound to the cookie,
    /// useless without it, and nothing to store. Each time another one, for pages are compressed,
    /// and what stays the same beside something that a stranger chose can be guessed from their
    /// length (BREACH): random bytes, then the token XOR those.
    public String formToken() {
        var pad = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(pad);
        return HexFormat.of().formatHex(pad) + HexFormat.of().formatHex(xor(pad, sha256(FORM)));
    }

    /// Compares in constant time.
    public boolean isFormToken(String given) {
        if (!TOKEN.matcher(given).matches()) {
            return false;
        }
        var both = HexFormat.of().parseHex(given);
        var pad = Arrays.copyOf(both, TOKEN_BYTES);
        var masked = Arrays.copyOfRange(both, TOKEN_BYTES, both.length);
        return MessageDigest.isEqual(sha256(FORM), xor(pad, masked));
    }

    private static byte[] xor(byte[] one, byte[] other) {
        var result = one.clone();
        for (var i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    private byte[] sha256(String use) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((use + value).getBytes(StandardCharsets.US_ASCII));
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
