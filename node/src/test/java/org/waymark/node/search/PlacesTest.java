// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.waymark.node.search.SearchEntry.Point;
import org.waymark.node.search.SearchEntry.Spot;

class PlacesTest {

    private static final float NOWHERE = Float.POSITIVE_INFINITY;

    private final Places places = places();

    private static Places places() {
        var places = new Places(5);
        places.add(0, spot("Lindmar", "L1 2AB", 50.00, 10.00, true));
        places.add(1, spot("Lindmar", "l1-2ac", 50.01, 10.00, true));
        places.add(2, spot("Lindmar", "L9 1AA", 50.10, 10.00, false));
        places.add(3, Spot.in("Östby", "77001", Optional.empty(), true));
        places.add(4, spot("Ulmby", "", 51.00, 11.00, false));
        places.settle();
        return places;
    }

    private static Spot spot(
            String town, String postcode, double latitude, double longitude, boolean drawn) {
        return Spot.in(town, postcode, Optional.of(new Point(latitude, longitude)), drawn);
    }

    @Test
    void aPostcodeIsTheMiddleOfThoseThatHaveItHoweverItIsWritten() {
        assertThat(found("L12AB")).contains("#L12AB");
        assertThat(found(" l1 2-ab ")).contains("#L12AB");

        var far = places.distances(code("L12AB"));
        assertThat(far[0]).isZero();
        assertThat(far[1]).isCloseTo(1.1f, within(0.05f));
        assertThat(far[3]).isEqualTo(NOWHERE);
    }

    @Test
    void aPostcodeThatNobodyHasIsTheOnesThatBeginMostLikeIt() {
        assertThat(found("L1 2ZZ")).contains("#L12");
        assertThat(found("L9 9ZZ")).as("less than half of it is known").isEmpty();
        assertThat(found("88001")).isEmpty();
        assertThat(places.distances(code("88001"))).containsOnly(NOWHERE);
    }

    @Test
    void digitsOfEveryScriptAreTheSame() {
        assertThat(found("٧٧٠٠١")).contains("#77001");
        assertThat(Postcode.code("Lindmar")).as("no postcode without a digit").isEmpty();
        assertThat(Postcode.code("7")).isEmpty();
        assertThat(Postcode.code("123456789012345")).isEmpty();
    }

    @Test
    void aPostcodeWithoutAnyPointIsItsTown() {
        var far = places.distances(code("77001"));

        assertThat(far[3]).isZero();
        assertThat(far[0]).isEqualTo(NOWHERE);
    }

    @Test
    void whereATownIsIsSaidByPointsThatMayBeDrawnAlone() {
        assertThat(places.drawn()).containsOnlyKeys("lindmar");
        assertThat(places.drawn().values()).allMatch(point -> point.latitude() < 50.05);
        assertThat(places.names()).containsOnlyKeys("lindmar", "ostby", "ulmby");
    }

    private Optional<String> found(String typed) {
        return Postcode.code(typed).flatMap(places::find);
    }

    private static String code(String typed) {
        return Postcode.code(typed).orElseThrow();
    }
}
