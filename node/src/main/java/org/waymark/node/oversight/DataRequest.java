// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.person.PersonMessage;
import org.waymark.node.referral.ReferralId;

/// What somebody asks of the data about them (GDPR, articles 15 to 21). What they said is not kept
/// here.
///
/// @param referral the request for help that it is about, where that is known
/// @param dueAt a month after it came, three when it was extended
public record DataRequest(
        UUID id,
        Optional<ReferralId> referral,
        Kind kind,
        Instant askedAt,
        Instant dueAt,
        boolean isExtended,
        Optional<Outcome> outcome,
        Optional<Instant> settledAt) {

    /// Names are message keys in lower case.
    public enum Kind {
        ACCESS,
        RECTIFICATION,
        ERASURE,
        PORTABILITY,
        OBJECTION;

        /// What a message behind a help code asks; empty when it is an ordinary one.
        public static Optional<Kind> of(PersonMessage.Kind message) {
            return switch (message) {
                case ACCESS -> Optional.of(ACCESS);
                case CORRECTION -> Optional.of(RECTIFICATION);
                case ERASURE -> Optional.of(ERASURE);
                case PORTABILITY -> Optional.of(PORTABILITY);
                case OBJECTION -> Optional.of(OBJECTION);
                case FROM_STAFF, MESSAGE, CONTACT -> Optional.empty();
            };
        }

        /// As the audit says it.
        String action() {
            return "data-" + name().toLowerCase(Locale.ROOT) + "-asked";
        }
    }

    private static final int MONTHS = 1;

    static DataRequest asked(
            UUID id, Kind kind, Optional<ReferralId> referral, Instant askedAt, ZoneId zone) {
        return new DataRequest(
                id,
                referral,
                kind,
                askedAt,
                askedAt.atZone(zone).plusMonths(MONTHS).toInstant(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    public enum Outcome {
        DONE,
        /// With the reason told to them, and whom they can complain to.
        REFUSED
    }
}
