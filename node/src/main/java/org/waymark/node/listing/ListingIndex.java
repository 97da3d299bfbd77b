// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.waymark.node.listing.ListingKeywords.ACCESS;
import static org.waymark.node.listing.ListingKeywords.AGE;
import static org.waymark.node.listing.ListingKeywords.FREE;
import static org.waymark.node.listing.ListingKeywords.OPEN_DATA;
import static org.waymark.node.listing.ListingKeywords.REFERRALS;
import static org.waymark.node.listing.ListingKeywords.SPOKEN;
import static org.waymark.node.listing.ListingKeywords.STEP_FREE;
import static org.waymark.node.listing.ListingKeywords.TERM;
import static org.waymark.node.listing.ListingKeywords.TOPIC;
import static org.waymark.node.listing.ListingKeywords.YES;
import static org.waymark.node.listing.ListingKeywords.group;
import static org.waymark.node.listing.ListingKeywords.primary;
import static org.waymark.node.listing.ListingKeywords.word;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.node.page.Languages;
import org.waymark.node.page.Messages;
import org.waymark.node.search.Meanings;
import org.waymark.node.search.Postcode;
import org.waymark.node.search.SearchEntry;
import org.waymark.node.search.SearchEntry.Weight;
import org.waymark.node.search.SearchFollower;
import org.waymark.node.search.SearchIndex;
import org.waymark.node.search.SearchQuery;
import org.waymark.node.search.SearchSource;

/// Finds listings, own and copied, in all their languages at once. Only what [Exposure] lets into
/// search is in it. It follows the directory by change numbers, within moments of each commit.
public final class ListingIndex implements AutoCloseable {

    // At most this many and one transaction more lie in memory at a time.
    private static final int CHANGES_AT_ONCE = 200;

    // Enough to look for some in the same town.
    private static final int MOST_OF_TOWN = 5_000;

    private final Listings listings;
    private final Clock clock;
    private final SearchIndex index;
    private final SearchFollower follower;

    private final Map<Topic, Map<String, String>> topicNames = topicNames();

    private ListingIndex(Listings listings, Clock clock, SearchIndex index) {
        this.listings = listings;
        this.clock = clock;
        this.index = index;
        this.follower = new SearchFollower(index, this::changesAbove);
    }

    /// Opens the index in a folder, which may be empty or gone.
    ///
    /// @param restoreId of the database; after a restore numbers mean other changes
    public static ListingIndex open(
            Path folder, String restoreId, Listings listings, SearchWords words, Clock clock) {
        var index = open(folder, restoreId, listings, words::meanings, clock);
        words.whenChanged(index.follower::wake);
        return index;
    }

    /// The same with the program's own words alone.
    public static ListingIndex open(Path folder, String restoreId, Listings listings, Clock clock) {
        var shipped = SearchWords.shipped();
        return open(folder, restoreId, listings, () -> shipped, clock);
    }

    private static ListingIndex open(
            Path folder,
            String restoreId,
            Listings listings,
            Supplier<Meanings> meanings,
            Clock clock) {
        var index =
                new ListingIndex(listings, clock, SearchIndex.open(folder, restoreId, meanings));
        listings.whenChanged(tx -> tx.afterCommit(index.follower::wake));
        return index;
    }

    /// Follows the directory from now on, beginning with what was missed.
    public void start() {
        follower.start();
    }

    /// Takes in all that is committed, and returns then.
    public void catchUp() {
        follower.catchUp();
    }

    /// Builds it anew. Until that is done, the old one answers.
    public void rebuild() {
        follower.rebuild();
    }

    public ListingHits search(ListingQuery query) {
        return found(asked(query));
    }

    /// The same without pages: the first, and at most 500.
    public ListingHits search(ListingQuery query, int most) {
        return found(asked(query).page(0, Math.min(most, 500)));
    }

    private ListingHits found(SearchQuery query) {
        var hits = index.search(query);
        var far = new HashMap<ListingId, Double>();
        var ids = new ArrayList<ListingId>();
        for (var hit : hits.hits()) {
            var id = new ListingId(UUID.fromString(hit.id()));
            ids.add(id);
            hit.kilometres().ifPresent(kilometres -> far.put(id, kilometres));
        }
        return new ListingHits(
                hits.total(),
                // Asked again: what was withdrawn a moment ago is not shown, whatever the index
                // says.
                listings.listFound(ids),
                far,
                hits.partly(),
                new ListingHits.Counts(hits.counts(), hits.live()),
                hits.unfiltered(),
                hits.meanings(),
                hits.instead());
    }

    /// Those that words find and that leave by the open API, the best first.
    public List<ListingId> findOpenData(String words) {
        return find(words, Map.of(OPEN_DATA, Set.of(YES)), SearchQuery.DEEPEST);
    }

    /// Those that the name of a town finds, the best first, at most 5,000.
    List<ListingId> findByTown(String town) {
        return find(town, Map.of(), MOST_OF_TOWN);
    }

    private List<ListingId> find(String words, Map<String, Set<String>> filters, int most) {
        var query =
                new SearchQuery(
                        words,
                        "en",
                        filters,
                        Optional.empty(),
                        Optional.empty(),
                        SearchQuery.Order.RELEVANCE,
                        0,
                        0,
                        most);
        return index.search(query).ids().stream()
                .map(id -> new ListingId(UUID.fromString(id)))
                .toList();
    }

    private SearchQuery asked(ListingQuery query) {
        var narrow = query.narrow();
        var filters = new HashMap<String, Set<String>>();
        narrow.topic().ifPresent(it -> filters.put(TOPIC, Set.of(it.slug())));
        narrow.spoken().ifPresent(it -> filters.put(SPOKEN, Set.of(primary(it))));
        narrow.term().ifPresent(it -> filters.put(TERM, Set.of(it)));
        narrow.age().ifPresent(it -> filters.put(AGE, Set.of(word(it))));
        narrow.situations().forEach(it -> filters.put(group(it), Set.of(YES)));
        if (!narrow.access().isEmpty()) {
            filters.put(
                    ACCESS,
                    narrow.access().stream()
                            .map(ListingKeywords::word)
                            .collect(Collectors.toUnmodifiableSet()));
        }
        if (narrow.free()) {
            filters.put(FREE, Set.of(YES));
        }
        if (narrow.stepFree()) {
            filters.put(STEP_FREE, Set.of(YES));
        }
        if (narrow.referrals()) {
            filters.put(REFERRALS, Set.of(YES));
        }
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return new SearchQuery(
                query.words(),
                query.reader(),
                filters,
                Optional.of(
                        new SearchQuery.Live(
                                minute.toString(), OpenTimes.openAt(minute), narrow.open())),
                narrow.near()
                        .flatMap(index::findPlace)
                        .map(
                                place ->
                                        new SearchQuery.Near(
                                                place,
                                                narrow.within()
                                                        .map(Integer::doubleValue)
                                                        .orElse(Double.POSITIVE_INFINITY))),
                SearchQuery.Order.valueOf(query.orderOrUsual().name()),
                today().minusMonths(Checked.USUAL_MONTHS).toEpochDay(),
                query.page() * ListingQuery.PAGE_SIZE,
                ListingQuery.PAGE_SIZE);
    }

    /// How many listings can be found under each topic.
    public Map<Topic, Integer> countByTopic() {
        var found = everything().counts();
        var counts = new EnumMap<Topic, Integer>(Topic.class);
        for (var topic : Topic.values()) {
            counts.put(topic, found.of(topic));
        }
        return counts;
    }

    /// The languages that staff of findable services speak, with how many listings each; tags.
    public Map<String, Integer> countBySpokenLanguage() {
        return everything().counts().spoken();
    }

    private ListingHits everything() {
        return search(new ListingQuery("", Optional.empty(), Optional.empty(), 0));
    }

    /// The places that listings are in: code and name.
    public Map<String, String> places() {
        return index.places();
    }

    /// What people call a place that was asked for: a town, a postcode, or the beginning of some;
    /// empty when no listing is there.
    public Optional<String> placeName(String code) {
        return index.findPlace(code)
                .map(
                        found ->
                                Postcode.is(found)
                                        ? Postcode.name(found) + (found.equals(code) ? "" : "…")
                                        : places().getOrDefault(found, ""));
    }

    /// About where the towns are, by code, as far as listings that may be on a map tell: to a
    /// kilometre.
    public Map<String, Spot.Point> drawnPlaces() {
        var middles = new TreeMap<String, Spot.Point>();
        index.drawnPlaces()
                .forEach(
                        (code, point) ->
                                middles.put(
                                        code,
                                        new Spot.Point(
                                                rounded(point.latitude()),
                                                rounded(point.longitude()))));
        return middles;
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * 100) / 100.0;
    }

    /// Tells when other things can be found than before. It may come from any thread.
    public void whenChanged(Runnable observer) {
        follower.whenApplied(observer);
    }

    @Override
    public void close() {
        follower.close();
        index.close();
    }

    private SearchSource.Changes changesAbove(long number) {
        var changes = listings.changesAfter(number, CHANGES_AT_ONCE);
        if (changes.isEmpty()) {
            return new SearchSource.Changes(number, List.of(), List.of(), true);
        }
        var removed = new HashSet<ListingId>();
        changes.forEach(change -> removed.add(change.id()));
        // All at once is cheaper than one by one; what changed again meanwhile is rare.
        var found =
                new ArrayList<>(
                        listings.listChanged(Way.SEARCH, number, changes.getLast().number()));
        found.forEach(listing -> removed.remove(listing.id()));
        listings.list(Way.SEARCH, Set.copyOf(removed))
                .forEach(
                        listing -> {
                            found.add(listing);
                            removed.remove(listing.id());
                        });
        return new SearchSource.Changes(
                changes.getLast().number(),
                found.stream().map(this::entry).toList(),
                removed.stream().map(ListingId::toString).toList(),
                changes.size() < CHANGES_AT_ONCE);
    }

    private SearchEntry entry(Listing listing) {
        var texts = new ArrayList<SearchEntry.Text>();
        add(texts, Weight.TITLE, listing.name());
        add(texts, Weight.TITLE, listing.alternateName());
        texts.add(new SearchEntry.Text(Weight.LABEL, "", listing.provider().name()));
        for (var topic : listing.topics()) {
            topicNames
                    .getOrDefault(topic, Map.of())
                    .forEach(
                            (language, name) ->
                                    texts.add(new SearchEntry.Text(Weight.LABEL, language, name)));
        }
        listing.fit()
                .terms()
                .forEach(term -> texts.add(new SearchEntry.Text(Weight.LABEL, "", term)));
        listing.spots()
                .forEach(spot -> texts.add(new SearchEntry.Text(Weight.LABEL, "", spot.city())));
        for (var place : listing.details().places().values()) {
            add(texts, Weight.LABEL, place.name());
            add(texts, Weight.LABEL, place.town());
        }
        add(texts, Weight.BODY, listing.description());
        add(texts, Weight.BODY, listing.eligibility());
        add(texts, Weight.BODY, listing.howToGetIn());
        return new SearchEntry(
                listing.id().toString(),
                texts,
                ListingKeywords.of(listing),
                listing.spots().stream()
                        .filter(spot -> !spot.city().isBlank())
                        .map(spot -> spot(listing, spot))
                        .toList(),
                OpenTimes.write(listing),
                freshness(listing));
    }

    private static void add(List<SearchEntry.Text> texts, Weight weight, Text text) {
        text.byLanguage()
                .forEach(
                        (language, words) ->
                                texts.add(new SearchEntry.Text(weight, language, words)));
    }

    private static SearchEntry.Spot spot(Listing listing, Spot spot) {
        return SearchEntry.Spot.in(
                spot.city(),
                spot.postalCode(),
                spot.point().map(it -> new SearchEntry.Point(it.latitude(), it.longitude())),
                Exposure.allowsPlace(Way.MAP, listing));
    }

    /// The names of topics in every language of the program, so that each finds all.
    private static Map<Topic, Map<String, String>> topicNames() {
        var names = new EnumMap<Topic, Map<String, String>>(Topic.class);
        for (var messages : Messages.load(Languages.shipped().list())) {
            for (var topic : Topic.values()) {
                messages.own("topic." + topic.slug())
                        .ifPresent(
                                name ->
                                        names.computeIfAbsent(topic, _ -> new HashMap<>())
                                                .put(messages.language().tag(), name));
            }
        }
        return names;
    }

    /// The day it was last checked, earlier where its owner checks oftener than is usual; without
    /// one, the first day of the source's year. What nobody keeps up any more is as old as can be.
    private static long freshness(Listing listing) {
        if (listing.origin() instanceof Origin.Copy copy && copy.leftAt().isPresent()) {
            return 0;
        }
        var checked = listing.checked();
        return checked.due()
                .map(due -> due.minusMonths(Checked.USUAL_MONTHS).toEpochDay())
                .orElseGet(
                        () ->
                                checked.sourceYear().isPresent()
                                        ? LocalDate.ofYearDay(checked.sourceYear().getAsInt(), 1)
                                                .toEpochDay()
                                        : 0);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
