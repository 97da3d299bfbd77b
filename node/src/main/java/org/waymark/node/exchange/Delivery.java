// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// One activity on its way to one inbox, as shown to the person who caused it.
///
/// @param failingSince when the first of the attempts failed that failed without a success between
/// @param code why the last attempt failed, a stable kebab-case code
/// @param due when it is tried next, while it is queued
public record Delivery(
        URI activity,
        URI inbox,
        DeliveryState state,
        int attempts,
        Instant queuedAt,
        Instant due,
        Optional<Instant> failingSince,
        Optional<String> code,
        Optional<Instant> endedAt) {}
