// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The master key on paper: eight numbered lines of eight hexadecimal digits, each with two check
/// digits, so that a slip of the pen is found in its line.
final class RecoverySheet {

    private static final int LINES = 8;
    private static final int BYTES_IN_LINE = Cipher.KEY_BYTES / LINES;
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern LINE =
            Pattern.compile(
                    "(?m)^\\s*([1-8])\\s+([0-9a-fA-F]{4})\\s*([0-9a-fA-F]{4})\\s*-\\s*([0-9a-fA-F]{2})\\s*$");

    private static final Pattern RECOVERY_LINE =
            Pattern.compile(
                    "(?m)^\\s*(9|1[0-6])\\s+([0-9a-fA-F]{4})\\s*([0-9a-fA-F]{4})\\s*-\\s*([0-9a-fA-F]{2})\\s*$");

    private RecoverySheet() {}

    /// The recovery key: eight lines more, numbered on.
    static String writeRecovery(byte[] seed) {
        return """
        The second key, to announce new keys to partners when the old ones were lost or stolen.
        It is nowhere but on this sheet.

        %s
        """
                .formatted(lines(LINES, seed));
    }

    static byte[] readRecovery(String sheet) {
        return read(sheet, RECOVERY_LINE, LINES);
    }

    static String write(URI node, byte[] key) {
        return """
        Waymark recovery sheet for %s

        Whoever holds this sheet and a copy of the keys folder can read everything.
        Whoever loses the keys folder and this sheet loses it for ever.
        Keep it on paper, locked away, not beside the computer.

        %s
        """
                .formatted(node, lines(0, key));
    }

    static byte[] read(String sheet) {
        return read(sheet, LINE, 0);
    }

    private static byte[] read(String sheet, Pattern pattern, int first) {
        var key = new byte[Cipher.KEY_BYTES];
        var seen = new boolean[LINES];
        var lines = pattern.matcher(sheet);
        while (lines.find()) {
            var line = Integer.parseInt(lines.group(1)) - 1 - first;
            var part = HEX.parseHex(lines.group(2) + lines.group(3));
            if (!check(first + line, part).equalsIgnoreCase(lines.group(4))) {
                throw new IllegalArgumentException(
                        "Line " + (first + line + 1) + " of the recovery sheet is mistyped");
            }
            System.arraycopy(part, 0, key, line * BYTES_IN_LINE, BYTES_IN_LINE);
            seen[line] = true;
        }
        for (int line = 0; line < LINES; line++) {
            if (!seen[line]) {
                throw new IllegalArgumentException(
                        "Line "
                                + (first + line + 1)
                                + " of the recovery sheet is missing or mistyped");
            }
        }
        return key;
    }

    private static String lines(int first, byte[] key) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> line(first, line, key))
                .collect(Collectors.joining("\n"));
    }

    private static String line(int first, int line, byte[] key) {
        var from = line * BYTES_IN_LINE;
        var part = Arrays.copyOfRange(key, from, from + BYTES_IN_LINE);
        var digits = HEX.formatHex(part);
        return "%d   %s %s - %s"
                .formatted(
                        first + line + 1,
                        digits.substring(0, 4),
                        digits.substring(4),
                        check(first + line, part));
    }

    private static String check(int line, byte[] part) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) line);
            return HEX.toHexDigits(digest.digest(part)[0]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this runtime", e);
        }
    }
}
