// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Instant;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Lets a program act as one person in one organisation, with that person's rights and no more. The
/// secret itself is shown once and kept nowhere.
public record ApiToken(
        UUID id, String name, AccountId account, OrganizationId organization, Instant createdAt) {}
