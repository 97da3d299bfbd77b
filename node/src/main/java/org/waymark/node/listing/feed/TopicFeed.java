// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Text;
import org.waymark.node.page.Page;

/// What changed last under a topic, as Atom (RFC 4287) or RSS 2.0.
final class TopicFeed {

    private final Page page;
    private final BaseUrl baseUrl;
    private final String topic;
    private final List<Listing> listings;

    /// @param topic its slug
    /// @param listings the latest first
    TopicFeed(Page page, BaseUrl baseUrl, String topic, List<Listing> listings) {
        this.page = page;
        this.baseUrl = baseUrl;
        this.topic = topic;
        this.listings = listings;
    }

    String atom() {
        var self = address("t/" + topic + "/feed.atom");
        var xml = new Xml();
        var tag = page.language().tag();
        xml.tag("feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + tag + "\"");
        xml.element("title", title()).element("id", self);
        xml.tag("link rel=\"self\" href=\"" + Xml.escaped(self) + "\"/");
        xml.tag("link rel=\"alternate\" href=\"" + Xml.escaped(address("t/" + topic)) + "\"/");
        xml.element("updated", updated().toString());
        xml.tag("author").element("name", page.imprint().name()).tag("/author");
        for (var listing : listings) {
            xml.tag("entry");
            words(xml, "title", listing.name());
            xml.element("id", listing.uri().toString());
            xml.tag("link rel=\"alternate\" href=\"" + Xml.escaped(address(listing)) + "\"/");
            xml.element("updated", listing.updated().toString());
            words(xml, "summary", listing.description());
            xml.tag("/entry");
        }
        return xml.tag("/feed").toString();
    }

    String rss() {
        var xml = new Xml();
        xml.tag("rss version=\"2.0\"").tag("channel");
        xml.element("title", title()).element("link", address("t/" + topic));
        xml.element("description", title()).element("language", page.language().tag());
        xml.element("lastBuildDate", rfc1123(updated()));
        for (var listing : listings) {
            words(xml.tag("item"), "title", listing.name());
            xml.element("link", address(listing));
            xml.element("guid isPermaLink=\"false\"", listing.uri().toString());
            xml.element("pubDate", rfc1123(listing.updated()));
            words(xml, "description", listing.description());
            xml.tag("/item");
        }
        return xml.tag("/channel").tag("/rss").toString();
    }

    private String title() {
        return page.plain("topic." + topic) + " · " + page.imprint().name();
    }

    /// With the language they are in, which need not be the reader's.
    private void words(Xml xml, String element, Text text) {
        text.in(List.of(page.language().tag()))
                .ifPresentOrElse(
                        it ->
                                xml.element(
                                        element
                                                + " xml:lang=\""
                                                + Xml.escaped(it.language())
                                                + "\"",
                                        it.text()),
                        () -> xml.element(element, ""));
    }

    private String address(Listing listing) {
        return address("s/" + listing.id());
    }

    private String address(String path) {
        URI address = baseUrl.resolve(page.href(path));
        return address.toString();
    }

    private Instant updated() {
        return listings.stream()
                .map(Listing::updated)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static String rfc1123(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
