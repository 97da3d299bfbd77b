// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.UUID;

/// An organisation hosted by this node; its HSDS organization id, for ever.
public record OrganizationId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
