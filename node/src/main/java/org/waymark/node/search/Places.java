// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Where the entries are, and how far from the middle of a place: of a town, or of a postcode.
/// Nobody's own position is ever asked for: one searches near to a place that entries are in.
final class Places {

    private static final double EARTH_KILOMETRES = 6371.0;

    // 8 places of 80 kB at 20,000 entries.
    private static final int REMEMBERED = 8;

    /// The middle of all points in a place.
    private static final class Middle {
        private final Map<String, Integer> names = new HashMap<>();
        private final List<SearchEntry.Point> points = new ArrayList<>();
        private final List<SearchEntry.Point> drawn = new ArrayList<>();
        private double latitude = Double.NaN;
        private double longitude = Double.NaN;
        private Optional<SearchEntry.Point> shown = Optional.empty();

        // Of a postcode.
        private Optional<Middle> town = Optional.empty();

        private void add(SearchEntry.Spot spot) {
            names.merge(spot.name(), 1, Integer::sum);
            spot.point().ifPresent(points::add);
            spot.point().filter(_ -> spot.drawn()).ifPresent(drawn::add);
        }

        /// The median, so that a mistake in one address moves nothing.
        private void settle() {
            if (!points.isEmpty()) {
                var middle = median(points);
                latitude = middle.latitude();
                longitude = middle.longitude();
            }
            if (!drawn.isEmpty()) {
                shown = Optional.of(median(drawn));
            }
            points.clear();
            drawn.clear();
        }

        private static SearchEntry.Point median(List<SearchEntry.Point> points) {
            return new SearchEntry.Point(
                    median(points, SearchEntry.Point::latitude),
                    median(points, SearchEntry.Point::longitude));
        }

        private static double median(
                List<SearchEntry.Point> points, ToDoubleFunction<SearchEntry.Point> side) {
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
    private final TreeMap<String, Middle> postcodes = new TreeMap<>();
    private final TreeMap<String, SearchEntry.Point> drawn = new TreeMap<>();
    private final TreeMap<String, String> names = new TreeMap<>();
    private final List<At> all = new ArrayList<>();

    // Where those of each entry begin among all, once they are in its order.
    private int[] begin = {};
    private final Map<String, Measured> measured =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Measured> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// How far all entries are from a place, and where that is.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Measured(Optional<Middle> from, float[] distances) {}

    /// @param size how many entries there are
    Places(int size) {
        this.size = size;
    }

    void add(int entry, SearchEntry.Spot spot) {
        var middle = middles.computeIfAbsent(spot.place(), _ -> new Middle());
        middle.add(spot);
        Postcode.code(spot.postcode())
                .ifPresent(
                        code -> {
                            var area = postcodes.computeIfAbsent(code, _ -> new Middle());
                            area.add(spot);
                            area.town = Optional.of(middle);
                        });
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
                    middle.shown.ifPresent(point -> drawn.put(code, point));
                });
        postcodes.values().forEach(Middle::settle);
        all.sort(Comparator.comparingInt(At::entry));
        begin = new int[size + 1];
        for (var at : all) {
            begin[at.entry() + 1]++;
        }
        for (int entry = 0; entry < size; entry++) {
            begin[entry + 1] += begin[entry];
        }
    }

    /// Codes of all places, with their names.
    Map<String, String> names() {
        return Collections.unmodifiableMap(names);
    }

    /// The middles of places, by their codes, as far as points that may be drawn show them.
    Map<String, SearchEntry.Point> drawn() {
        return Collections.unmodifiableMap(drawn);
    }

    /// The place that a code means: itself, or the postcodes that begin most like it.
    Optional<String> find(String code) {
        return Postcode.is(code)
                ? Postcode.nearest(code, postcodes)
                : Optional.of(code).filter(middles::containsKey);
    }

    private Optional<Middle> middle(String code) {
        if (!Postcode.is(code)) {
            return Optional.ofNullable(middles.get(code));
        }
        return find(code)
                .map(it -> Postcode.beginningWith(it, postcodes).values())
                .map(areas -> areas.size() == 1 ? areas.iterator().next() : together(areas));
    }

    /// The middle of several postcodes, or of their town when no entry there says where it is.
    private Middle together(Collection<Middle> areas) {
        var all = new Middle();
        areas.stream()
                .filter(Middle::isKnown)
                .forEach(it -> all.points.add(new SearchEntry.Point(it.latitude, it.longitude)));
        all.settle();
        all.town = areas.iterator().next().town;
        return all;
    }

    /// Kilometres of each entry from a place; infinite where nobody knows. An entry that names its
    /// town only counts as being in the middle of it.
    float[] distances(String place) {
        return measured(place).distances();
    }

    private Measured measured(String place) {
        synchronized (measured) {
            // By what is known here, and never by what somebody typed.
            return measured.computeIfAbsent(find(place).orElse(""), this::measure);
        }
    }

    private Measured measure(String place) {
        var found = new float[size];
        Arrays.fill(found, Float.POSITIVE_INFINITY);
        var middle = middle(place).map(Places::known);
        middle.ifPresent(
                from -> {
                    for (var at : all) {
                        found[at.entry()] = Math.min(found[at.entry()], distance(from, at));
                    }
                });
        return new Measured(middle, found);
    }

    private static Middle known(Middle middle) {
        return middle.isKnown() ? middle : middle.town.orElse(middle);
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
        var middle = measured(place).from().filter(Middle::isKnown);
        if (middle.isEmpty()) {
            return OptionalDouble.empty();
        }
        return all.subList(begin[entry], begin[entry + 1]).stream()
                .filter(At::hasPoint)
                .mapToDouble(at -> distance(middle.get(), at))
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
