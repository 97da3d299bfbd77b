// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Transaction;
import org.waymark.node.referral.Companion;
import org.waymark.node.referral.Referral;

/// Cuts what is kept here off from a case that is erased: that somebody objected, or was told of a
/// breach, stays known; who it was does not.
public final class OversightTraces implements Companion {

    private final Supplier<UUID> ids;

    public OversightTraces(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /// What they asked is about the request that it was then, but for erasure.
    @Override
    public void succeeded(Transaction tx, Referral from, Referral to) {
        DataRequestTable.hand(tx, from.id(), to.id());
        BreachNoticeTable.hand(tx, from.id(), to.id());
    }

    /// Their page goes, and with it what was written to them: while there is a number still,
    /// somebody must call.
    @Override
    public void stopped(Transaction tx, Referral referral) {
        BreachNoticeTable.callInstead(tx, referral.id());
    }

    /// What they asked of their data is answered still.
    @Override
    public void forgotten(Transaction tx, Referral stopped) {
        BreachNoticeTable.callInstead(tx, stopped.id());
        BreachNoticeTable.lose(tx, stopped.id(), ids);
    }

    @Override
    public void erased(Transaction tx, Referral referral) {
        DataRequestTable.forget(tx, referral.id());
        BreachNoticeTable.lose(tx, referral.id(), ids);
        BreachNoticeTable.removeOf(tx, referral.id());
    }
}
