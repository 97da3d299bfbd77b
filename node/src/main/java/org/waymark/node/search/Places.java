// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Where the entries are, and how far from the middle of a place. Nobody's own position is ever
/// asked for: one searches near to a place that entries are in.
final class Places {

    private static final double EARTH_KILOMETRES = 6371.0;

    // 8 places of 80 kB at 20,000 entries.
    private static final int REMEMBERED = 8;

    /// The middle of all points in a place.
    private static final class Middle {
        private final Map<String, Integer> names = new HashMap<>();
        private final List<SearchEntry.Point> points = new ArrayList<>();
        private double latitude = Double.NaN;
        private double longitude = Double.NaN;

        /// The median, so that a mistake in one address moves nothing.
        private void settle() {
            if (!points.isEmpty()) {
                latitude = median(SearchEntry.Point::latitude);
                longitude = median(SearchEntry.Point::longitude);
                points.clear();
            }
        }

        private double median(ToDoubleFunction<SearchEntry.Point> side) {
            return points.stream().mapToDouble(side).sorted().toArray()[points.size() / 2];
        }

        private boolean isKnown() {
            return !Double.isNaN(latitude);
        }

        private String name() {
            return Collections.max(
                            names.entrySet(),
                            Map.Entry.<String, Integer>comparingByValue()
                                    .thenComparing(Map.Entry.comparingByKey()))
                    .getKey();
        }
    }

    private record At(int entry, Middle place, float latitude, float longitude) {
        private boolean hasPoint() {
            return !Float.isNaN(latitude);
        }
    }

    private final int size;
    private final TreeMap<String, Middle> middles = new TreeMap<>();
    private final TreeMap<String, String> names = new TreeMap<>();
    private final List<At> all = new ArrayList<>();
    private final Map<String, float[]> distances =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// @param size how many entries there are
    Places(int size) {
        this.size = size;
    }

    void add(int entry, SearchEntry.Spot spot) {
        var middle = middles.computeIfAbsent(spot.place(), _ -> new Middle());
        middle.names.merge(spot.name(), 1, Integer::sum);
        spot.point().ifPresent(middle.points::add);
        all.add(
                new At(
                        entry,
                        middle,
                        spot.point().map(point -> (float) point.latitude()).orElse(Float.NaN),
                        spot.point().map(point -> (float) point.longitude()).orElse(Float.NaN)));
    }

    /// All are added.
    void settle() {
        middles.forEach(
                (code, middle) -> {
                    middle.settle();
                    names.put(code, middle.name());
                });
    }

    /// Codes of all places, with their names.
    Map<String, String> names() {
        return Collections.unmodifiableMap(names);
    }

    /// Kilometres of each entry from a place; infinite where nobody knows. An entry that names its
    /// town only counts as being in the middle of it.
    float[] distances(String place) {
        synchronized (distances) {
            return distances.computeIfAbsent(place, this::measure);
        }
    }

    private float[] measure(String place) {
        var found = new float[size];
        Arrays.fill(found, Float.POSITIVE_INFINITY);
        if (!(middles.get(place) instanceof Middle middle)) {
            return found;
        }
        for (var at : all) {
            found[at.entry()] = Math.min(found[at.entry()], distance(middle, at));
        }
        return found;
    }

    private static float distance(Middle from, At to) {
        if (!from.isKnown() || (!to.hasPoint() && !to.place().isKnown())) {
            return from == to.place() ? 0 : Float.POSITIVE_INFINITY;
        }
        return to.hasPoint()
                ? kilometres(from.latitude, from.longitude, to.latitude(), to.longitude())
                : kilometres(
                        from.latitude, from.longitude, to.place().latitude, to.place().longitude);
    }

    /// How far an entry is, if it says exactly where.
    OptionalDouble exact(String place, int entry) {
        if (!(middles.get(place) instanceof Middle middle) || !middle.isKnown()) {
            return OptionalDouble.empty();
        }
        return all.stream()
                .filter(at -> at.entry() == entry && at.hasPoint())
                .mapToDouble(at -> distance(middle, at))
                .min();
    }

    // Haversine; half a percent is exact enough for "2.4 km".
    static float kilometres(double latitude, double longitude, double toLat, double toLon) {
        double north = Math.toRadians(toLat - latitude) / 2;
        double east = Math.toRadians(toLon - longitude) / 2;
        double a =
                Math.pow(Math.sin(north), 2)
                        + Math.cos(Math.toRadians(latitude))
                                * Math.cos(Math.toRadians(toLat))
                                * Math.pow(Math.sin(east), 2);
        return (float) (2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(a))));
    }
}
