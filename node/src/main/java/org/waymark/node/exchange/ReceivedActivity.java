// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Instant;
import java.util.Optional;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.privacy.OrganizationId;

/// An activity that its actor really sent and that we were willing to take. What it asks for is not
/// yet checked.
///
/// @param subject what it is about, as [ActivityRoutes] explains
/// @param receiver whose inbox it came to; empty for the node's shared one
/// @param mayBeForwarded whether another than its actor may have brought it, at a time of its own
///   choice
public record ReceivedActivity(
        Activity activity,
        String subject,
        Optional<OrganizationId> receiver,
        Instant receivedAt,
        boolean mayBeForwarded) {

    /// What its actor brought itself.
    public ReceivedActivity(
            Activity activity,
            String subject,
            Optional<OrganizationId> receiver,
            Instant receivedAt) {
        this(activity, subject, receiver, receivedAt, false);
    }
}
