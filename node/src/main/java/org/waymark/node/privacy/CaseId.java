// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.UUID;

/// One person's matter at this node: what is encrypted together and erased together. Random, local,
/// never on the wire.
public record CaseId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
