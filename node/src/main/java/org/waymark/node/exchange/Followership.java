// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.util.List;
import org.waymark.node.privacy.OrganizationId;

/// What anyone may know of who follows our organisations; peer implements it. All of it is public.
public interface Followership {

    /// Whether a person here answers each request to follow.
    boolean isAsked();

    /// How many follow an organisation. Who they are is nobody's business.
    int count(OrganizationId organization);

    /// Those who receive what an organisation says to its followers and live where an address does,
    /// partners included; for that server only.
    List<URI> livingAt(OrganizationId organization, URI address);
}
