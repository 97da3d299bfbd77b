// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// A way by which a listing can leave the node, or be found here. Each asks [Exposure] first.
public enum Way {
    PAGE,
    SEARCH,
    /// On a hand-out.
    PRINT,
    MAP,
    SITEMAP,
    JSON_LD,
    FEED,
    HSDS,
    EXPORT,
    /// To anyone, by federation.
    OUTBOX,
    /// To partners with an agreement, in their own inboxes.
    PARTNER_OUTBOX
}
