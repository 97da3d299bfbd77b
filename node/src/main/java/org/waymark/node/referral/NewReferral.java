// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.Set;
import org.waymark.node.listing.ListingId;

/// What staff fill in to ask for help from a listing of a partner.
///
/// @param listing a partner's listing, as it is kept here
/// @param protection what the person's trouble is about; any of these is for the phone only
///   (safety.md 9)
/// @param minorAlone says under 18, without parent or guardian; for the phone only as well
public record NewReferral(
        ListingId listing,
        String reason,
        String alreadyGiven,
        Urgency urgency,
        Travelling.Fit fit,
        Set<Protection> protection,
        boolean minorAlone,
        Travelling.Contact contact,
        LocalNotes notes) {

    public enum Protection {
        VIOLENCE,
        TRAFFICKING,
        TORTURE,
        CHILD_PROTECTION
    }

    public NewReferral {
        protection = Set.copyOf(protection);
    }
}
