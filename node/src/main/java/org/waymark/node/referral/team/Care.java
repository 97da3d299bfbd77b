// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.referral.ReferralId;

/// Who takes care of what today, seen by one person.
///
/// @param handlers who takes care of a request; those that nobody took are everybody's
/// @param away who is away today, with who stands in for them
/// @param gone handlers who can no longer work on requests here
public record Care(
        AccountId me,
        Map<ReferralId, AccountId> handlers,
        Map<AccountId, Optional<AccountId>> away,
        Set<AccountId> gone) {

    public Care {
        handlers = Map.copyOf(handlers);
        away = Map.copyOf(away);
        gone = Set.copyOf(gone);
    }

    public Optional<AccountId> handler(ReferralId id) {
        return Optional.ofNullable(handlers.get(id));
    }

    /// Who does the work today: the handler, or who stands in for them, or for those. Empty when it
    /// is everybody's.
    public Optional<AccountId> today(ReferralId id) {
        var who = handler(id);
        var asked = new HashSet<AccountId>();
        while (who.isPresent() && !gone.contains(who.get()) && away.containsKey(who.get())) {
            if (!asked.add(who.get())) {
                // Each stands in for the other, and both are away.
                return Optional.empty();
            }
            who = away.get(who.get());
        }
        return who.filter(it -> !gone.contains(it));
    }

    /// Whether it belongs on this person's day.
    public boolean isMine(ReferralId id) {
        return today(id).map(me::equals).orElse(true);
    }

    /// Whether they do it for somebody who is away.
    public boolean isForAnother(ReferralId id) {
        return today(id).filter(me::equals).isPresent()
                && handler(id).filter(it -> !it.equals(me)).isPresent();
    }
}
