// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.waymark.node.listing.Exposure;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Way;

/// Places as points on paper, north up: those that lie so close that a finger would touch several
/// are one pin.
///
/// @param width in units of which the narrowest phone shows one as one pixel
/// @param beyond so far from all others that they would push those together
/// @param untold what may not be on a map, or does not say exactly where it is
public record Sketch(
        int width,
        int height,
        List<Pin> pins,
        List<Town> towns,
        Scale scale,
        List<Listing> beyond,
        List<Listing> untold) {

    /// @param number from 1, in the order of the list
    public record Pin(int number, int x, int y, List<Listing> listings) {}

    /// The name of a town, below its pins.
    public record Town(String name, int x, int y) {}

    /// How long a distance is on the paper.
    public record Scale(double kilometres, int length) {}

    private static final int WIDTH = 328;
    private static final int LOWEST = 200;
    private static final int HIGHEST = 400;
    private static final int MARGIN = 28;

    // 32 units between the middles of pins of 28 (WCAG 2.2, 2.5.8 asks for 24).
    private static final int APART = 32;
    private static final int MOST_TOWNS = 8;
    private static final int BETWEEN_TOWNS = 60;
    private static final int BELOW_PIN = 28;

    private static final double KILOMETRES_OF_A_DEGREE = 111.2;

    // Nothing is drawn larger than this: two doors of one house are one place.
    private static final double LEAST_KILOMETRES = 0.3;

    // Who is so many times as far from the middle as half of the others, and so far at all, stands
    // beside the sketch.
    private static final int TIMES_AS_FAR = 6;
    private static final double FAR_KILOMETRES = 20;
    private static final double[] LENGTHS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500};

    private record At(Listing listing, Spot spot, double east, double north) {
        private double far() {
            return Math.hypot(east, north);
        }
    }

    /// @param listings in the order of the list
    public static Sketch of(List<Listing> listings) {
        var untold = new ArrayList<Listing>();
        var told = new ArrayList<At>();
        for (var listing : listings) {
            var spots = exact(listing);
            if (spots.isEmpty()) {
                untold.add(listing);
            }
            spots.forEach(spot -> told.add(at(listing, spot)));
        }
        var around = around(told);
        double usual = median(around, At::far);
        var far = Math.max(FAR_KILOMETRES, usual * TIMES_AS_FAR);
        var near = around.stream().filter(it -> it.far() <= far).toList();
        var drawn = near.stream().map(At::listing).toList();
        var beyond =
                around.stream()
                        .map(At::listing)
                        .filter(it -> !drawn.contains(it))
                        .distinct()
                        .toList();
        return drawn(near, beyond, untold);
    }

    private static List<Spot> exact(Listing listing) {
        return Exposure.allowsPlace(Way.MAP, listing) && listing.place() == Place.EXACT
                ? listing.spots().stream().filter(spot -> spot.point().isPresent()).toList()
                : List.of();
    }

    private static At at(Listing listing, Spot spot) {
        var point = spot.point().orElseThrow();
        return new At(listing, spot, point.longitude(), point.latitude());
    }

    /// The same in kilometres from the middle of all.
    private static List<At> around(List<At> degrees) {
        double east = median(degrees, At::east);
        double north = median(degrees, At::north);
        double narrower = Math.cos(Math.toRadians(north));
        return degrees.stream()
                .map(
                        it ->
                                new At(
                                        it.listing(),
                                        it.spot(),
                                        (it.east() - east) * narrower * KILOMETRES_OF_A_DEGREE,
                                        (it.north() - north) * KILOMETRES_OF_A_DEGREE))
                .toList();
    }

    private static double median(List<At> all, ToDoubleFunction<At> side) {
        return all.isEmpty()
                ? 0
                : all.stream().mapToDouble(side).sorted().toArray()[all.size() / 2];
    }

    private static Sketch drawn(List<At> near, List<Listing> beyond, List<Listing> untold) {
        double west = near.stream().mapToDouble(At::east).min().orElse(0);
        double east = near.stream().mapToDouble(At::east).max().orElse(0);
        double south = near.stream().mapToDouble(At::north).min().orElse(0);
        double north = near.stream().mapToDouble(At::north).max().orElse(0);
        double across = Math.max(LEAST_KILOMETRES, east - west);
        double down = Math.max(LEAST_KILOMETRES, north - south);
        double unit = Math.min((WIDTH - 2 * MARGIN) / across, (HIGHEST - 2 * MARGIN) / down);
        int height = Math.max(LOWEST, (int) Math.round((north - south) * unit) + 2 * MARGIN);
        double middleEast = (west + east) / 2;
        double middleNorth = (south + north) / 2;
        var pins = new ArrayList<Pin>();
        var towns = new LinkedHashMap<String, List<Pin>>();
        for (var it : near) {
            int x = (int) Math.round(WIDTH / 2.0 + (it.east() - middleEast) * unit);
            int y = (int) Math.round(height / 2.0 - (it.north() - middleNorth) * unit);
            var pin = pin(pins, it.listing(), x, y);
            if (!it.spot().city().isBlank()) {
                towns.computeIfAbsent(it.spot().city(), _ -> new ArrayList<>()).add(pin);
            }
        }
        return new Sketch(
                WIDTH,
                height,
                List.copyOf(pins),
                towns(towns, height),
                scale(unit),
                beyond,
                untold);
    }

    /// The pin that is already there, or a new one.
    private static Pin pin(List<Pin> pins, Listing listing, int x, int y) {
        var there =
                pins.stream()
                        .filter(it -> Math.hypot(it.x() - x, it.y() - y) < APART)
                        .min(Comparator.comparingDouble(it -> Math.hypot(it.x() - x, it.y() - y)));
        if (there.isEmpty()) {
            var pin = new Pin(pins.size() + 1, x, y, new ArrayList<>(List.of(listing)));
            pins.add(pin);
            return pin;
        }
        if (!there.get().listings().contains(listing)) {
            there.get().listings().add(listing);
        }
        return there.get();
    }

    /// The towns with most pins first; a name that would stand over another is left out.
    private static List<Town> towns(Map<String, List<Pin>> pins, int height) {
        var towns = new ArrayList<Town>();
        pins.entrySet().stream()
                .sorted(Comparator.comparingInt(it -> -it.getValue().size()))
                .forEach(
                        it -> {
                            var middle = it.getValue().get(it.getValue().size() / 2);
                            var town =
                                    new Town(
                                            it.getKey(),
                                            Math.clamp(middle.x(), 2 * MARGIN, WIDTH - 2 * MARGIN),
                                            Math.min(middle.y() + BELOW_PIN, height - 4));
                            if (towns.size() < MOST_TOWNS
                                    && towns.stream().allMatch(other -> isApart(town, other))) {
                                towns.add(town);
                            }
                        });
        return List.copyOf(towns);
    }

    private static boolean isApart(Town one, Town other) {
        return Math.abs(one.x() - other.x()) > BETWEEN_TOWNS * 2
                || Math.abs(one.y() - other.y()) > BETWEEN_TOWNS / 3;
    }

    /// The longest round distance that fits into a third of the paper.
    private static Scale scale(double unit) {
        double most = WIDTH / 3.0 / unit;
        double longest = LENGTHS[0];
        for (double length : LENGTHS) {
            longest = length <= most ? length : longest;
        }
        return new Scale(longest, (int) Math.round(longest * unit));
    }
}
