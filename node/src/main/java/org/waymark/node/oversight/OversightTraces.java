// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import org.waymark.node.database.Transaction;
import org.waymark.node.referral.Companion;
import org.waymark.node.referral.Referral;

/// Cuts what is kept here off from a case that is erased: that somebody objected, or was told of a
/// breach, stays known; who it was does not.
public final class OversightTraces implements Companion {

    @Override
    public void succeeded(Transaction tx, Referral from, Referral to) {
        // They asked about the request that it was then.
    }

    @Override
    public void forgotten(Transaction tx, Referral stopped) {
        // What they asked of their data is answered still.
    }

    @Override
    public void erased(Transaction tx, Referral referral) {
        DataRequestTable.forget(tx, referral.id());
        BreachNoticeTable.removeOf(tx, referral.id());
    }
}
