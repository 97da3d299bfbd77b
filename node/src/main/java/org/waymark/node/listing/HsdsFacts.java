// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.waymark.node.database.Database;

/// What the filters of the HSDS API need to know of each public service, in memory: some hundred
/// bytes each. It is read once, and then follows the directory by change numbers.
final class HsdsFacts {

    // Rows read at once; their documents lie in memory meanwhile.
    private static final int AT_ONCE = 200;

    /// @param modified when it was changed last, in milliseconds
    record Fact(
            UUID id,
            UUID provider,
            long modified,
            Set<UUID> terms,
            Set<UUID> taxonomies,
            List<At> places) {}

    /// Where a service is.
    ///
    /// @param areas the words of its service areas, each as a postcode would be written
    record At(UUID id, String postcode, Optional<Spot.Point> point, List<String> areas) {}

    /// @param asOf the number of the last change in it
    record State(long asOf, List<Fact> services) {}

    private final Database database;
    private final TreeMap<String, Fact> facts = new TreeMap<>();
    private State state = new State(-1, List.of());

    HsdsFacts(Database database) {
        this.database = database;
    }

    /// As it is after the last commit.
    synchronized State now() {
        var last = database.read(ListingTable::lastChange);
        if (state.asOf() < 0 || last < state.asOf()) {
            facts.clear();
            readAll();
            state = new State(last, List.copyOf(facts.values()));
        }
        if (last > state.asOf()) {
            follow(last);
        }
        return state;
    }

    private void readAll() {
        var after = "";
        while (true) {
            var from = after;
            var rows = database.read(tx -> ListingTable.listOwn(tx, from, AT_ONCE));
            if (rows.isEmpty()) {
                return;
            }
            rows.forEach(this::take);
            after = rows.getLast().id().toString();
        }
    }

    private void follow(long last) {
        var at = state.asOf();
        while (at < last) {
            var from = at;
            var changes = database.read(tx -> ListingTable.ownChangesAfter(tx, from, AT_ONCE));
            if (changes.isEmpty()) {
                break;
            }
            var ids = changes.stream().map(it -> it.id().value()).toList();
            Collection<ListingRow> rows =
                    database.read(tx -> ListingTable.listByIds(tx, ids)).values();
            ids.forEach(id -> facts.remove(id.toString()));
            rows.forEach(this::take);
            at = changes.getLast().number();
        }
        state = new State(last, List.copyOf(facts.values()));
    }

    private void take(ListingRow row) {
        if (HsdsCatalogue.leaves(row)) {
            facts.put(row.id().toString(), fact(row));
        }
    }

    private static Fact fact(ListingRow row) {
        var json = Document.parse(row.document());
        var terms = new HashSet<UUID>();
        var taxonomies = new HashSet<UUID>();
        for (var attribute : Document.objects(json, "attributes")) {
            var term = attribute.path("taxonomy_term");
            Document.uuid(attribute, "taxonomy_term_id")
                    .or(() -> Document.uuid(term, "id"))
                    .ifPresent(terms::add);
            HsdsTaxonomies.idOf(term).ifPresent(taxonomies::add);
        }
        var places = new ArrayList<At>();
        for (var at : Document.objects(json, "service_at_locations")) {
            Document.uuid(at, "id").ifPresent(id -> places.add(at(id, at, json)));
        }
        return new Fact(
                row.id().value(),
                row.providerId(),
                row.version(),
                Set.copyOf(terms),
                Set.copyOf(taxonomies),
                List.copyOf(places));
    }

    private static At at(UUID id, JsonNode at, JsonNode service) {
        var spot = Profile.spot(at.path("location"));
        var areas = new StringBuilder();
        for (var owner : List.of(at, service)) {
            for (var area : Document.objects(owner, "service_areas")) {
                for (var member : List.of("name", "description", "extent")) {
                    Document.text(area, member).ifPresent(it -> areas.append(" ").append(it));
                }
            }
        }
        return new At(id, postcode(spot.postalCode()), spot.point(), words(areas.toString()));
    }

    /// One way to write each: capitals without blanks.
    static String postcode(String written) {
        return written.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    static List<String> words(String text) {
        return Arrays.stream(text.toUpperCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
