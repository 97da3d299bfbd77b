// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// All houses of a publisher that no listing tells exactly, as they were at one moment: what is
/// written into a place afterwards, by whichever road, is held against them (safety rule 2). Their
/// streets are found in every text of a place, whatever its town, their names where a place is
/// named, their points near its point.
final class HiddenHouses {

    private static final int AT_ONCE = 100;
    // 50 m: as far as two services that look addresses up differ.
    private static final double NEAR_METRES = 50;
    // 5 m: the same point, written with more or fewer digits.
    private static final double SAME_METRES = 5;
    private static final double METRES_PER_DEGREE = 111_195;

    /// Members of an address that are held against lines of addresses.
    static final Set<String> LINES = Set.of("address_1", "address_2", "attention");

    /// @param line as it is always written
    /// @param told the most that any listing there tells
    private record House(String line, String city, Place told) {}

    private record Named(String city, Place told) {}

    /// @param told the most that any listing there tells
    private record At(Spot.Point point, Place told) {}

    private record Line(String text, String city) {
        String told() {
            return HouseWords.line(text) + "|" + city;
        }
    }

    /// What is known of a house by what is written of it.
    record Known(
            String name,
            String city,
            List<String> first,
            List<Line> lines,
            Optional<Spot.Point> point) {

        static Known of(JsonNode location) {
            var spot = Profile.spot(location);
            return new Known(
                    spot.name(),
                    HouseWords.compact(spot.city()),
                    spot.street().stream().limit(1).toList(),
                    linesOf(location),
                    spot.point());
        }
    }

    private final Map<UUID, Place> locations = new HashMap<>();
    private final Map<HouseWords.Key, List<House>> houses = new HashMap<>();
    private final Map<String, List<Named>> names = new HashMap<>();
    private final Set<String> numbers = new HashSet<>();
    private final List<At> points = new ArrayList<>();
    private final Set<String> toldLines = new HashSet<>();
    private final Set<String> toldNames = new HashSet<>();
    private final Set<Spot.Point> toldPoints = new HashSet<>();
    private final Set<UUID> told = new HashSet<>();

    private HiddenHouses() {}

    /// Reads all places of the publisher.
    static HiddenHouses of(Database database, OrganizationId publisher) {
        var all = database.read(tx -> AggregateTable.toldOf(tx, publisher, Optional.empty()));
        var found = new HiddenHouses();
        var ids = List.copyOf(all.keySet());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            var some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            database.read(tx -> found.add(tx, some, all));
        }
        var said = database.read(tx -> AggregateTable.toldNamesOf(tx, publisher));
        return found.settled(said);
    }

    /// How precisely a service may say where it is at a place as it is going to be, without a
    /// second person. Ask before it is stored. Most places are held against hidden houses only; all
    /// others are read, a hundred at a time, for one that seems to be one of these.
    ///
    /// @param except a service for which its own place is not hidden
    static Place limit(
            Transaction tx, OrganizationId publisher, Optional<UUID> except, ObjectNode location) {
        var all = AggregateTable.toldOf(tx, publisher, except);
        var hidden = all.keySet().stream().filter(it -> all.get(it) != Place.EXACT).toList();
        if (hidden.isEmpty()) {
            return Place.EXACT;
        }
        var found = new HiddenHouses();
        found.addAll(tx, hidden, all);
        if (found.limit(location) == Place.EXACT) {
            return Place.EXACT;
        }
        found.addAll(
                tx, all.keySet().stream().filter(it -> all.get(it) == Place.EXACT).toList(), all);
        return found.settled(AggregateTable.toldNamesOf(tx, publisher)).limit(location);
    }

    /// Whether one of these texts names a house that no listing tells, however it is stored now.
    static boolean areNaming(Transaction tx, OrganizationId publisher, Collection<String> texts) {
        var some = texts.stream().filter(HouseWords::hasDigit).toList();
        return !some.isEmpty()
                && hidden(tx, publisher).isNamedBy(some)
                && settled(tx, publisher).isNamedBy(some);
    }

    /// Those that some listing hides; others may tell them. A few, where [#settled] reads all.
    static HiddenHouses hidden(Transaction tx, OrganizationId publisher) {
        var all = AggregateTable.toldOf(tx, publisher, Optional.empty());
        var found = new HiddenHouses();
        found.addAll(
                tx, all.keySet().stream().filter(it -> all.get(it) != Place.EXACT).toList(), all);
        return found;
    }

    /// All houses that no listing tells.
    static HiddenHouses settled(Transaction tx, OrganizationId publisher) {
        var all = AggregateTable.toldOf(tx, publisher, Optional.empty());
        var found = new HiddenHouses();
        found.addAll(tx, List.copyOf(all.keySet()), all);
        return found.settled(AggregateTable.toldNamesOf(tx, publisher));
    }

    boolean isEmpty() {
        return houses.isEmpty() && names.isEmpty() && points.isEmpty();
    }

    /// The same for houses that were read before.
    boolean isNamedBy(Collection<String> texts) {
        return texts.stream()
                .filter(it -> HouseWords.hasOneOf(it, numbers))
                .anyMatch(it -> inText(it, _ -> true) != Place.EXACT);
    }

    /// All texts that are written in an object, in whatever member and language, but those that are
    /// held.
    static List<String> textsOf(JsonNode json) {
        return texts(json, new ArrayList<>());
    }

    /// All texts that a service says, and all that it shares with others but its places, which are
    /// held against these houses by themselves.
    static List<String> textsOf(Aggregate service, Map<UUID, Aggregate> parts) {
        var texts = textsOf(service.json());
        for (var id : service.parts()) {
            var part = parts.get(id);
            if (part != null && part.type() != Aggregate.Type.LOCATION) {
                texts.addAll(textsOf(part.json()));
            }
        }
        return texts;
    }

    private void addAll(Transaction tx, List<UUID> ids, Map<UUID, Place> all) {
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            add(tx, ids.subList(from, Math.min(ids.size(), from + AT_ONCE)), all);
        }
    }

    private int add(Transaction tx, List<UUID> ids, Map<UUID, Place> all) {
        for (var location : AggregateTable.listByIds(tx, ids).values()) {
            var level = all.getOrDefault(location.id(), Place.EXACT);
            var known = Known.of(location.json());
            if (level == Place.EXACT) {
                told.add(location.id());
                known.lines().forEach(it -> toldLines.add(it.told()));
                known.point().ifPresent(toldPoints::add);
                toldNames.add(HouseWords.compact(known.name()) + "|" + known.city());
            } else {
                locations.put(location.id(), level);
                hide(known, level);
                if (isName(known.name())) {
                    names.computeIfAbsent(HouseWords.compact(known.name()), _ -> new ArrayList<>())
                            .add(new Named(known.city(), level));
                }
            }
        }
        return ids.size();
    }

    /// Adds the street and the point of one that is going to be hidden, unless they are told.
    void hide(Known known, Place level) {
        for (var line : known.lines()) {
            var house = new House(HouseWords.line(line.text()), line.city(), level);
            if (!isTold(line)) {
                HouseWords.ofLine(line.text()).forEach(it -> put(it, house));
            }
        }
        for (var line : known.first()) {
            var city = known.lines().isEmpty() ? "" : known.lines().getFirst().city();
            if (line.length() > 2 && !HouseWords.hasNumber(line) && !isTold(new Line(line, city))) {
                put(HouseWords.whole(line), new House(HouseWords.line(line), city, level));
            }
        }
        known.point().filter(it -> !isTold(it)).ifPresent(it -> points.add(new At(it, level)));
    }

    private void put(HouseWords.Key key, House house) {
        houses.computeIfAbsent(key, _ -> new ArrayList<>()).add(house);
        numbers.add(key.number());
    }

    /// @param said what providers and services are called is told, wherever they are
    private HiddenHouses settled(Set<String> said) {
        houses.values()
                .forEach(
                        all -> all.removeIf(it -> toldLines.contains(it.line() + "|" + it.city())));
        houses.values().removeIf(List::isEmpty);
        points.removeIf(it -> isTold(it.point()));
        names.forEach(
                (name, all) -> all.removeIf(it -> toldNames.contains(name + "|" + it.city())));
        names.values().removeIf(List::isEmpty);
        said.forEach(it -> names.remove(HouseWords.compact(it)));
        return this;
    }

    /// Whether some listing tells this place, as it was.
    boolean isTold(UUID location) {
        return told.contains(location);
    }

    private boolean isTold(Line line) {
        return !toldLines.isEmpty() && toldLines.contains(line.told());
    }

    private boolean isTold(Spot.Point point) {
        return toldPoints.contains(point)
                || toldPoints.stream().anyMatch(it -> metres(it, point) <= SAME_METRES);
    }

    /// How precisely a service at this place may say where it is, without a second person.
    Place limit(UUID location) {
        return locations.getOrDefault(location, Place.EXACT);
    }

    /// The same for a place as it is going to be, whichever it was.
    Place limit(ObjectNode location) {
        if (isEmpty()) {
            return Place.EXACT;
        }
        var most = Place.EXACT;
        for (var line : linesOf(location)) {
            if (!isTold(line)) {
                most = less(most, inText(line.text(), it -> isLike(it.city(), line.city())));
            }
        }
        for (var text : texts(location, new ArrayList<>())) {
            most = less(most, inText(text, _ -> true));
        }
        var spot = Profile.spot(location);
        var city = HouseWords.compact(spot.city());
        for (var member : List.of("name", "alternate_name")) {
            var name = HouseWords.compact(Document.text(location, member).orElse(""));
            for (var hidden : names.getOrDefault(name, List.of())) {
                if (isLike(hidden.city(), city)) {
                    most = less(most, hidden.told());
                }
            }
        }
        return less(most, near(spot.point()));
    }

    private Place near(Optional<Spot.Point> point) {
        var most =
                point.stream()
                        .flatMap(
                                it ->
                                        points.stream()
                                                .filter(
                                                        at ->
                                                                metres(at.point(), it)
                                                                        <= NEAR_METRES))
                        .map(At::told)
                        .reduce(Place.EXACT, HiddenHouses::less);
        return most != Place.EXACT && point.filter(this::isTold).isPresent() ? Place.EXACT : most;
    }

    private Place inText(String text, Predicate<House> filter) {
        var keys = new HashSet<>(HouseWords.inText(text, numbers));
        if (numbers.contains(HouseWords.NO_NUMBER)) {
            keys.add(HouseWords.whole(text));
        }
        return keys.stream()
                .flatMap(it -> houses.getOrDefault(it, List.of()).stream())
                .filter(filter)
                .map(House::told)
                .reduce(Place.EXACT, HiddenHouses::less);
    }

    /// Each line of each address, and all of one together.
    private static List<Line> linesOf(JsonNode location) {
        var lines = new ArrayList<Line>();
        for (var address : Document.objects(location, "addresses")) {
            var city = HouseWords.compact(Document.text(address, "city").orElse(""));
            var all =
                    List.of("attention", "address_1", "address_2").stream()
                            .flatMap(it -> Document.text(address, it).stream())
                            .toList();
            all.forEach(it -> lines.add(new Line(it, city)));
            if (all.size() > 1) {
                lines.add(new Line(String.join(", ", all), city));
            }
        }
        return lines;
    }

    /// All that is written but the lines of addresses, in whatever member and language.
    private static List<String> texts(JsonNode node, List<String> found) {
        for (var member : node.properties()) {
            var name = member.getKey();
            if (LINES.contains(name)
                    || name.equals("id")
                    || name.endsWith("_id")
                    || name.equals("held")) {
                continue;
            }
            texts(member.getValue(), found);
        }
        if (node.isArray()) {
            node.forEach(it -> texts(it, found));
        } else if (node.isTextual() && !node.asText().isBlank()) {
            found.add(node.asText());
        }
        return found;
    }

    private static boolean isLike(String one, String other) {
        return one.contains(other) || other.contains(one);
    }

    private static double metres(Spot.Point one, Spot.Point other) {
        var north = one.latitude() - other.latitude();
        var east = (one.longitude() - other.longitude()) * Math.cos(Math.toRadians(one.latitude()));
        return Math.hypot(north, east) * METRES_PER_DEGREE;
    }

    /// One word is what many houses are called.
    private static boolean isName(String name) {
        return name.strip().split("[^\\p{L}\\p{N}]+").length > 1;
    }

    static Place less(Place one, Place other) {
        return one.raisesTo(other) ? one : other;
    }
}
