// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/// When a person last made sure that the listing is right, and how (safety rule 6). Without a date
/// it reads "Not checked by us. Source of {year}."
public record Checked(Optional<LocalDate> date, How how, OptionalInt sourceYear) {

    public enum How {
        PHONE,
        VISIT,
        PROVIDER,
        /// A date came with the data, and nothing on how.
        SOURCE,
        NOT_CHECKED
    }

    public static Checked never() {
        return new Checked(Optional.empty(), How.NOT_CHECKED, OptionalInt.empty());
    }

    public static Checked on(LocalDate date, How how) {
        return new Checked(Optional.of(date), how, OptionalInt.empty());
    }
}
