// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.Instant;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;

/// What one colleague wrote down for the others about a request. It has no way out.
public record CaseNote(UUID id, AccountId account, Instant at, String words) {
    @Override
    public String toString() {
        return "CaseNote[hidden]";
    }
}
