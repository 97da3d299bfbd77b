// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

import java.util.UUID;

public record PlaceCheckId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
