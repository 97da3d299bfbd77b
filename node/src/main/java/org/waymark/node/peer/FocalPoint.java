// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.LocalDate;
import java.util.List;

/// Whom a partner may phone for one duty: a role, never a person's name. Never public.
///
/// @param role such as "shift lead", at most 200 characters
/// @param hours when somebody answers, in words
/// @param languages BCP 47 tags
/// @param checkedOn when somebody last called the number
public record FocalPoint(
        Duty duty,
        String role,
        String phone,
        String hours,
        List<String> languages,
        LocalDate checkedOn) {

    /// What a focal point answers for (safety.md 16).
    public enum Duty {
        REFERRAL,
        DEPUTY,
        CHILD_PROTECTION,
        /// Protection from sexual exploitation and abuse.
        PSEA,
        DATA_PROTECTION
    }

    public FocalPoint {
        languages = List.copyOf(languages);
        if (role.isBlank() || phone.isBlank()) {
            throw new IllegalArgumentException("A focal point has a role and a phone");
        }
    }
}
