// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Whom the person agreed may be asked when this one says no, in that order. It stays here: nobody
/// who is asked learns of the others.
///
/// @param next listings, as this node keeps them
/// @param parent the referral to us that this one hands on; empty for most
record Plan(List<UUID> next, Optional<UUID> parent) {

    Plan(List<UUID> next) {
        this(next, Optional.empty());
    }

    // referral.md, Consent: up to five named receivers, the first of whom is being asked.
    static final int MOST = 4;

    Plan {
        next = List.copyOf(next);
        if (next.size() > MOST) {
            throw new IllegalArgumentException("A person names five organisations at most");
        }
    }

    static Plan nobody() {
        return new Plan(List.of());
    }

    Plan with(List<UUID> others) {
        return new Plan(others, parent);
    }

    Plan rest() {
        return with(next.subList(Math.min(1, next.size()), next.size()));
    }
}
