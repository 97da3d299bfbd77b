// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.regex.Pattern;
import org.owasp.html.HtmlSanitizer;

/// Makes plain text of what somebody elsewhere wrote: no markup, nothing invisible, of bounded
/// length. Pure.
final class PlainText {

    private static final Pattern MARKUP = Pattern.compile("<[A-Za-z/!?]");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");
    // Text between these tags is not for people.
    private static final List<String> SILENT = List.of("script", "style", "template", "noscript");

    private PlainText() {}

    /// @param longest characters that are kept
    static String of(String text, int longest) {
        var words = hasMarkup(text) ? withoutMarkup(text) : text;
        var visible =
                (hasInvisible(words) ? INVISIBLE.matcher(words).replaceAll("") : words).strip();
        return visible.length() <= longest ? visible : visible.substring(0, end(visible, longest));
    }

    static boolean hasMarkup(String text) {
        return text.indexOf('<') >= 0 && MARKUP.matcher(text).find();
    }

    /// Whether there is something that [#of] cuts out besides markup.
    static boolean hasInvisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isInvisible(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInvisible(char it) {
        return (it < ' ' && it != '\n' && it != '\t')
                || (it >= 0x7f && it < 0xa0)
                || (it >= 0x202a && it <= 0x202e)
                || (it >= 0x2066 && it <= 0x2069);
    }

    // Half a character could be written neither into a row nor into JSON.
    private static int end(String text, int longest) {
        return Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    }

    private static String withoutMarkup(String html) {
        var words = new StringBuilder();
        HtmlSanitizer.sanitize(html, new WordsOnly(words));
        return words.toString();
    }

    private static final class WordsOnly implements HtmlSanitizer.Policy {

        private final StringBuilder words;
        private int silent;

        WordsOnly(StringBuilder words) {
            this.words = words;
        }

        @Override
        public void openDocument() {}

        @Override
        public void closeDocument() {}

        @Override
        public void openTag(String element, List<String> attributes) {
            if (SILENT.contains(element)) {
                silent++;
            } else {
                words.append(' ');
            }
        }

        @Override
        public void closeTag(String element) {
            if (SILENT.contains(element)) {
                silent = Math.max(0, silent - 1);
            }
        }

        @Override
        public void text(String text) {
            if (silent == 0) {
                words.append(text);
            }
        }
    }
}
