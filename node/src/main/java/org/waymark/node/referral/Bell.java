// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import org.waymark.node.database.Transaction;

/// Hears that a clock of a referral has rung, to remind people of it outside the staff pages. It
/// may queue something for people of the same organisation, and never changes the referral.
public interface Bell {

    /// In the transaction that writes it down.
    void rang(Transaction tx, Referral referral, ReferralClock clock);
}
