// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;

/// What the filters of the HSDS API need to know of each public service, in memory: some hundred
/// bytes each, read when a filter needs them first.
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

    private final KnownListings<Fact> known;

    HsdsFacts(Database database) {
        this.known = new KnownListings<>(database, new Rows());
    }

    /// As they are after the last commit, by id.
    List<Fact> now() {
        return known.now().all();
    }

    /// Equal values once.
    private static final class Same<T> {

        // 20,000: of some 50 bytes. What is thrown away is only there twice then.
        private static final int MOST = 20_000;
        private final Map<T, T> values = new HashMap<>();

        T of(T value) {
            if (values.size() >= MOST) {
                values.clear();
            }
            var known = values.putIfAbsent(value, value);
            return known == null ? value : known;
        }
    }

    // For one thread at a time, as its listings are read.
    private static final class Rows implements KnownListings.Source<Fact> {

        private final Same<UUID> ids = new Same<>();
        private final Same<Set<UUID>> sets = new Same<>();
        private final Same<String> postcodes = new Same<>();
        private final Same<List<String>> areas = new Same<>();

        @Override
        public Map<UUID, Optional<Fact>> after(Transaction tx, String after) {
            return facts(ListingTable.listOwn(tx, after, AT_ONCE));
        }

        @Override
        public Map<UUID, Optional<Fact>> ofIds(Transaction tx, Collection<UUID> ids) {
            return facts(ListingTable.listByIds(tx, ids).values());
        }

        private Map<UUID, Optional<Fact>> facts(Collection<ListingRow> rows) {
            var facts = new LinkedHashMap<UUID, Optional<Fact>>();
            rows.forEach(
                    row ->
                            facts.put(
                                    row.id().value(),
                                    row.leavesBy(Way.HSDS)
                                            ? Optional.of(fact(row))
                                            : Optional.empty()));
            return facts;
        }

        private Fact fact(ListingRow row) {
            var json = Document.parse(row.document());
            var terms = new HashSet<UUID>();
            var taxonomies = new HashSet<UUID>();
            for (var attribute : Document.objects(json, "attributes")) {
                var term = attribute.path("taxonomy_term");
                Document.uuid(attribute, "taxonomy_term_id")
                        .or(() -> Document.uuid(term, "id"))
                        .ifPresent(it -> terms.add(ids.of(it)));
                HsdsTaxonomies.idOf(term).ifPresent(it -> taxonomies.add(ids.of(it)));
            }
            var places = new ArrayList<At>();
            for (var at : Document.objects(json, "service_at_locations")) {
                Document.uuid(at, "id").ifPresent(id -> places.add(at(id, at, json)));
            }
            return new Fact(
                    row.id().value(),
                    ids.of(row.providerId()),
                    row.version(),
                    sets.of(Set.copyOf(terms)),
                    sets.of(Set.copyOf(taxonomies)),
                    List.copyOf(places));
        }

        private At at(UUID id, JsonNode at, JsonNode service) {
            var spot = Profile.spot(at.path("location"));
            var text = new StringBuilder();
            for (var owner : List.of(at, service)) {
                for (var area : Document.objects(owner, "service_areas")) {
                    for (var member : List.of("name", "description", "extent")) {
                        Document.text(area, member).ifPresent(it -> text.append(" ").append(it));
                    }
                }
            }
            return new At(
                    id,
                    postcodes.of(postcode(spot.postalCode())),
                    spot.point(),
                    areas.of(words(text.toString())));
        }
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
