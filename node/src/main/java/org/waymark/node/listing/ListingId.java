// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.UUID;

/// A listing at this node: the id of its HSDS service, or for a partner's listing a local one.
public record ListingId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
