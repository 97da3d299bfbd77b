// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import gg.jte.Content;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// What the templates in `templates/page` are given beside the page itself. Words come as `Content`
/// ([Page#say] and its sisters), so that they are escaped and know their language.
public final class Pieces {

    private Pieces() {}

    /// One row of a list of facts.
    public record Fact(Content label, List<Content> values) {
        public static Fact of(Content label, Content value) {
            return new Fact(label, List.of(value));
        }
    }

    /// A short word in a box; a link if it leads somewhere.
    ///
    /// @param icon a name in `page/icon.jte`, or empty
    public record Chip(String icon, Content text, Optional<String> href, boolean current) {
        public static Chip of(String icon, Content text) {
            return new Chip(icon, text, Optional.empty(), false);
        }
    }

    /// A link that stands in a row of its kind.
    ///
    /// @param waiting how many things wait there; nothing is shown for 0
    public record Tab(Content text, String href, boolean current, long waiting) {}

    /// When something is open on one day of the week. No spans: closed.
    public record Day(DayOfWeek day, boolean today, List<Span> spans, String note) {}

    /// @param to may be at or before `from`: then it ends on the next day
    public record Span(LocalTime from, LocalTime to) {}

    /// Something that happened, or will.
    ///
    /// @param when already in the reader's words
    public record Moment(Content what, Content when, List<Content> details, boolean done) {}

    /// A question that was answered, on the page where a person checks before sending.
    public record Answer(Content question, Content answer, String changeHref) {}

    /// Why a form came back.
    ///
    /// @param field the id of the input, for the link in the summary
    public record Wrong(String field, Content text) {}

    /// One row of a table; the first cell names the row.
    public record Row(List<Content> cells) {}

    /// A possible answer to a question with few of them.
    public record Choice(String value, Content text, Optional<Content> hint, boolean chosen) {}
}
