// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;

/// Finds listings by words, for the HSDS API: those that may leave there.
public interface HsdsSearch {

    /// The best first.
    List<ListingId> find(String words);
}
