// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.page.Direction;
import org.waymark.node.page.Languages;

/// A listing as the network reads it: a post for any fediverse server, with the whole HSDS service
/// beside it for partners (federation.md, Listings). It says where the service is only as precisely
/// as the projection does.
final class ListingNote {

    // A post is a pointer, the page has the rest.
    private static final int LONGEST_EXCERPT = 400;

    private final BaseUrl baseUrl;
    private final Languages languages;
    private final OurProofs proofs;

    ListingNote(BaseUrl baseUrl, Languages languages, OurProofs proofs) {
        this.baseUrl = baseUrl;
        this.languages = languages;
        this.proofs = proofs;
    }

    /// For everyone, and the followers of the organisation; with its proof, since it may travel on.
    Draft toAll(ListingRow row, URI publisher, Instant published) {
        var draft =
                of(row, publisher, published)
                        .to(Contexts.PUBLIC)
                        .cc(URI.create(publisher + "/followers"));
        // As of the last change, so that the document stays the same until the next.
        var signed = proofs.sign(publisher, draft.json(), Profile.read(row).updated());
        return draft.set("@context", signed.path("@context")).set("proof", signed.path("proof"));
    }

    /// For one partner's staff and nobody else.
    Draft toPartner(ListingRow row, URI publisher, Instant published, URI partner) {
        return of(row, publisher, published).to(partner);
    }

    /// What stays of a listing that went.
    static Draft tombstone(URI listing, Instant deleted, long version) {
        return Draft.of("Tombstone", listing)
                .set("formerType", "Note")
                .set("deleted", deleted)
                .set(Contexts.VERSION, version);
    }

    private Draft of(ListingRow row, URI publisher, Instant published) {
        var listing = Profile.read(row);
        var base = listing.name().baseLanguage();
        var contents = contents(listing);
        var draft =
                Draft.of("Note", listing.uri())
                        .set("attributedTo", publisher)
                        .set("name", listing.name().base())
                        .set("content", contents.elements().next())
                        .set("contentMap", contents)
                        .set("url", page(listing, base))
                        .set("tag", tags(listing))
                        .set("published", published)
                        .set("updated", listing.updated())
                        .set(Contexts.VERSION, listing.version())
                        .set("hsdsService", Document.parse(row.document()));
        listing.checked().date().ifPresent(it -> draft.set("waymark:verified", it.toString()));
        listing.spots().stream().findFirst().ifPresent(it -> draft.set("location", place(it)));
        return draft;
    }

    // Servers read the first key as the language of `content`.
    private ObjectNode contents(Listing listing) {
        var order = new LinkedHashSet<String>();
        order.add(
                listing.name()
                        .in(List.of())
                        .map(Text.Reading::language)
                        .orElse(listing.name().baseLanguage()));
        order.addAll(peoples(listing.name()).byLanguage().keySet());
        order.addAll(peoples(listing.description()).byLanguage().keySet());
        var contents = JsonNodeFactory.instance.objectNode();
        order.forEach(language -> contents.put(language, content(listing, language)));
        return contents;
    }

    private String content(Listing listing, String language) {
        var wanted = List.of(language);
        var link = escaped(page(listing, language).toString());
        var direction = Direction.of(Locale.forLanguageTag(language));
        var html = new StringBuilder(direction == Direction.RTL ? "<p dir=\"rtl\">" : "<p>");
        html.append("<strong>")
                .append(escaped(words(peoples(listing.name()), wanted)))
                .append("</strong>");
        var description = excerpt(words(peoples(listing.description()), wanted));
        if (!description.isEmpty()) {
            html.append("<br>").append(escaped(description));
        }
        return html.append("<br><a href=\"%s\">%s</a></p>".formatted(link, link)).toString();
    }

    private static String words(Text text, List<String> languages) {
        return text.in(languages).map(Text.Reading::text).orElse("");
    }

    /// A post cannot say that a machine wrote it: such words go to partners alone, who are told.
    private static Text peoples(Text text) {
        var words = new TreeMap<>(text.byLanguage());
        words.keySet().removeAll(text.byMachine());
        return new Text(text.baseLanguage(), words);
    }

    private static String excerpt(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_EXCERPT) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_EXCERPT)).strip() + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private URI page(Listing listing, String language) {
        var offered = languages.find(language).orElse(languages.list().getFirst());
        return baseUrl.resolve("/" + offered.tag() + "/s/" + listing.id());
    }

    private ArrayNode tags(Listing listing) {
        var tags = JsonNodeFactory.instance.arrayNode();
        var first = languages.list().getFirst().tag();
        listing.topics().stream()
                .sorted()
                .forEach(
                        topic ->
                                tags.addObject()
                                        .put("type", "Hashtag")
                                        .put("name", hashtag(topic))
                                        .put(
                                                "href",
                                                baseUrl.resolve("/" + first + "/t/" + topic.slug())
                                                        .toString()));
        return tags;
    }

    private static String hashtag(Topic topic) {
        return "#" + topic.title().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static ObjectNode place(Spot spot) {
        var place = JsonNodeFactory.instance.objectNode().put("type", "Place");
        spot.point()
                .ifPresent(
                        point ->
                                place.put("latitude", point.latitude())
                                        .put("longitude", point.longitude()));
        return place.put("name", spot.city().isEmpty() ? spot.name() : spot.city());
    }
}
