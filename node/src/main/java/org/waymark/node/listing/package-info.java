// SPDX-License-Identifier: AGPL-3.0-or-later
/// The directory: services, organisations, places and times, as HSDS aggregates and as the listings
/// that are published from them; import, safety rules, review, and the open HSDS API.
///
/// It renders no page, ranks no search result, and sends nothing to a partner by itself.
@NullMarked
package org.waymark.node.listing;

import org.jspecify.annotations.NullMarked;
