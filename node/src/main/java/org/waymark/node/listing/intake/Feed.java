// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;

/// An HSDS API of somebody else that is read every day.
///
/// @param etag of the question for what changed since it was read last
/// @param read when it was read last, whole or only what had changed
/// @param whole when all of it was read last
/// @param failures in a row
/// @param state what came of the last time, for staff
public record Feed(
        UUID id,
        OrganizationId publisher,
        URI url,
        Optional<String> etag,
        Optional<Instant> read,
        Optional<Instant> whole,
        int failures,
        String state) {

    Feed failed(String why) {
        return new Feed(id, publisher, url, etag, read, whole, failures + 1, why);
    }

    Feed unchanged(Optional<String> newEtag, String how) {
        return new Feed(id, publisher, url, newEtag, read, whole, 0, how);
    }

    Feed done(Instant when, boolean isWhole, String how) {
        return new Feed(
                id,
                publisher,
                url,
                Optional.empty(),
                Optional.of(when),
                isWhole ? Optional.of(when) : whole,
                0,
                how);
    }
}
