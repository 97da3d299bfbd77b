// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;

/// That a partner vouches for an organisation of ours, which may name it where we ask to become a
/// peer. Naming it tells whom we ask that we know each other.
///
/// @param address where it stands
/// @param voucher the partner's actor
/// @param name the partner's, as our people know it
public record VouchForUs(URI address, URI voucher, String name) {}
