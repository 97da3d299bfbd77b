// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// All houses of a publisher that no listing tells exactly, as they were at one moment: what is
/// written into a place afterwards, by whichever road, is held against them (safety rule 2). Their
/// streets are found in every text of a place, their names where a place is named.
final class HiddenHouses {

    private static final HiddenHouses NONE = new HiddenHouses();

    // 6: as many words as a street has with its number; longer ones are known by their whole line.
    private static final int LONGEST_STREET = 6;
    private static final int AT_ONCE = 100;

    /// @param told the most that any listing there tells
    private record House(String city, Place told) {}

    private final Map<UUID, Place> locations = new HashMap<>();
    private final Map<String, List<House>> streets = new HashMap<>();
    private final Map<String, Place> names = new HashMap<>();

    private HiddenHouses() {}

    /// Reads all places of the publisher, if any is hidden.
    static HiddenHouses of(Database database, OrganizationId publisher) {
        var told = database.read(tx -> AggregateTable.toldOf(tx, publisher));
        if (told.values().stream().allMatch(it -> it == Place.EXACT)) {
            return NONE;
        }
        var houses = new HiddenHouses();
        var ids = List.copyOf(told.keySet());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            var some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            database.read(tx -> houses.add(tx, some, told));
        }
        var said = database.read(tx -> namesOf(tx, publisher));
        return houses.settled(said);
    }

    /// The same within a transaction.
    static HiddenHouses of(Transaction tx, OrganizationId publisher) {
        var told = AggregateTable.toldOf(tx, publisher);
        if (told.values().stream().allMatch(it -> it == Place.EXACT)) {
            return NONE;
        }
        var houses = new HiddenHouses();
        houses.add(tx, List.copyOf(told.keySet()), told);
        return houses.settled(namesOf(tx, publisher));
    }

    private int add(Transaction tx, List<UUID> ids, Map<UUID, Place> told) {
        for (var location : AggregateTable.listByIds(tx, ids).values()) {
            var level = told.getOrDefault(location.id(), Place.EXACT);
            var spot = Profile.spot(location.json());
            if (level != Place.EXACT) {
                locations.put(location.id(), level);
            }
            spot.street().stream()
                    .limit(1)
                    .map(HiddenHouses::folded)
                    .filter(it -> it.length() > 2)
                    .forEach(
                            it ->
                                    streets.computeIfAbsent(it, _ -> new ArrayList<>())
                                            .add(new House(folded(spot.city()), level)));
            if (isName(spot.name())) {
                names.merge(folded(spot.name()), level, HiddenHouses::more);
            }
        }
        return ids.size();
    }

    /// What its providers and services are called is told, wherever they are.
    private static Set<String> namesOf(Transaction tx, OrganizationId publisher) {
        var all = new HashSet<String>();
        AggregateTable.toldNamesOf(tx, publisher).forEach(it -> all.add(folded(it)));
        return all;
    }

    private HiddenHouses settled(Set<String> said) {
        streets.values().removeIf(all -> all.stream().allMatch(it -> it.told() == Place.EXACT));
        names.values().removeIf(it -> it == Place.EXACT);
        names.keySet().removeAll(said);
        return this;
    }

    /// How precisely a service at this place may say where it is, without a second person.
    Place limit(UUID location) {
        return locations.getOrDefault(location, Place.EXACT);
    }

    /// The same for a place as it is going to be, whichever it was.
    Place limit(ObjectNode location) {
        if (streets.isEmpty() && names.isEmpty()) {
            return Place.EXACT;
        }
        var city = folded(Profile.spot(location).city());
        var most = Place.EXACT;
        for (var text : texts(location)) {
            most = less(most, inText(text, city));
        }
        for (var member : List.of("name", "alternate_name")) {
            var name = folded(Document.text(location, member).orElse(""));
            most = less(most, names.getOrDefault(name, Place.EXACT));
        }
        return most;
    }

    private static List<String> texts(ObjectNode location) {
        return Stream.concat(
                        Stream.of("name", "alternate_name", "description", "transportation")
                                .flatMap(it -> Document.text(location, it).stream()),
                        Document.objects(location, "addresses").stream()
                                .flatMap(
                                        address ->
                                                Stream.of("attention", "address_1", "address_2")
                                                        .flatMap(
                                                                it ->
                                                                        Document.text(address, it)
                                                                                .stream())))
                .toList();
    }

    private Place inText(String text, String city) {
        var most = street(folded(text), city);
        var words =
                Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                        .filter(it -> !it.isEmpty())
                        .toList();
        for (int from = 0; from < words.size(); from++) {
            var street = new StringBuilder(words.get(from));
            for (int to = from + 1; to < Math.min(words.size(), from + LONGEST_STREET); to++) {
                street.append(words.get(to));
                // Without a number it may be anything that is called as the street is.
                if (street.chars().anyMatch(Character::isDigit)) {
                    most = less(most, street(street.toString(), city));
                }
            }
        }
        return most;
    }

    private Place street(String street, String city) {
        return streets.getOrDefault(street, List.of()).stream()
                .filter(it -> it.city().isEmpty() || city.isEmpty() || it.city().equals(city))
                .map(House::told)
                .reduce(HiddenHouses::more)
                .orElse(Place.EXACT);
    }

    /// One word is what many houses are called.
    private static boolean isName(String name) {
        return name.strip().split("[^\\p{L}\\p{N}]+").length > 1;
    }

    private static Place more(Place one, Place other) {
        return one.raisesTo(other) ? other : one;
    }

    static Place less(Place one, Place other) {
        return one.raisesTo(other) ? one : other;
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
