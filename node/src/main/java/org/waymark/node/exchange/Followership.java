// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import org.waymark.node.privacy.OrganizationId;

/// What anyone may know of who follows our organisations; peer implements it. All of it is public.
public interface Followership {

    /// Whether a person here answers each request to follow.
    boolean isAsked();

    /// How many follow an organisation. Who they are is nobody's business.
    int count(OrganizationId organization);
}
