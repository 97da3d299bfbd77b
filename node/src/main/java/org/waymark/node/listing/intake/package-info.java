// SPDX-License-Identifier: AGPL-3.0-or-later
/// How directories of others are read: packages and JSON of HSDS 2.0 and 3.x, feeds of their APIs,
/// and any table or list of records through a mapping.
///
/// It only reads: what comes of it, and whether it may be seen, is decided in `listing`.
@NullMarked
package org.waymark.node.listing.intake;

import org.jspecify.annotations.NullMarked;
