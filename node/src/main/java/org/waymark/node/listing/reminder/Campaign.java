// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.OrganizationId;

/// Something that staff ask all who run our services, or those of one topic.
///
/// @param startsAt when the mails go, once somebody has pressed send
public record Campaign(
        UUID id,
        OrganizationId organization,
        Occasion occasion,
        Optional<Topic> topic,
        State state,
        Instant madeAt,
        Instant startsAt) {

    /// What is asked; each has its words in every language of the site.
    public enum Occasion {
        CHECK,
        SUMMER,
        WINTER,
        RAMADAN,
        YEAR_END,
        SCHOOL_YEAR;

        /// The end of message keys.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public enum State {
        /// Looked at, and not sent.
        DRAFT,
        /// It goes at its time.
        PLANNED,
        SENT,
        STOPPED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
