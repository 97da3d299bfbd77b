// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Instant;
import java.util.UUID;

/// Who did what to which record, when and why. Never what the record says.
///
/// @param action a stable kebab-case word, such as `referral-sent`
/// @param record the record's id or address
public record AuditEntry(
        UUID id, Instant recordedAt, Acting acting, String action, String record) {}
