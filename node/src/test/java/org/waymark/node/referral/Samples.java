// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.referral.NewReferral.Protection;

/// A person who does not exist, and what she needs. MARKER stands in all that nobody else may read.
final class Samples {

    static final String MARKER = "MARKER";
    static final String NAME = "MARKER Amina";
    static final String PHONE = "MARKER +49 30 5550123";
    static final String REASON = "MARKER needs a bed";

    private Samples() {}

    /// A listing that takes referrals.
    static Draft beds() {
        return Draft.named(Text.of("en", "Beds for families"))
                .topics(Set.of(Topic.HOUSING))
                .referralPolicy(ReferralPolicy.TAKEN)
                .build();
    }

    static NewReferral wanted(ListingId listing) {
        return wanted(listing, Urgency.THREE_DAYS, Set.of(), false);
    }

    static NewReferral wanted(
            ListingId listing, Urgency urgency, Set<Protection> protection, boolean minorAlone) {
        return new NewReferral(
                listing,
                REASON,
                "MARKER a night in the church",
                urgency,
                new Travelling.Fit(
                        Optional.empty(),
                        Optional.of("ar"),
                        Set.of(Travelling.Wish.WOMAN),
                        1,
                        2,
                        Set.of(),
                        "MARKER north"),
                protection,
                minorAlone,
                new Travelling.Contact(
                        NAME,
                        Travelling.Channel.CALL,
                        PHONE,
                        Travelling.PhoneOwner.SHARED,
                        "ar",
                        "MARKER say the library calls",
                        "MARKER mornings",
                        Optional.empty()),
                new LocalNotes("MARKER Amina Example", "MARKER 17", "MARKER note"));
    }

    static Consent spoken(Clock clock) {
        return spoken(clock, LocalDate.now(clock).plusMonths(6));
    }

    static Consent spoken(Clock clock, LocalDate until) {
        return new Consent(
                Consent.Basis.CONSENT,
                Consent.GivenBy.SELF,
                Consent.Method.SPOKEN,
                "ar",
                true,
                Set.of(Consent.Item.NEED, Consent.Item.FIT, Consent.Item.CONTACT),
                clock.instant(),
                until,
                true,
                true);
    }

    /// Danger to life: nobody could be asked.
    static Consent vital(Clock clock) {
        var spoken = spoken(clock);
        return new Consent(
                Consent.Basis.VITAL_INTEREST,
                spoken.givenBy(),
                spoken.method(),
                spoken.language(),
                spoken.interpreter(),
                spoken.items(),
                spoken.givenAt(),
                spoken.until(),
                spoken.mayContact(),
                spoken.outcomeBack());
    }

    /// The receiver may hand the person on.
    static Consent onward(Clock clock, int hops) {
        var spoken = spoken(clock);
        return new Consent(
                spoken.basis(),
                spoken.givenBy(),
                spoken.method(),
                spoken.language(),
                spoken.interpreter(),
                spoken.items(),
                spoken.givenAt(),
                spoken.until(),
                spoken.mayContact(),
                spoken.outcomeBack(),
                Optional.of(hops));
    }

    static Travelling.NextStep come() {
        return new Travelling.NextStep("MARKER come on Monday at nine", Optional.empty());
    }

    static Travelling.Closing helped(Clock clock) {
        return new Travelling.Closing(Optional.of(Travelling.Outcome.HELPED), LocalDate.now(clock));
    }
}
