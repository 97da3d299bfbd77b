// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waymark.node.page.Direction;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;

/// What a mail says, in plain text. It names organisations and services at most, never a person,
/// and says nothing of what somebody needs: mailboxes are read by many, and kept for long.
///
/// @param subject one line
/// @param stop the page on which the reader stops such mails; empty where there is nothing to stop
public record Letter(Language language, String subject, String body, Optional<URI> stop) {

    // Unicode: isolates keep a name of the other direction from turning the line around.
    private static final String ISOLATE = "\u2068";
    private static final String END_ISOLATE = "\u2069";
    private static final String RIGHT_TO_LEFT = "\u200f";

    public Letter {
        subject = subject.replaceAll("\\s+", " ").strip();
    }

    /// Begins a letter in the language of a page.
    public static Draft in(Page page) {
        return new Draft(page);
    }

    /// A letter while it is written: paragraphs, and addresses on lines of their own, where every
    /// mail program finds them.
    public static final class Draft {

        private final Page page;
        private final List<String> paragraphs = new ArrayList<>();
        private String subject = "";
        private Optional<URI> stop = Optional.empty();

        private Draft(Page page) {
            this.page = page;
        }

        public Draft subject(String key, Object... arguments) {
            subject = start() + page.plain(key, isolated(arguments));
            return this;
        }

        public Draft subjectCount(String key, long number, Object... more) {
            subject = start() + page.plainCount(key, number, isolated(more));
            return this;
        }

        public Draft say(String key, Object... arguments) {
            paragraphs.add(page.plain(key, isolated(arguments)));
            return this;
        }

        public Draft count(String key, long number, Object... more) {
            paragraphs.add(page.plainCount(key, number, isolated(more)));
            return this;
        }

        /// An address to open. It stands alone, so that nothing is taken for a part of it.
        public Draft link(URI address) {
            paragraphs.add(address.toString());
            return this;
        }

        /// A line of data with an address below it.
        public Draft item(String text, URI address) {
            paragraphs.add(isolate(text) + "\n" + address);
            return this;
        }

        public Draft stopAt(URI address) {
            stop = Optional.of(address);
            return this;
        }

        public Letter write() {
            var body =
                    paragraphs.stream()
                            .map(this::withMarks)
                            .collect(Collectors.joining("\r\n\r\n", "", "\r\n"));
            return new Letter(page.language(), subject, body, stop);
        }

        private String withMarks(String paragraph) {
            return paragraph
                    .lines()
                    .map(line -> line.startsWith("http") ? line : start() + line)
                    .collect(Collectors.joining("\r\n"));
        }

        /// Programs guess the direction of a line by its first strong letter, which may be the
        /// Latin name of an organisation.
        private String start() {
            return page.language().direction() == Direction.RTL ? RIGHT_TO_LEFT : "";
        }

        private static Object[] isolated(Object... arguments) {
            var all = new Object[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                all[i] = arguments[i] instanceof Number it ? it : isolate(arguments[i].toString());
            }
            return all;
        }

        private static String isolate(String text) {
            return ISOLATE + text.replaceAll("\\s+", " ").strip() + END_ISOLATE;
        }
    }
}
