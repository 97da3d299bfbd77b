// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Remembered;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// What visitors see of the directory: search, topics, one place, one organisation.
///
/// Typed words arrive by POST and are kept nowhere; other sites' boxes may still send them by GET
/// (safety.md 11).
@Path(Page.LANGUAGE)
public final class ListingPages {

    private final Pages pages;
    private final Listings listings;
    private final ListingIndex index;
    private final Clock clock;
    // 100 pages of about 20 kB. Only what anyone on the way may keep too: no typed words.
    private final Remembered<Key, byte[]> rendered = new Remembered<>(100);
    private final Remembered<Language, List<Language>> spoken = new Remembered<>(50);

    /// All that a page of results depends on, beside the listings; "open now" has a minute's grain.
    private record Key(Imprint imprint, Language language, ListingQuery query, Instant minute) {}

    public ListingPages(Pages pages, Listings listings, ListingIndex index, Clock clock) {
        this.pages = pages;
        this.listings = listings;
        this.index = index;
        this.clock = clock;
        listings.whenChanged(rendered::changedBy);
        index.whenChanged(
                () -> {
                    rendered.forget();
                    spoken.forget();
                });
    }

    @POST
    @Path("search")
    public Response search(
            @PathParam("lang") String lang,
            @FormParam("q") @DefaultValue("") String words,
            @FormParam("topic") @DefaultValue("") String topic,
            @FormParam("language") @DefaultValue("") String spoken,
            @FormParam("page") @DefaultValue("1") int number) {
        var page = pages.open(lang, "search").inPrivate();
        var query = query(words, Topic.ofSlug(topic), spoken, number);
        return pages.answer(200, Pages.Keep.NOWHERE, page, results(page, query));
    }

    @GET
    @Path("search")
    public Response searchByAddress(
            @PathParam("lang") String lang,
            @QueryParam("q") @DefaultValue("") String words,
            @QueryParam("topic") @DefaultValue("") String topic,
            @QueryParam("language") @DefaultValue("") String spoken,
            @QueryParam("page") @DefaultValue("1") int number) {
        return search(lang, words, topic, spoken, number);
    }

    @GET
    @Path("t/{topic}")
    public Response topic(
            @PathParam("lang") String lang,
            @PathParam("topic") String slug,
            @QueryParam("language") @DefaultValue("") String spoken,
            @QueryParam("page") @DefaultValue("1") int number) {
        var topic = Topic.ofSlug(slug).orElseThrow(NotFoundException::new);
        var page = pages.open(lang, "t/" + slug);
        var query = query("", Optional.of(topic), spoken, number);
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var body =
                rendered.get(
                        new Key(page.imprint(), page.language(), query, minute),
                        _ -> results(page, query));
        return pages.answer(200, Pages.Keep.SHARED, page, body);
    }

    @GET
    @Path("s/{id}")
    public Response listing(@PathParam("lang") String lang, @PathParam("id") String id) {
        var page = pages.open(lang, "s/" + id);
        return switch (listings.visit(new ListingId(uuid(id)))) {
            case Listings.Visit.Missing _ -> throw new NotFoundException();
            case Listings.Visit.Closed(var name) ->
                    pages.show(
                            410,
                            Pages.Keep.SHARED,
                            page.notIndexed(),
                            "listing/closed",
                            Map.of("name", name));
            case Listings.Visit.Shown(var listing) -> {
                // Not everybody should find it, so its title says nothing either.
                var shown = listing.reach() == Reach.PUBLIC ? page : page.inPrivate();
                yield pages.show(
                        Pages.Keep.SHARED,
                        shown,
                        "listing/listing",
                        Map.of("words", new ListingWords(shown, listing, clock.instant())));
            }
        };
    }

    @GET
    @Path("o/{id}")
    public Response organization(@PathParam("lang") String lang, @PathParam("id") String id) {
        var page = pages.open(lang, "o/" + id);
        var provider =
                listings.findProvider(Way.PAGE, uuid(id)).orElseThrow(NotFoundException::new);
        var offers = listings.listOf(Way.PAGE, uuid(id));
        var isPublic = offers.stream().anyMatch(listing -> listing.reach() == Reach.PUBLIC);
        var shown = isPublic ? page : page.inPrivate();
        return pages.show(
                Pages.Keep.SHARED,
                shown,
                "listing/organization",
                Map.of("provider", provider, "offers", words(shown, offers)));
    }

    private byte[] results(Page page, ListingQuery query) {
        var hits = index.search(query);
        var parameters = new HashMap<String, Object>();
        parameters.put("query", query);
        parameters.put("hits", words(page, hits.listings()));
        parameters.put("total", hits.total());
        parameters.put("partly", hits.partly());
        parameters.put("spoken", spoken.get(page.language(), _ -> spokenLanguages(page)));
        return pages.render(page, "listing/results", parameters);
    }

    private static ListingQuery query(
            String words, Optional<Topic> topic, String spoken, int number) {
        return new ListingQuery(
                words.strip(),
                topic,
                Optional.of(spoken).filter(tag -> tag.matches("[A-Za-z]{2,3}")),
                Math.max(0, number - 1));
    }

    private List<ListingWords> words(Page page, List<Listing> found) {
        var now = clock.instant();
        return found.stream().map(listing -> new ListingWords(page, listing, now)).toList();
    }

    /// The languages one can ask for, by the names this page's readers use and in their order.
    private List<Language> spokenLanguages(Page page) {
        return index.countBySpokenLanguage().keySet().stream()
                .map(tag -> new Language(tag, page.formats().languageName(tag)))
                .sorted(Comparator.comparing(Language::name))
                .toList();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
