// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.listing.ListingId;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.privacy.OrganizationId;

/// One mail to one mailbox.
///
/// @param campaign empty for a reminder by rhythm
/// @param sentAt when the mail server took it
/// @param failedCode why it was given up
record SentLetter(
        UUID id,
        OrganizationId organization,
        Optional<UUID> campaign,
        MailAddress to,
        Instant madeAt,
        Optional<Instant> sentAt,
        Optional<String> failedCode,
        List<ListingId> listings) {

    SentLetter {
        listings = List.copyOf(listings);
    }
}
