// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.Optional;

/// What stays in this organisation and has no way out: it is no [Travelling].
///
/// @param caseNumber the organisation's own number for the person
/// @param household whom of a household it is for; empty for most
public record LocalNotes(
        String name, String caseNumber, String note, Optional<HouseholdPart> household) {

    public LocalNotes(String name, String caseNumber, String note) {
        this(name, caseNumber, note, Optional.empty());
    }

    public static LocalNotes none() {
        return new LocalNotes("", "", "");
    }

    LocalNotes with(HouseholdPart part) {
        return new LocalNotes(name, caseNumber, note, Optional.of(part));
    }
}
