// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Clock;
import java.time.Duration;
import org.waymark.node.account.Accounts;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Referrals;

/// Whether somebody looks after what people ask for online. Where nobody does, the forms close by
/// themselves and the phone stands there instead (safety.md 15).
final class Attendance {

    // safety.md 15.
    static final Duration LONGEST_AWAY = Duration.ofDays(7);

    private final Accounts accounts;
    private final Referrals referrals;
    private final CaseKeys keys;
    private final Clock clock;

    Attendance(Accounts accounts, Referrals referrals, CaseKeys keys, Clock clock) {
        this.keys = keys;
        this.accounts = accounts;
        this.referrals = referrals;
        this.clock = clock;
    }

    /// The keys are not locked, somebody has signed in this week, and nobody who asked online waits
    /// past their clock.
    boolean isKept(OrganizationId organization) {
        var limit = clock.instant().minus(LONGEST_AWAY);
        return keys.areOpen()
                && accounts.lastSeen(Acting.node(), organization)
                        .filter(limit::isBefore)
                        .isPresent()
                && !referrals.hasLateAskedOnline(Acting.node(organization));
    }
}
