// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import java.nio.charset.StandardCharsets;

/// Content lines of iCalendar (RFC 5545, section 3.1) and vCard (RFC 6350, section 3.2), folded at
/// 75 bytes. What values say cannot begin a line of its own.
final class Lines {

    private static final int LONGEST = 75;

    private final StringBuilder text = new StringBuilder();

    /// A value that is not text, such as a rule or a number.
    Lines add(String name, String value) {
        fold(name + ":" + value.replaceAll("[\\r\\n]", ""));
        return this;
    }

    /// A value of text; nothing when it is blank.
    Lines text(String name, String value) {
        if (!value.isBlank()) {
            add(name, escaped(value));
        }
        return this;
    }

    static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace("\n", "\\n")
                .replace(",", "\\,")
                .replace(";", "\\;");
    }

    private void fold(String line) {
        int bytes = 0;
        for (int i = 0; i < line.length(); ) {
            var point = line.codePointAt(i);
            var letter = Character.toString(point);
            var size = letter.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > LONGEST) {
                text.append("\r\n ");
                bytes = 1;
            }
            text.append(letter);
            bytes += size;
            i += Character.charCount(point);
        }
        text.append("\r\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
