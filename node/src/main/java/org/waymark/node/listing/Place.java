// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// How precisely a listing says where it is (safety rule 2).
public enum Place {
    EXACT,
    /// Town or quarter only.
    AREA,
    PHONE_ONLY;

    public boolean raisesTo(Place other) {
        return other.compareTo(this) < 0;
    }
}
