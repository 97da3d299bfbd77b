// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.Instant;
import org.waymark.node.privacy.AccountId;

/// Somebody wishes that their organisation closes for ever, and a second person has not yet.
///
/// @param until when it lapses
public record ClosingWish(AccountId account, Instant wishedAt, Instant until) {}
