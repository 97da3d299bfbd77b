// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import java.net.URI;
import java.util.List;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Spot;

/// How to reach a service, as a vCard 4.0 (RFC 6350) for the address book of a phone.
final class ContactCard {

    private ContactCard() {}

    static String of(Listing listing, String name) {
        var lines = new Lines();
        lines.add("BEGIN", "VCARD").add("VERSION", "4.0").add("KIND", "org");
        lines.text("FN", name).text("ORG", listing.provider().name());
        for (var phone : listing.phones()) {
            // As text: what stands there may not be a number that can be dialled.
            lines.text("TEL;TYPE=voice,work", (phone.number() + " " + phone.extension()).strip());
        }
        listing.email().ifPresent(it -> lines.text("EMAIL", it));
        listing.website().map(URI::toString).ifPresent(it -> lines.add("URL", it));
        listing.spots().forEach(spot -> lines.add("ADR", address(spot)));
        listing.spots().stream()
                .flatMap(spot -> spot.point().stream())
                .findFirst()
                .ifPresent(it -> lines.add("GEO", "geo:" + it.latitude() + "," + it.longitude()));
        lines.add("SOURCE", listing.uri().toString());
        return lines.add("END", "VCARD").toString();
    }

    /// Post box, more, street, town, region, code, country.
    private static String address(Spot spot) {
        return String.join(
                ";",
                List.of(
                        "",
                        "",
                        Lines.escaped(String.join(", ", spot.street())),
                        Lines.escaped(spot.city()),
                        Lines.escaped(spot.region()),
                        Lines.escaped(spot.postalCode()),
                        Lines.escaped(spot.country())));
    }
}
