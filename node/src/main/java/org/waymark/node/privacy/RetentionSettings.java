// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

/// How long what is about a person is kept after the help has ended. It can be made shorter, never
/// longer: agreements with partners promise these limits.
///
/// @param contactDays after closing, until how to reach the person is erased
/// @param caseMonths after closing, until everything else is erased
/// @param historyMonths until what listings were, and notes on them, are erased; they may name
///   people, but no agreement speaks of them
/// @param auditMonths until entries of the audit are erased, behind a sealed mark
public record RetentionSettings(
        int contactDays, int caseMonths, int historyMonths, int auditMonths) {

    /// referral.md, Retention.
    public static final int LONGEST_CONTACT_DAYS = 90;

    public static final int LONGEST_CASE_MONTHS = 12;

    public static final int USUAL_HISTORY_MONTHS = 24;
    public static final int LONGEST_HISTORY_MONTHS = 120;

    /// 36: who looked at a case must be known for a good while after the case itself is erased.
    public static final int USUAL_AUDIT_MONTHS = 36;

    public static final int SHORTEST_AUDIT_MONTHS = 12;
    public static final int LONGEST_AUDIT_MONTHS = 120;

    public static RetentionSettings longest() {
        return new RetentionSettings(
                LONGEST_CONTACT_DAYS,
                LONGEST_CASE_MONTHS,
                USUAL_HISTORY_MONTHS,
                USUAL_AUDIT_MONTHS);
    }
}
