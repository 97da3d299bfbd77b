// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

/// What stays in this organisation and has no way out: it is no [Travelling].
///
/// @param caseNumber the organisation's own number for the person
public record LocalNotes(String name, String caseNumber, String note) {

    public static LocalNotes none() {
        return new LocalNotes("", "", "");
    }
}
