// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A place in the listings of an organisation, opaque to partners: all changes above one number,
/// and of these, for a page, those before another. After a restore numbers mean other changes, so
/// it names the restore too.
///
/// @param restoreId of the database that counted
/// @param since changes above this number
/// @param before changes below this number, and of this number those with a smaller id
record Cursor(String restoreId, long since, long before, String beforeId) {

    static Cursor since(String restoreId, long number) {
        return new Cursor(restoreId, number, Long.MAX_VALUE, "");
    }

    Cursor before(long number, ListingId id) {
        return new Cursor(restoreId, since, number, id.toString());
    }

    /// Reads what a partner gave back; empty when it is none of ours.
    static Optional<Cursor> parse(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var parts = plain.split(" ", -1);
            return parts.length == 4
                    ? Optional.of(
                            new Cursor(
                                    parts[0],
                                    Long.parseLong(parts[1]),
                                    Long.parseLong(parts[2]),
                                    parts[3]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        var plain = restoreId + " " + since + " " + before + " " + beforeId;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
