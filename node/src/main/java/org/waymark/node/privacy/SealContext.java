// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.net.URI;

/// Where a sealed packet belongs. It is HPKE's `info`, so a packet moved to another referral,
/// member, sender, receiver or version does not open (federation.md, Referrals).
///
/// @param member the JSON member that carries the packet, such as `waymark:sealed`
/// @param version the `waymark:version` that stands beside the member
public record SealContext(String member, URI referral, URI sender, URI receiver, long version) {

    byte[] info() {
        return Cipher.context(
                "waymark-seal-1",
                member,
                referral.toString(),
                sender.toString(),
                receiver.toString(),
                Long.toString(version));
    }
}
