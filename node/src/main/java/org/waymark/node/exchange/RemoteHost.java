// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Instant;
import java.util.Optional;

/// How another server fares, seen from here.
///
/// @param host name, with its port unless it is the usual one
/// @param heardAt when it last sent something we could verify
/// @param reachedAt when it last took or gave something
/// @param failures attempts that failed since it was last reached
/// @param failingSince when the first of those failed
/// @param restUntil no attempt before this, because attempts kept failing; then one at a time until
///   one succeeds
public record RemoteHost(
        String host,
        Optional<Instant> heardAt,
        Optional<Instant> reachedAt,
        Optional<Instant> failedAt,
        int failures,
        Optional<Instant> failingSince,
        Optional<Instant> restUntil) {}
