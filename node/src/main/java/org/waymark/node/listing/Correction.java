// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;

/// Somebody says that a listing is wrong, and its owner answers.
///
/// @param side whether it came to us or went out
/// @param organization whose staff see it
/// @param listing its id on the network; empty when all of the organisation is meant
/// @param listingId the listing here
/// @param name what the listing was called then
/// @param flag the id of the `Flag`, which the answer names
/// @param other who said it, or who owns the listing; an organisation or a server, never a person
///   here
/// @param answerable whether the other side reads an answer
/// @param said plain text
public record Correction(
        UUID id,
        Side side,
        OrganizationId organization,
        Optional<URI> listing,
        Optional<ListingId> listingId,
        String name,
        URI flag,
        URI other,
        String otherName,
        boolean answerable,
        String said,
        State state,
        Optional<String> answer,
        Instant createdAt,
        Instant changedAt) {

    public enum Side {
        RECEIVED,
        SENT
    }

    public enum State {
        OPEN,
        /// The listing is right now.
        RESOLVED,
        /// The owner says that it is right.
        DECLINED
    }

    /// Stands for the name of those who run a service, in whatever language staff read.
    static final String BY_LINK = ":link";

    /// Whether it came by a link to those who run the service.
    public boolean isByLink() {
        return !answerable && otherName.equals(BY_LINK);
    }

    Correction answered(State to, String words, Instant now) {
        return new Correction(
                id,
                side,
                organization,
                listing,
                listingId,
                name,
                flag,
                other,
                otherName,
                answerable,
                said,
                to,
                Optional.of(words).filter(it -> !it.isEmpty()),
                createdAt,
                now);
    }
}
