// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
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

    /// The end of the last day for an answer, Monday to Friday in the receiver's zone. Past it
    /// nothing happens by itself: the referral is flagged, and a person phones.
    public Instant respondBy(Instant sentAt, ZoneId receiver) {
        var day = sentAt.atZone(receiver).toLocalDate();
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return day.plusDays(1).atStartOfDay(receiver).toInstant();
    }

    private static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
