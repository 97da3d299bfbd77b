// SPDX-License-Identifier: AGPL-3.0-or-later
/// Listings as staff keep them: the list, the form, the review queue.
///
/// What may be shown to whom is decided by the node's `listing` package, never here.
@NullMarked
package org.waymark.admin.listing;

import org.jspecify.annotations.NullMarked;
