// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;

/// Finds listings by words, for the HSDS API; what may leave there, it does not ask.
public interface HsdsSearch {

    /// The best first.
    List<ListingId> find(String words);
}
