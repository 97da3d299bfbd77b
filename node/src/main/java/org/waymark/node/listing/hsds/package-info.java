// SPDX-License-Identifier: AGPL-3.0-or-later
/// What HSDS 3.1 says an object is: members, types, what is required; checks and schemas made from
/// it, and our Profile's additions.
///
/// It knows no listing, stores nothing, and decides nothing about who may see what.
@NullMarked
package org.waymark.node.listing.hsds;

import org.jspecify.annotations.NullMarked;
