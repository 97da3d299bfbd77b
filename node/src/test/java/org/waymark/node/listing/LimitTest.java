// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.privacy.KeyFolders;
import org.waymark.node.privacy.LimitLedger;

/// A limit lets nobody see what they could not see under it, whatever was decided before.
class LimitTest {

    @Test
    void nothingLeavesThatTheLimitOrTheRulingDidNotLetLeave() {
        for (var limit : all()) {
            for (var before : all()) {
                var narrowed = limit.narrow(ruling(before));

                assertThat(ways(narrowed))
                        .as("%s within %s", before, limit)
                        .isSubsetOf(ways(ruling(before)))
                        .isSubsetOf(ways(ruling(limit)));
                assertThat(narrowed.place()).isGreaterThanOrEqualTo(limit.place());
                assertThat(narrowed.place()).isGreaterThanOrEqualTo(before.place());
            }
        }
    }

    @Test
    void whatIsWithinTheLimitStaysAsItIs() {
        var limit = new Limit(false, Review.State.PUBLISHED, Kind.HELP, Reach.SITE, Place.AREA);
        var inside = ruling(limit);
        var wide = new Limit(false, Review.State.PUBLISHED, Kind.HELP, Reach.PUBLIC, Place.EXACT);

        assertThat(limit.narrow(inside)).isSameAs(inside);
        assertThat(wide.isWidest()).isTrue();
        assertThat(wide.narrow(inside)).isSameAs(inside);
    }

    @Test
    void everyLessIsBelowAndNothingIsBelowItself() {
        for (var one : all()) {
            assertThat(one.isBelow(one)).isFalse();
            for (var other : all()) {
                if (!ways(ruling(other)).stream().allMatch(ways(ruling(one))::contains)) {
                    assertThat(one.isBelow(other)).as("%s below %s", one, other).isTrue();
                }
            }
            assertThat(Limit.parse(one.text())).isEqualTo(one);
        }
    }

    @Test
    void aLimitThatCannotBeReadStopsTheStart(@TempDir Path temporary) {
        var ledger = new LimitLedger(KeyFolders.in(temporary));
        ledger.add(0, Map.of(UUID.randomUUID(), "OPEN PUBLISHED HELP SITE EXACTLY"));

        assertThatThrownBy(() -> new Limits(ledger))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("limit-ledger");
    }

    private static Set<Way> ways(Ruling ruling) {
        var ways = new HashSet<Way>();
        for (var way : Way.values()) {
            if (Exposure.allows(
                    way,
                    ruling.kind(),
                    ruling.reach(),
                    ruling.review().state(),
                    Status.ACTIVE,
                    false)) {
                ways.add(way);
            }
        }
        return ways;
    }

    private static Ruling ruling(Limit limit) {
        return new Ruling(
                limit.kind(),
                limit.reach(),
                limit.place(),
                new Review(limit.review(), Set.of(), Optional.empty()));
    }

    private static List<Limit> all() {
        var all = new ArrayList<Limit>();
        for (var review : Review.State.values()) {
            for (var kind : Kind.values()) {
                for (var reach : Reach.values()) {
                    for (var place : Place.values()) {
                        all.add(new Limit(false, review, kind, reach, place));
                    }
                }
            }
        }
        return all;
    }
}
