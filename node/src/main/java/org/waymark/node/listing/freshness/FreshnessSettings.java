// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

/// How often listings are to be checked, and how long links for it hold.
///
/// @param months after which a listing is to be checked again, where neither its owner nor the
///   organisation says otherwise
/// @param remindDays how long before that day it stands among the tasks
/// @param linkDays how long a link holds by which those who run a service confirm it
public record FreshnessSettings(int months, int remindDays, int linkDays) {

    public static final int USUAL_REMIND_DAYS = 14;
    public static final int USUAL_LINK_DAYS = 30;

    public static FreshnessSettings usual() {
        return new FreshnessSettings(
                org.waymark.node.listing.Checked.USUAL_MONTHS, USUAL_REMIND_DAYS, USUAL_LINK_DAYS);
    }
}
