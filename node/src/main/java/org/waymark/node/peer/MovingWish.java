// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import org.waymark.node.privacy.AccountId;

/// Somebody wishes that their organisation moves to another node, and a second person has not yet.
///
/// @param target its actor there
/// @param until when it lapses
public record MovingWish(URI target, AccountId account, Instant wishedAt, Instant until) {}
