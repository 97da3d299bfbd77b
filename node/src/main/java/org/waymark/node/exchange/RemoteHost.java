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
/// @param restUntil no attempt before this, because attempts kept failing
public record RemoteHost(
        String host,
        Optional<Instant> heardAt,
        Optional<Instant> reachedAt,
        Optional<Instant> failedAt,
        int failures,
        Optional<Instant> restUntil) {}
