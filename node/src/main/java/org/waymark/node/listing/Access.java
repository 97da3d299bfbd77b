// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// How a person gets in: the first line of every listing (safety rule 5).
public enum Access {
    WALK_IN,
    CALL_FIRST,
    APPOINTMENT,
    REFERRAL_ONLY,
    ONLINE,
    OUTREACH,
    UNKNOWN
}
