// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.waymark.node.http.RunsScript;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// What visitors see of the directory: search, topics, one place, one organisation.
///
/// Typed words arrive by POST and are kept nowhere; other sites' boxes may still send them by GET
/// (safety.md 11).
@Path(Page.LANGUAGE)
public final class ListingPages {

    private static final int ALTERNATIVES = 5;

    private final Pages pages;
    private final Listings listings;
    private final ListingIndex index;
    private final ResultPages results;
    private final Function<Listing, AskWay> wayToAsk;
    private final Clock clock;

    /// @param wayToAsk how visitors ask for help from a listing that takes requests
    public ListingPages(
            Pages pages,
            Listings listings,
            ListingIndex index,
            UnmetNeeds unmet,
            Function<Listing, AskWay> wayToAsk,
            Clock clock) {
        this.wayToAsk = wayToAsk;
        this.pages = pages;
        this.listings = listings;
        this.index = index;
        this.results = new ResultPages(pages, listings, index, unmet, clock);
        this.clock = clock;
    }

    /// Everything that narrows comes by POST, too, on all topics.
    @POST
    @RunsScript
    @Path("search")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response search(@PathParam("lang") String lang, MultivaluedMap<String, String> form) {
        var page = pages.open(lang, "search").inPrivate();
        var query = SearchForm.read(form, page.language().tag());
        return pages.answer(
                200,
                Pages.Keep.NOWHERE,
                page,
                results.typed(page, query, SearchForm.typedPlace(form), Picks.of(form)));
    }

    @GET
    @RunsScript
    @Path("search")
    public Response searchByAddress(
            @PathParam("lang") String lang,
            @QueryParam("q") @DefaultValue("") String words,
            @QueryParam("topic") @DefaultValue("") String topic,
            @QueryParam("language") @DefaultValue("") String spoken,
            @QueryParam("page") @DefaultValue("1") String number) {
        var form = new MultivaluedHashMap<String, String>();
        form.add("q", words);
        form.add("topic", topic);
        form.add("language", spoken);
        form.add("page", number);
        return search(lang, form);
    }

    /// A topic. What tells of someone's papers or health says so neither in the window's title nor
    /// in what the browser keeps.
    @GET
    @RunsScript
    @Path("t/{topic}")
    public Response topic(
            @PathParam("lang") String lang,
            @PathParam("topic") String slug,
            @QueryParam("language") @DefaultValue("") String spoken,
            @QueryParam("page") @DefaultValue("1") String number) {
        var topic = Topic.ofSlug(slug).orElseThrow(NotFoundException::new);
        var opened = pages.open(lang, "t/" + slug);
        var page = topic.isSensitive() ? opened.discreetly() : opened;
        var form = new MultivaluedHashMap<String, String>();
        form.add("topic", slug);
        form.add("language", spoken);
        form.add("page", number);
        var query = SearchForm.read(form, page.language().tag());
        var keep = topic.isSensitive() ? Pages.Keep.NOWHERE : Pages.Keep.SHARED;
        return pages.answer(200, keep, page, results.topic(page, query));
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
                            Map.of(
                                    "name",
                                    name,
                                    "others",
                                    ResultPages.words(
                                            page,
                                            listings.alternatives(
                                                    new ListingId(uuid(id)),
                                                    ALTERNATIVES,
                                                    index::findByTown),
                                            clock.instant())));
            case Listings.Visit.PassedOn(_, var to, _, var isHere) when isHere ->
                    Response.status(Response.Status.MOVED_PERMANENTLY)
                            .location(URI.create(page.href(to.toString())))
                            .build();
            case Listings.Visit.PassedOn(var name, var to, var owner, _) ->
                    pages.show(
                            410,
                            Pages.Keep.SHARED,
                            page.notIndexed(),
                            "listing/passed-on",
                            Map.of("name", name, "to", to.toString(), "owner", owner));
            case Listings.Visit.Shown(var listing) -> {
                // Not everybody should find it, so its title says nothing either.
                var shown = listing.reach() == Reach.PUBLIC ? page : page.inPrivate();
                yield pages.show(
                        Pages.Keep.SHARED,
                        shown,
                        "listing/listing",
                        Map.of(
                                "words",
                                new ListingWords(shown, listing, clock.instant()),
                                "ask",
                                listing.takesReferrals() ? wayToAsk.apply(listing) : AskWay.NONE));
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
                Map.of(
                        "provider",
                        provider,
                        "offers",
                        ResultPages.words(shown, offers, clock.instant())));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
