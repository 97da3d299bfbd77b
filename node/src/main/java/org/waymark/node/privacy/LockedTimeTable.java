// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Instant;
import java.util.List;
import org.waymark.node.database.Transaction;

/// Rows of `locked_time`, one for each time; the last has no end while it lasts.
final class LockedTimeTable {

    /// @param ended now, while it lasts
    record Span(Instant began, Instant ended, boolean lasts) {}

    private LockedTimeTable() {}

    static void add(Transaction tx, Instant began) {
        tx.update("INSERT INTO locked_time (began) VALUES (?)", began);
    }

    static void end(Transaction tx, Instant now) {
        tx.update("UPDATE locked_time SET ended = ? WHERE ended IS NULL", now);
    }

    /// Those that reach behind a moment, the newest first.
    static List<Span> list(Transaction tx, Instant moment, Instant now) {
        return tx.list(
                "SELECT began, ended FROM locked_time WHERE ended IS NULL OR ended > ?"
                        + " ORDER BY began DESC",
                row ->
                        new Span(
                                row.instant("began"),
                                row.optionalInstant("ended").orElse(now),
                                row.optionalInstant("ended").isEmpty()),
                moment);
    }
}
