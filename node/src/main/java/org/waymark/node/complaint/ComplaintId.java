// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import java.util.UUID;

public record ComplaintId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
