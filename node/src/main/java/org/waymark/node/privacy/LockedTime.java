// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Duration;
import java.time.Instant;
import org.waymark.node.database.Transaction;

/// When the keys of the node were locked. What leaves the node is signed and sealed under them, so
/// that nothing could be tried meanwhile; whoever is patient for so long counts the rest of the
/// time only.
public final class LockedTime {

    private LockedTime() {}

    /// They are locked from now on. Repeating it changes nothing.
    public static void begin(Transaction tx, Instant now) {
        if (LockedTimeTable.list(tx, now, now).stream().noneMatch(LockedTimeTable.Span::lasts)) {
            LockedTimeTable.add(tx, now);
        }
    }

    /// They are open from now on. Repeating it changes nothing.
    public static void end(Transaction tx, Instant now) {
        LockedTimeTable.end(tx, now);
    }

    /// For how much of the time since a moment they were open.
    public static Duration openSince(Transaction tx, Instant moment, Instant now) {
        var open = Duration.between(moment, now);
        for (var span : LockedTimeTable.list(tx, moment, now)) {
            var began = span.began().isAfter(moment) ? span.began() : moment;
            var ended = span.ended().isBefore(now) ? span.ended() : now;
            if (ended.isAfter(began)) {
                open = open.minus(Duration.between(began, ended));
            }
        }
        return open;
    }

    /// The moment since when they were open for so long.
    public static Instant since(Transaction tx, Duration open, Instant now) {
        var left = open;
        var at = now;
        for (var span : LockedTimeTable.list(tx, Instant.EPOCH, now)) {
            var after = Duration.between(span.ended(), at);
            if (after.compareTo(left) >= 0) {
                break;
            }
            left = left.minus(after);
            at = span.began();
        }
        return at.minus(left);
    }
}
