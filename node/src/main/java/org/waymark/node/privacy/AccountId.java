// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.UUID;

/// A person who signs in to this node.
public record AccountId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
