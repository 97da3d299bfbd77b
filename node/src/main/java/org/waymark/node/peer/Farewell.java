// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.Instant;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;

/// An organisation hosted here that closes.
///
/// @param finishedAt since when nothing more is waited for but that its last words arrive
/// @param goneAt since when its address answers 410
public record Farewell(
        OrganizationId organization,
        Instant begunAt,
        Optional<Instant> finishedAt,
        Optional<Instant> goneAt) {}
