// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.LocalDate;
import java.util.Optional;
import org.waymark.node.privacy.AccountId;

/// Days on which somebody is away, and who looks after their requests then.
///
/// @param deputy empty: everybody does
public record Absence(
        AccountId account, Optional<AccountId> deputy, LocalDate first, LocalDate last) {

    public Absence {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("It ends before it begins");
        }
        if (deputy.filter(account::equals).isPresent()) {
            throw new IllegalArgumentException("Nobody stands in for themselves");
        }
    }

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
