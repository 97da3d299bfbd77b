// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.LocalDate;
import java.util.List;

/// What two organisations sign before the first referral, in its shortest form (safety.md 16). Both
/// sides sign the same terms; who wants others offers anew.
///
/// @param purpose why referrals are exchanged
/// @param services what may be referred, in words; empty means any published service
/// @param dataGroups the groups of data that may travel
/// @param retention how long the receiver keeps them
/// @param incidentHours within how many hours the other is told of an incident
/// @param complaints where a person complains
/// @param confidentialityLimits when somebody else must be told
/// @param dutyToReport what either side must report by law
/// @param endsOn the last day it is in force
public record AgreementTerms(
        String purpose,
        List<String> services,
        List<String> dataGroups,
        String retention,
        int incidentHours,
        String complaints,
        String confidentialityLimits,
        String dutyToReport,
        LocalDate endsOn) {

    public AgreementTerms {
        services = List.copyOf(services);
        dataGroups = List.copyOf(dataGroups);
    }

    /// The words offered to staff who bring none of their own.
    public static AgreementTerms shortest(LocalDate endsOn) {
        return new AgreementTerms(
                "To help the person referred with the service they asked for, and nothing else.",
                List.of(),
                List.of("need", "fit", "contact after acceptance", "answer", "outcome"),
                "Contact data at most 90 days, the rest at most 12 months after the referral is"
                        + " closed.",
                24,
                "Each side names a complaint line on its public pages and passes complaints on"
                        + " within a day.",
                "Only when a child or a life is in danger, and the person is told if that is"
                        + " safe.",
                "Each side tells the other, before the first referral, what it must report by"
                        + " law.",
                endsOn);
    }
}
