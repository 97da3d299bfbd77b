// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What somebody complained about, as one who takes complaints reads it.
///
/// @param about what it is about
/// @param whom about whom, in the words of the one who complains; may be empty
/// @param words what they wrote; always empty for [About#ABUSE], of which no story is asked
/// @param reach how to reach them; may be empty
public record Complaint(
        ComplaintId id,
        About about,
        String whom,
        String words,
        String reach,
        Instant filedAt,
        Optional<Instant> seenAt,
        Optional<String> answer) {

    /// 24 hours: within this time somebody answers.
    public static final Duration ANSWER_WITHIN = Duration.ofHours(24);

    /// The longest text, in characters.
    public static final int MAX_TEXT = 2_000;

    /// Names are message keys in lower case.
    public enum About {
        /// Money, sex or work was asked for help.
        ABUSE,
        TREATMENT,
        DATA,
        ANYTHING
    }

    /// By when they should have an answer.
    public Instant answerBy() {
        return filedAt.plus(ANSWER_WITHIN);
    }
}
