// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.List;
import java.util.Optional;

/// A referral with what lies under its keys. A group is empty when it was never given, or was
/// erased.
public record OpenedReferral(
        Referral referral,
        Optional<Travelling.FirstStep> firstStep,
        Optional<Travelling.Contact> contact,
        Optional<LocalNotes> notes,
        Optional<Consent> consent,
        List<ReferralEvent> timeline) {

    public OpenedReferral {
        timeline = List.copyOf(timeline);
    }
}
