// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import org.waymark.node.database.Transaction;
import org.waymark.node.referral.Companion;
import org.waymark.node.referral.Referral;

/// Lets a help code, and what was written behind it, follow the person to whoever is asked next, so
/// that Stop always stops what is going on, and deletes what they wrote with what they stopped.
final class PersonTraces implements Companion {

    @Override
    public void succeeded(Transaction tx, Referral from, Referral to) {
        HelpCodeTable.hand(tx, from.id(), to.id(), to.caseId());
        MessageTable.hand(tx, from.id(), to.id());
    }

    @Override
    public void forgotten(Transaction tx, Referral stopped) {
        MessageTable.removeOf(tx, stopped.caseId());
        MessageTable.removeOf(tx, stopped.id());
    }
}
