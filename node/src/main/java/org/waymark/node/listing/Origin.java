// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;

/// Whose listing it is.
public sealed interface Origin {

    /// Published by an organisation of this node.
    record Own(OrganizationId publisher) implements Origin {}

    /// A partner's, kept here as it came.
    ///
    /// @param actor the publishing organisation
    /// @param partner its name
    /// @param leftAt since when it tells us of no changes any more
    record Copy(URI actor, String partner, Instant receivedAt, Optional<Instant> leftAt)
            implements Origin {

        Copy(URI actor, String partner, Instant receivedAt) {
            this(actor, partner, receivedAt, Optional.empty());
        }
    }
}
