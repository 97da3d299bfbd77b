// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.ReferralEvent.Kind;

class ConsentTest {

    // Half a day from Greenwich, to the east and to the west.
    private static final String EAST = "Pacific/Auckland";
    private static final String WEST = "America/Los_Angeles";

    @Test
    void isReadWithoutTheMembersThatCameLater() {
        var said =
                """
                {"basis":"consent","givenBy":"self","method":"spoken","language":"ar","interpreter":false,
                 "items":["need","contact"],"givenAt":"2026-01-05T09:00:00Z","until":"2026-06-30",
                 "mayContact":true,"outcomeBack":true}
                """;

        var consent = ReferralJson.read(said, Consent.class);

        assertThat(consent.onward()).isEmpty();
        assertThat(consent.childAgreed()).isEmpty();
    }

    /// The day ends where the node is: when the clock rings, nothing goes any more, and not before.
    @ParameterizedTest
    @ValueSource(strings = {EAST, WEST})
    void lastsToTheEndOfItsLastDayWhereTheNodeIs(String zone) {
        var clock = new TestClock();
        try (var node = TestNode.still(clock, "shelter", "The Shelter", "zone=" + zone)) {
            // As what a person asks comes: through the node, to its own house.
            var acting = node.acting();
            var beds = node.domains().listings().add(acting, Samples.beds()).id();
            var referrals = node.domains().referrals();
            var lastDay = LocalDate.now(clock).plusDays(3);
            var early = agreed(referrals, acting, beds, clock, lastDay);
            var late = agreed(referrals, acting, beds, clock, lastDay);
            var end = lastDay.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();

            clock.advance(Duration.between(clock.instant(), end.minusSeconds(60)));

            assertThat(referrals.send(acting, early)).isInstanceOf(MoveOutcome.Moved.class);
            node.runDue();
            assertThat(kinds(referrals, acting, early)).doesNotContain(Kind.CONSENT_ENDED);

            clock.advance(Duration.ofSeconds(60));

            assertThat(referrals.send(acting, late))
                    .isEqualTo(new MoveOutcome.Refused(Why.CONSENT_MISSING));
            node.runDue();
            assertThat(kinds(referrals, acting, early)).containsOnlyOnce(Kind.CONSENT_ENDED);
        }
    }

    private static ReferralId agreed(
            Referrals referrals,
            Acting acting,
            ListingId listing,
            TestClock clock,
            LocalDate until) {
        var id = ((MoveOutcome.Moved) referrals.draft(acting, Samples.wanted(listing))).referral();
        referrals.recordConsent(acting, id.id(), Samples.spoken(clock, until));
        return id.id();
    }

    private static List<Kind> kinds(Referrals referrals, Acting acting, ReferralId id) {
        return referrals.find(acting, id).orElseThrow().timeline().stream()
                .map(ReferralEvent::kind)
                .toList();
    }
}
