// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

class SketchTest {

    private static TestNode node;
    private static Listing harbour;
    private static Listing market;
    private static Listing nextDoor;
    private static Listing area;
    private static Listing onlyHere;
    private static Listing otherEnd;

    @BeforeAll
    static void plant() {
        node = TestNode.still(new TestClock(), "shelter", "The Shelter");
        harbour = add("Harbour", 50.00, 10.00, Place.EXACT, Reach.PUBLIC);
        market = add("Market", 50.02, 10.03, Place.EXACT, Reach.PUBLIC);
        nextDoor = add("Next door", 50.0201, 10.0301, Place.EXACT, Reach.PUBLIC);
        area = add("Area", 50.01, 10.01, Place.AREA, Reach.PUBLIC);
        onlyHere = add("Only here", 50.01, 10.01, Place.EXACT, Reach.SITE);
        otherEnd = add("Other end", -33.0, 151.0, Place.EXACT, Reach.PUBLIC);
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @Test
    void northIsUpAndEastIsAtTheEndOfTheLine() {
        var sketch = Sketch.of(List.of(harbour, market));

        var south = sketch.pins().get(0);
        var north = sketch.pins().get(1);
        assertThat(south.number()).isEqualTo(1);
        assertThat(north.y()).isLessThan(south.y());
        assertThat(north.x()).isGreaterThan(south.x());
        assertThat(sketch.pins())
                .allSatisfy(
                        pin -> {
                            assertThat(pin.x()).isBetween(14, sketch.width() - 14);
                            assertThat(pin.y()).isBetween(14, sketch.height() - 14);
                        });
        assertThat(sketch.towns()).extracting(Sketch.Town::name).containsExactly("Lindmar");
    }

    @Test
    void whatAFingerCannotTellApartIsOnePin() {
        var sketch = Sketch.of(List.of(harbour, market, nextDoor));

        assertThat(sketch.pins()).hasSize(2);
        assertThat(sketch.pins().get(1).listings()).containsExactly(market, nextDoor);
    }

    @Test
    void onlyWhatMayBeOnAMapAndSaysWhereItIsIsDrawn() {
        var sketch = Sketch.of(List.of(harbour, area, onlyHere));

        assertThat(sketch.pins()).hasSize(1);
        assertThat(sketch.untold()).containsExactly(area, onlyHere);
    }

    @Test
    void whatIsFarFromAllOthersDoesNotPushThemTogether() {
        var sketch = Sketch.of(List.of(harbour, market, nextDoor, otherEnd));

        assertThat(sketch.beyond()).containsExactly(otherEnd);
        assertThat(sketch.pins()).hasSize(2);
    }

    @Test
    void theScaleIsALengthOnTheSamePaper() {
        var sketch = Sketch.of(List.of(harbour, market));

        assertThat(sketch.scale().length()).isBetween(10, sketch.width() / 3 + 1);
        double unit = sketch.scale().length() / sketch.scale().kilometres();
        var far =
                Math.hypot(
                        sketch.pins().get(0).x() - sketch.pins().get(1).x(),
                        sketch.pins().get(0).y() - sketch.pins().get(1).y());
        // 2.2 km to the north and 2.1 km to the east.
        assertThat(far / unit).isBetween(2.9, 3.3);
    }

    @Test
    void nothingToDrawIsNoSketch() {
        assertThat(Sketch.of(List.of()).pins()).isEmpty();
        assertThat(Sketch.of(List.of(area)).pins()).isEmpty();
    }

    private static Listing add(
            String name, double latitude, double longitude, Place place, Reach reach) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.LANGUAGE))
                                .place(place)
                                .reach(reach)
                                .spots(
                                        List.of(
                                                new Spot(
                                                        new UUID(0, 0),
                                                        "",
                                                        List.of("1 Street"),
                                                        "Lindmar",
                                                        "",
                                                        "1",
                                                        "XX",
                                                        Optional.of(
                                                                new Spot.Point(
                                                                        latitude, longitude)),
                                                        "",
                                                        List.of())))
                                .build());
    }
}
