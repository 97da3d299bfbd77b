// SPDX-License-Identifier: AGPL-3.0-or-later
/// Decides with whom this node deals: peering from node to node, agreements from organisation to
/// organisation, focal points, and what a stranger may do.
///
/// It does not carry listings or referrals; it only says whether they may travel.
@NullMarked
package org.waymark.node.peer;

import org.jspecify.annotations.NullMarked;
