// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Listing;
import org.waymark.node.privacy.OrganizationId;

/// The organisations without a node that ours may ask, and how they hear of it. Their answers come
/// in through [OutsideDoor]; the life cycle is the same.
public interface Outside {

    /// Whether a partner's address is one of these.
    boolean holds(URI partner);

    /// Its name, when it may be written to now: an agreement on paper is in force, and somebody
    /// made sure of its mailbox.
    Optional<String> ready(OrganizationId ours, URI partner);

    /// Whom to ask for help from a listing of ours that somebody else runs.
    Optional<URI> of(OrganizationId ours, Listing listing);

    /// Our side said something; it travels no further than this.
    void said(Transaction tx, Referral ours, ReferralEvent.Kind kind);

    static Outside nobody() {
        return new Outside() {
            @Override
            public boolean holds(URI partner) {
                return false;
            }

            @Override
            public Optional<String> ready(OrganizationId ours, URI partner) {
                return Optional.empty();
            }

            @Override
            public Optional<URI> of(OrganizationId ours, Listing listing) {
                return Optional.empty();
            }

            @Override
            public void said(Transaction tx, Referral ours, ReferralEvent.Kind kind) {
                // There is nobody to hear it.
            }
        };
    }
}
