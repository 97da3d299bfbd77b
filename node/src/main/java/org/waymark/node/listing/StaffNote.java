// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;

/// A remark about a listing, ours or a partner's, for the staff of one organisation and nobody
/// else.
public record StaffNote(UUID id, AccountId by, Instant at, String words) {}
