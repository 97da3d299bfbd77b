// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which places are meant by a postcode, and how far around it.
///
/// The middle of a postcode is that of the public places here that have it: no map is asked, and
/// nobody else learns what was looked for.
final class HsdsProximity {

    private static final double EARTH_METRES = 6_371_000;

    private final Optional<String> postcode;
    private final Optional<Integer> metres;
    private final Optional<Spot.Point> middle;

    private HsdsProximity(
            Optional<String> postcode, Optional<Integer> metres, Optional<Spot.Point> middle) {
        this.postcode = postcode;
        this.metres = metres;
        this.middle = middle;
    }

    static HsdsProximity of(HsdsQuery query, List<HsdsFacts.Fact> all) {
        var postcode = query.text(HsdsParameter.POSTCODE).map(HsdsFacts::postcode);
        return new HsdsProximity(
                postcode,
                query.number(HsdsParameter.PROXIMITY),
                postcode.flatMap(it -> middle(it, all)));
    }

    private static Optional<Spot.Point> middle(String postcode, List<HsdsFacts.Fact> all) {
        var points =
                all.stream()
                        .flatMap(service -> service.places().stream())
                        .filter(at -> at.postcode().equals(postcode))
                        .flatMap(at -> at.point().stream())
                        .toList();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Spot.Point(
                                points.stream().mapToDouble(Spot.Point::latitude).sum()
                                        / points.size(),
                                points.stream().mapToDouble(Spot.Point::longitude).sum()
                                        / points.size()));
    }

    /// The places of services that are meant, each with its service.
    Map<UUID, UUID> places(List<HsdsFacts.Fact> services) {
        var found = new LinkedHashMap<UUID, UUID>();
        for (var service : services) {
            for (var at : service.places()) {
                if (isMeant(at)) {
                    found.put(at.id(), service.id());
                }
            }
        }
        return found;
    }

    private boolean isMeant(HsdsFacts.At at) {
        if (postcode.isEmpty()) {
            return true;
        }
        if (metres.isPresent()) {
            return middle.isPresent()
                    && at.point()
                            .filter(point -> metres(point, middle.get()) <= metres.get())
                            .isPresent();
        }
        return at.postcode().equals(postcode.get()) || names(at.areas(), postcode.get());
    }

    /// Whether one word, or some words in a row, are the postcode.
    private static boolean names(List<String> words, String postcode) {
        for (int from = 0; from < words.size(); from++) {
            var joined = "";
            for (int to = from; to < words.size() && postcode.startsWith(joined); to++) {
                joined += words.get(to);
                if (joined.equals(postcode)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double metres(Spot.Point one, Spot.Point other) {
        var height = Math.toRadians(other.latitude() - one.latitude());
        var width =
                Math.toRadians(other.longitude() - one.longitude())
                        * Math.cos(Math.toRadians((one.latitude() + other.latitude()) / 2));
        return EARTH_METRES * Math.hypot(height, width);
    }
}
