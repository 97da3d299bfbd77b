// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;

/// Where our organisations lived before and where they went; peer implements it. All of it is
/// public.
public interface Whereabouts {

    /// Its old actors (`alsoKnownAs`).
    List<URI> alsoKnownAs(OrganizationId organization);

    /// Whether it closed for ever.
    boolean isGone(OrganizationId organization);

    /// Whether the whole node closed for ever.
    boolean isNodeGone();

    /// Its new actor (`movedTo`).
    Optional<URI> movedTo(OrganizationId organization);
}
