// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import org.waymark.node.listing.Listing;

/// Which services are asked by phone only, whoever asks and by whatever door (safety.md 9).
public final class PhoneOnly {

    private PhoneOnly() {}

    public static boolean covers(Listing listing) {
        return listing.review().isForPhoneOnly();
    }
}
