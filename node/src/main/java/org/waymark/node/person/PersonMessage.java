// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Something the person and the organisation that asks for them said to each other.
///
/// @param text empty after erasure
/// @param settledAt when staff had done what it asks; always set for what staff wrote
public record PersonMessage(
        UUID id, Kind kind, String text, Instant at, Optional<Instant> settledAt) {

    /// The longest text, in characters.
    public static final int MAX_TEXT = 1_000;

    /// Names are message keys in lower case.
    public enum Kind {
        FROM_STAFF,
        MESSAGE,
        /// A safer way to reach them; done only after a call to the old one (safety.md 10).
        CONTACT,
        /// Something about them is wrong.
        CORRECTION,
        /// Erase what is known about them.
        ERASURE,
        /// See all that is kept about them.
        ACCESS,
        /// Take it along as a file.
        PORTABILITY,
        /// They do not want it used.
        OBJECTION;

        /// Whether the law gives a month for it.
        public boolean isRight() {
            return switch (this) {
                case CORRECTION, ERASURE, ACCESS, PORTABILITY, OBJECTION -> true;
                case FROM_STAFF, MESSAGE, CONTACT -> false;
            };
        }

        /// Whether it says all by itself.
        public boolean needsNoWords() {
            return this == ERASURE || this == ACCESS || this == PORTABILITY;
        }
    }

    /// Whether staff have something to do.
    public boolean waits() {
        return settledAt.isEmpty();
    }
}
