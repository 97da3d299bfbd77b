// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Safety rules 1 and 2 as a table, written a second time: a change in one place only is red.
class ExposureTest {

    @ParameterizedTest
    @CsvSource({
        // kind, reach, copy: ways
        "HELP, PUBLIC, false, PAGE SEARCH PRINT MAP SITEMAP JSON_LD FEED HSDS EXPORT OUTBOX"
                + " PARTNER_OUTBOX",
        "PUBLIC_OFFICE, PUBLIC, false, PAGE SEARCH PRINT MAP SITEMAP JSON_LD FEED HSDS EXPORT OUTBOX"
                + " PARTNER_OUTBOX",
        "HELP, PUBLIC, true, PAGE SEARCH PRINT MAP SITEMAP JSON_LD FEED",
        "HELP, SITE, false, PAGE SEARCH PRINT",
        "HELP, SITE, true, PAGE SEARCH PRINT",
        "HELP, PARTNERS, false, PARTNER_OUTBOX",
        "HELP, PARTNERS, true, -",
        "HELP, STAFF, false, -",
        "ENFORCEMENT, PUBLIC, false, PAGE",
        "ENFORCEMENT, SITE, false, PAGE",
        "ENFORCEMENT, PARTNERS, false, -",
        "ENFORCEMENT, STAFF, false, -",
    })
    void whatIsPublishedLeavesByTheseWaysOnly(Kind kind, Reach reach, boolean copy, String ways) {
        assertThat(ways(kind, reach, Review.State.PUBLISHED, Status.ACTIVE, copy))
                .isEqualTo(
                        ways.equals("-")
                                ? Set.of()
                                : Arrays.stream(ways.split(" "))
                                        .map(Way::valueOf)
                                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Review.State.class,
            names = {"WAITING", "HELD"})
    void whatIsInReviewLeavesByNoWay(Review.State state) {
        for (var reach : Reach.values()) {
            assertThat(ways(Kind.HELP, reach, state, Status.ACTIVE, false)).isEmpty();
        }
    }

    @Test
    void aClosedServiceLeavesByNoWayAndOneClosedForAWhileStays() {
        assertThat(published(Status.DEFUNCT)).isEmpty();
        assertThat(published(Status.TEMPORARILY_CLOSED)).contains(Way.PAGE, Way.HSDS);
    }

    private static Set<Way> published(Status status) {
        return ways(Kind.HELP, Reach.PUBLIC, Review.State.PUBLISHED, status, false);
    }

    private static Set<Way> ways(
            Kind kind, Reach reach, Review.State state, Status status, boolean copy) {
        var ways = EnumSet.noneOf(Way.class);
        for (var way : Way.values()) {
            if (Exposure.allows(way, kind, reach, state, status, copy)) {
                ways.add(way);
            }
        }
        return ways;
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, SITE, false",
        "SITE, PUBLIC, true",
        "SITE, PARTNERS, true",
        "PARTNERS, SITE, true",
        "STAFF, PARTNERS, true",
        "PARTNERS, STAFF, false",
        "SITE, SITE, false",
    })
    void reachIsRaisedWhenSomeoneNewSees(Reach from, Reach to, boolean raises) {
        assertThat(from.raisesTo(to)).isEqualTo(raises);
    }
}
