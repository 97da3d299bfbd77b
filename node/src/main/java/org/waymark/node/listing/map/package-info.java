// SPDX-License-Identifier: AGPL-3.0-or-later
/// A sketch of where places lie to each other, drawn by the node itself, beside a list that says
/// the same.
///
/// It shows no streets and fetches nothing from anybody; only what may be on a map and says exactly
/// where it is stands on it.
@NullMarked
package org.waymark.node.listing.map;

import org.jspecify.annotations.NullMarked;
