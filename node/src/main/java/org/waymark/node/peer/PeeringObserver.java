// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Is told when listings of a partner begin or cease to come here. Called in the transaction of the
/// change: schedule work, do not fetch.
public interface PeeringObserver {

    /// From now on the partner's listings may be copied for this organisation.
    void listingsShared(Transaction tx, OrganizationId organization, URI partner);

    /// Nobody here receives the partner's listings any more.
    void listingsStopped(Transaction tx, URI partner, Copied copied);

    /// What becomes of the copies that are here.
    enum Copied {
        /// They stay, marked with their age.
        KEEP,
        /// They stay, and nobody is shown them any more.
        HIDE,
        /// They go.
        PURGE
    }
}
