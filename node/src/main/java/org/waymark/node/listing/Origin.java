// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import org.waymark.node.privacy.OrganizationId;

/// Whose listing it is.
public sealed interface Origin {

    /// Published by an organisation of this node.
    record Own(OrganizationId publisher) implements Origin {}

    /// A partner's, kept here as it came. `actor` is the publishing organisation, `partner` its
    /// name.
    record Copy(URI actor, String partner, Instant receivedAt) implements Origin {}
}
