// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/// A small change of a listing that touches none of its texts, and so no translation.
public sealed interface Amendment {

    /// Somebody made sure today that all of it is right, in every language.
    ///
    /// @param months until it has to be checked again
    record Confirm(Checked.How how, int months) implements Amendment {}

    /// How often it has to be checked.
    record Rhythm(int months) implements Amendment {}

    /// How many places are free. Empty: nobody tells any more.
    record Places(OptionalInt free, OptionalInt of) implements Amendment {}

    /// How long people wait.
    record Wait(OptionalInt days) implements Amendment {}

    /// Closed for some days. Empty: open again.
    record Close(Optional<Standing.Closure> closure) implements Amendment {}

    /// Of the audit and the history.
    default String action() {
        return switch (this) {
            case Confirm _ -> "listing-confirm";
            case Rhythm _ -> "listing-rhythm";
            case Places _ -> "listing-places";
            case Wait _ -> "listing-wait";
            case Close _ -> "listing-closed-days";
        };
    }

    private static LocalDate day(Instant now, ZoneId zone) {
        return LocalDate.ofInstant(now, zone);
    }

    /// Writes it into a service.
    static void write(Amendment amendment, ObjectNode service, Instant now, ZoneId zone) {
        switch (amendment) {
            case Confirm(var how, var months) ->
                    service.put("assured_date", day(now, zone).toString())
                            .put("checked_how", Projection.word(how))
                            .put("check_months", months);
            case Rhythm(var months) -> service.put("check_months", months);
            case Places(var free, var of) -> StandingDocument.writePlaces(service, free, of, now);
            case Wait(var days) -> StandingDocument.writeWait(service, days, day(now, zone));
            case Close(var closure) -> StandingDocument.writeClosure(service, closure);
        }
    }
}
