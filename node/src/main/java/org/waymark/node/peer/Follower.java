// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import org.waymark.node.privacy.OrganizationId;

/// Somebody on any server who follows, or asks to follow, the public listings of an organisation
/// here.
///
/// @param handle how people write them: `@name@host`
/// @param follow the id of their `Follow`, which our answer names
public record Follower(
        OrganizationId organization,
        URI actor,
        String handle,
        URI follow,
        State state,
        Instant askedAt,
        Instant changedAt) {

    public enum State {
        /// Staff decide.
        WAITING,
        /// Public listings go to them.
        FOLLOWING
    }
}
