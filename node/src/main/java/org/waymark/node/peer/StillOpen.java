// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Whether an organisation hosted here still begins anything new. One that closes, or has closed,
/// finishes what it has.
public final class StillOpen {

    private StillOpen() {}

    /// @throws OrganizationClosing when it begins nothing any more
    public static void require(Transaction tx, OrganizationId organization) {
        if (!isSo(tx, organization)) {
            throw new OrganizationClosing();
        }
    }

    /// For whoever may not ask at all.
    public static boolean isSo(Transaction tx, OrganizationId organization) {
        return FarewellTable.find(tx, organization).isEmpty();
    }
}
