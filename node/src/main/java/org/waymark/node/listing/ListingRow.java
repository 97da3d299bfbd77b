// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// A stored listing: the projection and what was decided about it.
///
/// @param document the HSDS 3.1 projection as text, see [Projection]
record ListingRow(
        ListingId id,
        URI uri,
        Origin origin,
        UUID providerId,
        String foldedName,
        Set<Topic> topics,
        Status status,
        Kind kind,
        Reach reach,
        Place place,
        Review review,
        String document,
        String hash,
        Instant updated,
        long version) {

    boolean leavesBy(Way way) {
        return Exposure.allows(way, kind, reach, review.state(), status, !isOwn());
    }

    /// Whether it left by this way as long as it was open.
    boolean leavesByUnlessClosed(Way way) {
        return Exposure.allows(way, kind, reach, review.state(), Status.ACTIVE, !isOwn());
    }

    boolean isOwn() {
        return origin instanceof Origin.Own;
    }

    ListingRow withOrigin(Origin other) {
        return new ListingRow(
                id,
                uri,
                other,
                providerId,
                foldedName,
                topics,
                status,
                kind,
                reach,
                place,
                review,
                document,
                hash,
                updated,
                version);
    }

    ListingRow withId(ListingId other) {
        return new ListingRow(
                other,
                uri,
                origin,
                providerId,
                foldedName,
                topics,
                status,
                kind,
                reach,
                place,
                review,
                document,
                hash,
                updated,
                version);
    }

    ListingRow withUri(URI other) {
        return new ListingRow(
                id,
                other,
                origin,
                providerId,
                foldedName,
                topics,
                status,
                kind,
                reach,
                place,
                review,
                document,
                hash,
                updated,
                version);
    }

    ListingRow withVersion(long other) {
        return new ListingRow(
                id,
                uri,
                origin,
                providerId,
                foldedName,
                topics,
                status,
                kind,
                reach,
                place,
                review,
                document,
                hash,
                updated,
                other);
    }

    /// The same with less in it.
    ListingRow withDocument(ObjectNode service) {
        var other = Document.of(service);
        return new ListingRow(
                id,
                uri,
                origin,
                providerId,
                Directory.folded(service.path("name").asText()),
                topics,
                status,
                kind,
                reach,
                place,
                review,
                other.text(),
                other.hash(),
                updated,
                version);
    }

    ListingRow withReview(Review other) {
        return new ListingRow(
                id,
                uri,
                origin,
                providerId,
                foldedName,
                topics,
                status,
                kind,
                reach,
                place,
                other,
                document,
                hash,
                updated,
                version);
    }
}
