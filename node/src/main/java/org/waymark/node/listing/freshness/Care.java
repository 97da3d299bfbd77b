// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.util.Optional;

/// What staff keep beside a listing of theirs, for nobody else.
///
/// @param months its own rhythm; empty for the organisation's
/// @param askMail whom to ask whether it is still right; empty for nobody
public record Care(Optional<Integer> months, Optional<String> askMail) {

    public static Care none() {
        return new Care(Optional.empty(), Optional.empty());
    }
}
