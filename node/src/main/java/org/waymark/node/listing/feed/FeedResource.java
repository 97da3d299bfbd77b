// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.Way;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// A listing for calendars and address books, and a topic for feed readers, in the reader's
/// language.
@Path(Page.LANGUAGE)
public final class FeedResource {

    // 50: more is no news.
    private static final int MOST = 50;

    private final Pages pages;
    private final Listings listings;
    private final BaseUrl baseUrl;
    private final Clock clock;

    public FeedResource(Pages pages, Listings listings, BaseUrl baseUrl, Clock clock) {
        this.pages = pages;
        this.listings = listings;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @GET
    @Path("t/{topic}/feed.atom")
    public Response atom(@PathParam("lang") String lang, @PathParam("topic") String slug) {
        return answer("application/atom+xml", feed(lang, slug).atom());
    }

    @GET
    @Path("t/{topic}/feed.rss")
    public Response rss(@PathParam("lang") String lang, @PathParam("topic") String slug) {
        return answer("application/rss+xml", feed(lang, slug).rss());
    }

    private TopicFeed feed(String lang, String slug) {
        var topic = Topic.ofSlug(slug).orElseThrow(NotFoundException::new);
        var page = pages.open(lang, "t/" + slug);
        return new TopicFeed(page, baseUrl, slug, listings.listLatest(Way.FEED, topic, MOST));
    }

    @GET
    @Path("s/{id}/hours.ics")
    public Response hours(@PathParam("lang") String lang, @PathParam("id") String id) {
        var listing = listing(id);
        return answer(
                "text/calendar", HoursCalendar.of(listing, name(lang, listing), clock.instant()));
    }

    @GET
    @Path("s/{id}/contact.vcf")
    public Response contact(@PathParam("lang") String lang, @PathParam("id") String id) {
        var listing = listing(id);
        return answer("text/vcard", ContactCard.of(listing, name(lang, listing).text()));
    }

    private Listing listing(String id) {
        try {
            return listings.list(Way.FEED, List.of(new ListingId(UUID.fromString(id)))).stream()
                    .findFirst()
                    .orElseThrow(NotFoundException::new);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }

    private Text.Reading name(String lang, Listing listing) {
        var reader = pages.open(lang, "").language().tag();
        return listing.name()
                .in(List.of(reader))
                .orElseGet(() -> new Text.Reading(listing.provider().name(), reader, false));
    }

    static Response answer(String type, String text) {
        var tag = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return Response.ok(text, type + ";charset=utf-8")
                .tag(new EntityTag(tag.toString()))
                .header("Cache-Control", Pages.Keep.SHARED.header())
                .build();
    }
}
