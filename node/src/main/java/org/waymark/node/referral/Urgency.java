// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.time.ZoneId;

/// How soon an answer is needed. "Emergency" is not a choice: for that there is the phone.
public enum Urgency {
    /// Decided the same day; sent only after a recorded call.
    TODAY(0),
    THREE_DAYS(3),
    TWO_WEEKS(10);

    private final int workingDays;

    Urgency(int workingDays) {
        this.workingDays = workingDays;
    }

    /// The end of the last day for an answer, in working days and the zone of who is asked. Past it
    /// nothing happens by itself: the referral is flagged, and a person phones.
    public Instant respondBy(Instant sentAt, ZoneId receiver, WorkingDays working) {
        var day = working.after(sentAt.atZone(receiver).toLocalDate(), workingDays);
        return day.plusDays(1).atStartOfDay(receiver).toInstant();
    }

    /// The same from Monday to Friday.
    public Instant respondBy(Instant sentAt, ZoneId receiver) {
        return respondBy(sentAt, receiver, WorkingDays.usual());
    }
}
