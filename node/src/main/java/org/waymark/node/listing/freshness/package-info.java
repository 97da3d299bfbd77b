// SPDX-License-Identifier: AGPL-3.0-or-later
/// Keeps listings right with little work: who has to check what by when, what those who run a
/// service say by a link without an account, and how good what we say is.
///
/// It hides nothing by a clock, and it writes no text of a listing.
@NullMarked
package org.waymark.node.listing.freshness;

import org.jspecify.annotations.NullMarked;
