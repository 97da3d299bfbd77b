// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

/// How long what is about a person is kept after the help has ended. It can be made shorter, never
/// longer: agreements with partners promise these limits.
///
/// @param contactDays after closing, until how to reach the person is erased
/// @param caseMonths after closing, until everything else is erased
/// @param historyMonths until what listings were, and notes on them, are erased; they may name
///   people, but no agreement speaks of them
public record RetentionSettings(int contactDays, int caseMonths, int historyMonths) {

    /// referral.md, Retention.
    public static final int LONGEST_CONTACT_DAYS = 90;

    public static final int LONGEST_CASE_MONTHS = 12;

    public static final int USUAL_HISTORY_MONTHS = 24;
    public static final int LONGEST_HISTORY_MONTHS = 120;

    public static RetentionSettings longest() {
        return new RetentionSettings(
                LONGEST_CONTACT_DAYS, LONGEST_CASE_MONTHS, USUAL_HISTORY_MONTHS);
    }
}
