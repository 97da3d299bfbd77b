// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;

/// A listing for search engines, in the words of schema.org. Only for one that may leave by
/// [Way#JSON_LD].
final class JsonLd {

    private JsonLd() {}

    /// As it may stand in a page: nothing in it can end the element that it stands in.
    static String of(Listing listing, String language) {
        return Document.of(json(listing, language)).text().replace("<", "\\u003c");
    }

    private static ObjectNode json(Listing listing, String language) {
        var json =
                Document.object()
                        .put("@context", "https://schema.org")
                        .put(
                                "@type",
                                listing.kind() == Kind.PUBLIC_OFFICE
                                        ? "GovernmentService"
                                        : "Service")
                        .put("@id", listing.uri().toString());
        words(json, "name", listing.name(), language);
        words(json, "description", listing.description(), language);
        words(json, "termsOfService", listing.eligibility(), language);
        listing.website().map(URI::toString).ifPresent(it -> json.put("url", it));
        if (!listing.provider().name().isEmpty()) {
            json.putObject("provider")
                    .put("@type", "Organization")
                    .put("name", listing.provider().name());
        }
        if (listing.fit().free()) {
            json.putObject("offers").put("@type", "Offer").put("price", 0);
        }
        var channel = json.putObject("availableChannel").put("@type", "ServiceChannel");
        listing.languages()
                .forEach(it -> it.tag().ifPresent(channel.withArray("/availableLanguage")::add));
        listing.phones().stream()
                .findFirst()
                .ifPresent(
                        it ->
                                channel.putObject("servicePhone")
                                        .put("@type", "ContactPoint")
                                        .put("telephone", it.number()));
        listing.spots().forEach(it -> channel.withArray("/serviceLocation").add(place(it)));
        if (listing.status() == Status.ACTIVE) {
            listing.times().forEach(it -> hours(json, it));
        }
        return json;
    }

    private static void words(ObjectNode json, String member, Text text, String language) {
        text.in(List.of(language))
                .ifPresent(
                        it ->
                                json.putObject(member)
                                        .put("@language", it.language())
                                        .put("@value", it.text()));
    }

    private static ObjectNode place(Spot spot) {
        var place = Document.object().put("@type", "Place");
        Document.setUnlessBlank(place, "name", spot.name());
        var address = place.putObject("address").put("@type", "PostalAddress");
        Document.setUnlessBlank(address, "streetAddress", String.join(", ", spot.street()));
        Document.setUnlessBlank(address, "postalCode", spot.postalCode());
        Document.setUnlessBlank(address, "addressLocality", spot.city());
        Document.setUnlessBlank(address, "addressRegion", spot.region());
        Document.setUnlessBlank(address, "addressCountry", spot.country());
        spot.point()
                .ifPresent(
                        it ->
                                place.putObject("geo")
                                        .put("@type", "GeoCoordinates")
                                        .put("latitude", it.latitude())
                                        .put("longitude", it.longitude()));
        return place;
    }

    /// Rules that schema.org has no words for are left out.
    private static void hours(ObjectNode json, Schedule schedule) {
        var closed = schedule.exception() == Schedule.Exception.CLOSED;
        if (schedule.rule().isPresent()
                || !closed && (schedule.opensAt().isEmpty() || schedule.closesAt().isEmpty())) {
            return;
        }
        var hours =
                json.withArray("/hoursAvailable")
                        .addObject()
                        .put("@type", "OpeningHoursSpecification")
                        .put("opens", schedule.opensAt().map(Object::toString).orElse("00:00"))
                        .put("closes", schedule.closesAt().map(Object::toString).orElse("00:00"));
        schedule.days().stream()
                .sorted()
                .forEach(
                        day ->
                                hours.withArray("/dayOfWeek")
                                        .add(
                                                "https://schema.org/"
                                                        + day.name().charAt(0)
                                                        + day.name()
                                                                .substring(1)
                                                                .toLowerCase(
                                                                        java.util.Locale.ROOT)));
        schedule.validFrom().ifPresent(it -> hours.put("validFrom", it.toString()));
        schedule.validTo().ifPresent(it -> hours.put("validThrough", it.toString()));
    }
}
