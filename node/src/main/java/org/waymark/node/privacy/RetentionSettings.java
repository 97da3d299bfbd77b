// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

/// How long what is about a person is kept after the help has ended. It can be made shorter, never
/// longer: agreements with partners promise these limits.
///
/// @param contactDays after closing, until how to reach the person is erased
/// @param caseMonths after closing, until everything else is erased
public record RetentionSettings(int contactDays, int caseMonths) {

    /// referral.md, Retention.
    public static final int LONGEST_CONTACT_DAYS = 90;

    public static final int LONGEST_CASE_MONTHS = 12;

    public static RetentionSettings longest() {
        return new RetentionSettings(LONGEST_CONTACT_DAYS, LONGEST_CASE_MONTHS);
    }
}
