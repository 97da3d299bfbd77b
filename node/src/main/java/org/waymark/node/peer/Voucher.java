// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.Instant;

/// A partner of ours that vouches for an organisation of a node that asks to become our peer.
///
/// @param name the partner's, as our people know it
/// @param about the organisation it vouches for, as its node names it; only the address is vouched
///   for
/// @param host where that organisation lives
/// @param seenAt when it was last read at the partner, and stood
public record Voucher(String name, String about, String host, Instant seenAt) {}
