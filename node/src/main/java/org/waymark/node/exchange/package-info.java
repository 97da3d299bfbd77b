// SPDX-License-Identifier: AGPL-3.0-or-later
/// Exchanges activities with other servers so that none is lost or done twice: durable inbox and
/// outbox, the keys of our actors, and what is known of remote actors and hosts.
///
/// It does not know what an activity means (handlers do) nor whom to trust (peer does).
@NullMarked
package org.waymark.node.exchange;

import org.jspecify.annotations.NullMarked;
