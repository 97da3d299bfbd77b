// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A partner organisation that went to another node. Both its old and its new actor say so.
///
/// @param followedAt when our agreements and copies went with it
public record PartnerMove(
        URI former, URI target, String name, Instant seenAt, Optional<Instant> followedAt) {}
