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

    String wanted(ListingId listing) {
        return """
        {"listing": "%s", "reason": "qwreason for a bed", "alreadyGiven": "qwgiven",
         "urgency": "three_days",
         "fit": {"interpreterLanguage": "ar-x-qwtongue", "wishes": ["woman"], "adults": 1,
           "children": 2, "accessNeeds": [], "area": "qwarea"},
         "protection": [], "minorAlone": false,
         "contact": {"preferredName": "Zarquilla", "channel": "call",
           "address": "+49 30 5550177", "phoneOwner": "shared", "language": "ar-x-qwtongue",
           "ifAnotherAnswers": "qwlibrary", "safeTimes": "qwmornings"},
         "notes": {"name": "Zarquilla Example", "caseNumber": "qwlocal", "note": "qwlocal"}}
        """
                .formatted(listing);
    }

    String consent() {
        var today = LocalDate.now(ZoneOffset.UTC);
        return """
        {"basis": "consent", "givenBy": "self", "method": "spoken", "language": "ar-x-qwtongue",
         "interpreter": true, "items": ["need", "fit", "contact"], "givenAt": "%sT00:00:00Z",
         "until": "%s", "mayContact": true, "outcomeBack": true}
        """
                .formatted(today, today.plusMonths(6));
    }

    String nextStep() {
        return "{\"text\": \"qwstep\"}";
    }

    String outcome() {
        return "{\"outcome\": \"partly\", \"on\": \"%s\"}".formatted(LocalDate.now(ZoneOffset.UTC));
    }
}
