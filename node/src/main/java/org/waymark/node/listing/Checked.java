// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/// When a person last made sure that the listing is right, and how (safety rule 6). Without a date
/// it reads "Not checked by us. Source of {year}."
///
/// @param months after which it has to be checked again; its owner says so
public record Checked(Optional<LocalDate> date, How how, OptionalInt sourceYear, int months) {

    /// 12 months: what nobody has checked for longer says so, where its owner names no rhythm.
    public static final int USUAL_MONTHS = 12;

    public static final int LONGEST_MONTHS = 36;

    public enum How {
        PHONE,
        VISIT,
        PROVIDER,
        /// A date came with the data, and nothing on how.
        SOURCE,
        NOT_CHECKED
    }

    public static Checked never() {
        return new Checked(Optional.empty(), How.NOT_CHECKED, OptionalInt.empty(), USUAL_MONTHS);
    }

    public static Checked on(LocalDate date, How how) {
        return new Checked(Optional.of(date), how, OptionalInt.empty(), USUAL_MONTHS);
    }

    /// The day by which somebody should check it again; empty when nobody ever did.
    public Optional<LocalDate> due() {
        return date.map(day -> day.plusMonths(months));
    }

    /// Whether readers are told to call first.
    public boolean isOverdue(LocalDate today) {
        return due().map(day -> day.isBefore(today)).orElse(true);
    }
}
