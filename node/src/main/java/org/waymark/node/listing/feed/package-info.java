// SPDX-License-Identifier: AGPL-3.0-or-later
/// Public listings in the formats of other programs: calendars, address books, feed readers, search
/// engines.
///
/// It decides nothing about who may see what: it asks the listings by the way that fits, and stores
/// nothing.
@NullMarked
package org.waymark.node.listing.feed;

import org.jspecify.annotations.NullMarked;
