// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    // 12 months: what nobody checked for longer sinks (safety rule 6).
    private static final Period OVERDUE = Period.ofMonths(12);

    private static final String TOPIC = "topic";
    private static final String SPOKEN = "spoken";

    private final Listings listings;
    private final Clock clock;
    private final SearchIndex index;
    private final SearchFollower follower;

    private ListingIndex(Listings listings, Clock clock, SearchIndex index) {
        this.listings = listings;
        this.clock = clock;
        this.index = index;
        this.follower = new SearchFollower(index, this::changesAbove);
    }

    /// Opens the index in a folder, which may be empty or gone.
    ///
    /// @param restoreId of the database; after a restore numbers mean other changes
    public static ListingIndex open(Path folder, String restoreId, Listings listings, Clock clock) {
        var index = new ListingIndex(listings, clock, SearchIndex.open(folder, restoreId));
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
        var filters = new HashMap<String, String>();
        query.topic().ifPresent(topic -> filters.put(TOPIC, topic.slug()));
        query.spoken().ifPresent(tag -> filters.put(SPOKEN, primary(tag)));
        var hits =
                index.search(
                        new SearchQuery(
                                query.words(),
                                filters,
                                today().minus(OVERDUE).toEpochDay(),
                                query.page() * ListingQuery.PAGE_SIZE,
                                ListingQuery.PAGE_SIZE));
        var ids = hits.ids().stream().map(id -> new ListingId(UUID.fromString(id))).toList();
        // Asked again: what was withdrawn a moment ago is not shown, whatever the index says.
        return new ListingHits(hits.total(), listings.listFound(ids), hits.partly());
    }

    /// How many listings can be found under each topic.
    public Map<Topic, Integer> countByTopic() {
        var counts = new EnumMap<Topic, Integer>(Topic.class);
        var found = index.counts(TOPIC, Map.of());
        for (var topic : Topic.values()) {
            counts.put(topic, found.getOrDefault(topic.slug(), 0));
        }
        return counts;
    }

    /// The languages that staff of findable services speak, with how many listings each; tags.
    public Map<String, Integer> countBySpokenLanguage() {
        return index.counts(SPOKEN, Map.of());
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
            return new SearchSource.Changes(number, List.of(), List.of());
        }
        var removed = new HashSet<ListingId>();
        changes.forEach(change -> removed.add(change.id()));
        var found = listings.list(Way.SEARCH, Set.copyOf(removed));
        found.forEach(listing -> removed.remove(listing.id()));
        return new SearchSource.Changes(
                changes.getLast().number(),
                found.stream().map(this::entry).toList(),
                removed.stream().map(ListingId::toString).toList());
    }

    private SearchEntry entry(Listing listing) {
        var texts = new ArrayList<SearchEntry.Text>();
        add(texts, Weight.TITLE, listing.name());
        add(texts, Weight.TITLE, listing.alternateName());
        texts.add(new SearchEntry.Text(Weight.LABEL, "", listing.provider().name()));
        listing.topics()
                .forEach(
                        topic ->
                                texts.add(new SearchEntry.Text(Weight.LABEL, "en", topic.title())));
        listing.spots()
                .forEach(spot -> texts.add(new SearchEntry.Text(Weight.LABEL, "", spot.city())));
        add(texts, Weight.BODY, listing.description());
        add(texts, Weight.BODY, listing.eligibility());
        add(texts, Weight.BODY, listing.howToGetIn());
        return new SearchEntry(
                listing.id().toString(),
                texts,
                Map.of(TOPIC, topics(listing), SPOKEN, spoken(listing)),
                freshness(listing));
    }

    private static void add(List<SearchEntry.Text> texts, Weight weight, Text text) {
        text.byLanguage()
                .forEach(
                        (language, words) ->
                                texts.add(new SearchEntry.Text(weight, language, words)));
    }

    private static Set<String> topics(Listing listing) {
        return listing.topics().stream().map(Topic::slug).collect(Collectors.toSet());
    }

    private static Set<String> spoken(Listing listing) {
        return listing.languages().stream()
                .flatMap(language -> language.tag().stream())
                .map(ListingIndex::primary)
                .collect(Collectors.toSet());
    }

    private static String primary(String tag) {
        return tag.toLowerCase(Locale.ROOT).split("-", 2)[0];
    }

    /// The day it was last checked; without one, the first day of the source's year. What nobody
    /// keeps up any more is as old as can be.
    private static long freshness(Listing listing) {
        if (listing.origin() instanceof Origin.Copy copy && copy.leftAt().isPresent()) {
            return 0;
        }
        var checked = listing.checked();
        return checked.date()
                .map(LocalDate::toEpochDay)
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
