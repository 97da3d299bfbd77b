// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import org.waymark.node.database.Transaction;

/// Counts what happens to referrals, without learning to whom. It may add rows of its own in the
/// same transaction, and never names the referral in them.
public interface Witness {

    void happened(Transaction tx, Happening what);
}
