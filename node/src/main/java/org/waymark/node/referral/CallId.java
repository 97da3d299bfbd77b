// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.UUID;

/// Names a call that belongs to no referral yet.
public record CallId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
