// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;

/// That we asked a partner to delete its copies of our listings.
///
/// @param activity what we sent, which its answer names
/// @param confirmedAt when it said that they are deleted
public record ListingPurge(
        URI activity,
        OrganizationId organization,
        URI partner,
        String partnerName,
        Instant askedAt,
        Optional<Instant> confirmedAt) {}
