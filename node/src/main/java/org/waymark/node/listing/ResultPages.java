// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import gg.jte.Content;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waymark.node.database.Remembered;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// Makes pages of results. What somebody typed is in none of what it remembers.
final class ResultPages {

    private final Pages pages;
    private final ListingIndex index;
    private final UnmetNeeds unmet;
    private final Clock clock;

    // 100 pages of about 20 kB. Only what anyone on the way may keep too: no typed words.
    private final Remembered<Key, byte[]> rendered = new Remembered<>(100);

    // 1,000 cards of about 1 kB: a listing looks the same among all results of a minute.
    private final Remembered<CardKey, String> cards = new Remembered<>(1_000);

    /// All that a page of results depends on, beside the listings; "open now" has a minute's grain.
    private record Key(Imprint imprint, Language language, ListingQuery query, Instant minute) {}

    private record CardKey(
            Imprint imprint,
            Language language,
            ListingId id,
            long version,
            boolean ticked,
            Instant minute) {}

    ResultPages(Pages pages, Listings listings, ListingIndex index, UnmetNeeds unmet, Clock clock) {
        this.pages = pages;
        this.index = index;
        this.unmet = unmet;
        this.clock = clock;
        // A new one is on no page until the index has it.
        listings.directory()
                .whenStored(
                        (tx, stored) -> {
                            if (!stored.onlyNew()) {
                                rendered.changedBy(tx);
                            }
                            cards.changedBy(tx, card -> stored.ids().contains(card.id()));
                        });
        index.whenChanged(rendered::forget);
    }

    /// What somebody searched for.
    ///
    /// @param place what they typed as a place
    /// @param picks what they have ticked so far
    byte[] typed(Page page, ListingQuery query, String place, Picks picks) {
        var hits = index.search(query);
        if (hits.total() == 0) {
            countUnmet(query, hits);
        }
        return results(page, query, hits, place, picks);
    }

    /// A topic, as everybody sees it.
    byte[] topic(Page page, ListingQuery query) {
        return rendered.get(
                new Key(page.imprint(), page.language(), query, minute()),
                _ -> results(page, query, index.search(query), "", new Picks(List.of())));
    }

    private void countUnmet(ListingQuery query, ListingHits hits) {
        var topics = new HashSet<>(hits.topics());
        query.narrow().topic().ifPresent(topics::add);
        unmet.count(Set.copyOf(topics), hits.meanings());
    }

    private byte[] results(
            Page page, ListingQuery query, ListingHits hits, String place, Picks picks) {
        var parameters = new HashMap<String, Object>();
        parameters.put("results", words(page, query, hits, place));
        parameters.put("elsewhere", picks.besides(hits.listings()));
        parameters.put(
                "cards",
                hits.listings().stream()
                        .map(it -> card(page, it, hits, picks.contains(it.id())))
                        .toList());
        return pages.render(page, "listing/results", parameters);
    }

    private ResultWords words(Page page, ListingQuery query, ListingHits hits, String place) {
        var near = query.narrow().near().flatMap(index::placeName);
        return new ResultWords(page, query, hits, index.places(), near, place);
    }

    private Content card(Page page, Listing listing, ListingHits hits, boolean ticked) {
        var far = hits.kilometres(listing);
        var text =
                far.isPresent()
                        ? render(page, listing, far.get(), ticked)
                        : cards.get(
                                new CardKey(
                                        page.imprint(),
                                        page.language(),
                                        listing.id(),
                                        listing.version(),
                                        ticked,
                                        minute()),
                                _ -> render(page, listing, -1, ticked));
        return output -> output.writeContent(text);
    }

    private String render(Page page, Listing listing, double kilometres, boolean ticked) {
        var words = new ListingWords(page, listing, clock.instant());
        var card =
                pages.render(
                        page,
                        "listing/card",
                        Map.of(
                                "words",
                                words,
                                "kilometres",
                                kilometres,
                                "choosable",
                                true,
                                "ticked",
                                ticked));
        return new String(card, StandardCharsets.UTF_8);
    }

    private Instant minute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }

    static List<ListingWords> words(Page page, List<Listing> found, Instant now) {
        return found.stream().map(listing -> new ListingWords(page, listing, now)).toList();
    }
}
