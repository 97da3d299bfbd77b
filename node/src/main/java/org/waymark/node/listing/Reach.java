// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// Who may see a listing at all (safety rule 2).
public enum Reach {
    PUBLIC,
    /// Visitors of this site; it leaves by no machine's way.
    SITE,
    /// Staff here and at partners with an agreement.
    PARTNERS,
    STAFF;

    /// Whether visitors of this site may see it.
    public boolean isOnPages() {
        return this == PUBLIC || this == SITE;
    }

    /// Whether somebody who saw nothing before would see the listing afterwards. `SITE` and
    /// `PARTNERS` are other people, so changing either for the other raises.
    public boolean raisesTo(Reach other) {
        return this != other && this != PUBLIC && other != STAFF;
    }
}
