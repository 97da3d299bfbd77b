// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Data of people came where it should not, or was lost: what is known, and who was told (GDPR,
/// articles 33 and 34).
///
/// @param what in words, without names
/// @param why it was closed or rated lower although somebody had not been told; or empty
/// @param people how many are concerned, about; 0 when nobody knows
/// @param knownAt when somebody here learnt of it; the clocks run from then
public record Breach(
        UUID id,
        String what,
        String why,
        Risk risk,
        int people,
        Instant knownAt,
        Instant recordedAt,
        Optional<Instant> authorityToldAt,
        Optional<Instant> partnersToldAt,
        Optional<Instant> peopleToldAt,
        Optional<Instant> closedAt) {

    /// The longest description, in characters.
    public static final int MAX_TEXT = 4_000;

    /// What it can do to the people concerned.
    public enum Risk {
        /// None that anybody can see: it is written down, and nobody must be told.
        NONE,
        SOME,
        /// They must be told, too.
        HIGH
    }

    /// Who must hear of it, and until when.
    public enum Whom {
        /// safety.md 16: partners are told of incidents within 24 hours.
        PARTNERS(Duration.ofHours(24)),
        AUTHORITY(Duration.ofHours(72)),
        /// "Without undue delay": as soon as the authority at the latest.
        PEOPLE(Duration.ofHours(72));

        private final Duration within;

        Whom(Duration within) {
            this.within = within;
        }

        public Duration within() {
            return within;
        }
    }

    public Optional<Instant> toldAt(Whom whom) {
        return switch (whom) {
            case PARTNERS -> partnersToldAt;
            case AUTHORITY -> authorityToldAt;
            case PEOPLE -> peopleToldAt;
        };
    }

    /// Who must still be told.
    public List<Whom> waiting() {
        return Arrays.stream(Whom.values())
                .filter(it -> closedAt.isEmpty() && mustHear(it) && toldAt(it).isEmpty())
                .toList();
    }

    public boolean mustHear(Whom whom) {
        return mustHear(risk, whom);
    }

    static boolean mustHear(Risk risk, Whom whom) {
        return switch (whom) {
            case PARTNERS, AUTHORITY -> risk != Risk.NONE;
            case PEOPLE -> risk == Risk.HIGH;
        };
    }

    public Instant due(Whom whom) {
        return knownAt.plus(whom.within());
    }
}
