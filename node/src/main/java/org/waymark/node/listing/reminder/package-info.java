// SPDX-License-Identifier: AGPL-3.0-or-later
/// Asks those who run a service by mail whether its listing is still right: by its rhythm, and when
/// staff ask everybody at once, such as before summer.
///
/// It changes no listing: the links in its mails lead to the pages of `listing.freshness`. It sends
/// one mail about many listings, not many, never goes on when somebody said stop, and does nothing
/// on a node without mail.
@NullMarked
package org.waymark.node.listing.reminder;

import org.jspecify.annotations.NullMarked;
