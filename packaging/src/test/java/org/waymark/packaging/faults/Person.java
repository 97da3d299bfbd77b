// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.waymark.node.listing.ListingId;

/// A person who does not exist, with words that stand nowhere else in the world, as the staff API
/// takes them.
final class Person {

    /// Whatever part of her turns up where it should not, holds one of these.
    static final List<String> MARKERS =
            List.of(
                    "Zarquilla",
                    "5550177",
                    "qwreason",
                    "qwtongue",
                    "qwgiven",
                    "qwarea",
                    "qwlibrary",
                    "qwmornings",
                    "qwlocal",
                    "qwstep",
                    "partly");

    // Stands at the end of her name, so that one of them is told from another.
    private final String mark;

    Person() {
        this("");
    }

    Person(String mark) {
        this.mark = mark;
    }

    /// What no other of them is called.
    String name() {
        return "Zarquilla" + mark;
    }

    String wanted(ListingId listing) {
        return """
        {"listing": "%s", "reason": "qwreason for a bed", "alreadyGiven": "qwgiven",
         "urgency": "three_days",
         "fit": {"interpreterLanguage": "ar-x-qwtongue", "wishes": ["woman"], "adults": 1,
           "children": 2, "accessNeeds": [], "area": "qwarea"},
         "protection": [], "minorAlone": false,
         "contact": {"preferredName": "%s", "channel": "call",
           "address": "+49 30 5550177", "phoneOwner": "shared", "language": "ar-x-qwtongue",
           "ifAnotherAnswers": "qwlibrary", "safeTimes": "qwmornings"},
         "notes": {"name": "%s Example", "caseNumber": "qwlocal", "note": "qwlocal"}}
        """
                .formatted(listing, name(), name());
    }

    String consent() {
        return consent(true, true);
    }

    /// @param contact whether others may be told how to reach her
    /// @param outcomeBack whether it may be told what came of it
    String consent(boolean contact, boolean outcomeBack) {
        var today = LocalDate.now(ZoneOffset.UTC);
        return consent(contact, outcomeBack, today, today.plusMonths(6));
    }

    /// One that ran out yesterday.
    String consentOfLastMonth() {
        var today = LocalDate.now(ZoneOffset.UTC);
        return consent(true, true, today.minusMonths(1), today.minusDays(1));
    }

    private static String consent(
            boolean contact, boolean outcomeBack, LocalDate given, LocalDate until) {
        return """
        {"basis": "consent", "givenBy": "self", "method": "spoken", "language": "ar-x-qwtongue",
         "interpreter": true, "items": [%s], "givenAt": "%sT00:00:00Z",
         "until": "%s", "mayContact": true, "outcomeBack": %s}
        """
                .formatted(
                        contact ? "\"need\", \"fit\", \"contact\"" : "\"need\", \"fit\"",
                        given,
                        until,
                        outcomeBack);
    }

    String nextStep() {
        return "{\"text\": \"qwstep\"}";
    }

    String outcome() {
        return "{\"outcome\": \"partly\", \"on\": \"%s\"}".formatted(LocalDate.now(ZoneOffset.UTC));
    }
}
