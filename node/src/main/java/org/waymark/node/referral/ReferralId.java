// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.UUID;

/// A referral as one side keeps it; in pages and `/api/v1`. At the sender it is also the end of its
/// address `/r/{uuid}`.
public record ReferralId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
