// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.security.SecureRandom;
import java.util.Locale;

/// A code that somebody without an account copies from a screen, and types again: twelve signs that
/// look like no others. Only its hash is kept.
final class VisitorCode {

    // 32 signs: 60 bits in twelve of them. No 0 O 1 I.
    private static final String SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;

    private VisitorCode() {}

    static String of(SecureRandom random) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return code.toString();
    }

    /// The same however it is typed.
    static String hash(String code) {
        return Document.sha256(code.toUpperCase(Locale.ROOT).replaceAll("[^2-9A-Z]", ""));
    }
}
