// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.security.SecureRandom;
import java.util.Locale;

/// Codes that a person copies by hand from a screen or a slip, and types again: signs that look
/// like no others, in groups of four.
public final class ReadableCode {

    /// 24 signs. No 0 O, 1 I L, 2 Z, 5 S, 8 B, and no V beside U.
    public static final String SIGNS = "34679ACDEFGHJKMNPQRTUWXY";

    private static final int GROUP = 4;

    private ReadableCode() {}

    public static String random(SecureRandom random, int length) {
        var code = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return code.toString();
    }

    /// The same however it is typed: hyphens, blanks and small letters do not matter.
    public static String normal(String typed) {
        var code = new StringBuilder();
        typed.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(sign -> SIGNS.indexOf(sign) >= 0)
                .forEach(code::appendCodePoint);
        return code.toString();
    }

    /// As it is written down.
    public static String grouped(String code) {
        return code.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }
}
