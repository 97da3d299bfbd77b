// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// Listings as one table for a spreadsheet (RFC 4180), for staff. What a cell says is never a
/// formula.
public final class ListingCsv {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "name",
                    "provider",
                    "topics",
                    "status",
                    "kind",
                    "reach",
                    "place",
                    "review",
                    "access",
                    "phones",
                    "email",
                    "website",
                    "address",
                    "town",
                    "postcode",
                    "languages",
                    "checked",
                    "changed",
                    "description");

    private ListingCsv() {}

    /// @param language of the texts, where they have it
    public static String of(List<Listing> listings, String language) {
        // Spreadsheets take it for UTF-8 by this mark.
        var text = new StringBuilder("\uFEFF");
        line(text, COLUMNS);
        listings.forEach(it -> line(text, cells(it, language)));
        return text.toString();
    }

    private static List<String> cells(Listing listing, String language) {
        return List.of(
                listing.id().toString(),
                words(listing.name(), language),
                listing.provider().name(),
                joined(listing.topics().stream().sorted().map(Topic::slug).toList()),
                word(listing.status()),
                word(listing.kind()),
                word(listing.reach()),
                word(listing.place()),
                word(listing.review().state()),
                word(listing.access()),
                joined(listing.phones().stream().map(Phone::number).toList()),
                listing.email().orElse(""),
                listing.website().map(URI::toString).orElse(""),
                joined(listing.spots().stream().flatMap(it -> it.street().stream()).toList()),
                joined(listing.spots().stream().map(Spot::city).distinct().toList()),
                joined(listing.spots().stream().map(Spot::postalCode).distinct().toList()),
                joined(listing.languages().stream().map(it -> it.tag().orElse(it.name())).toList()),
                listing.checked().date().map(LocalDate::toString).orElse(""),
                listing.updated().toString(),
                words(listing.description(), language));
    }

    private static String words(Text text, String language) {
        return text.in(List.of(language)).map(Text.Reading::text).orElse("");
    }

    private static String joined(List<String> values) {
        return String.join("; ", values.stream().filter(it -> !it.isBlank()).toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(String.join(",", cells.stream().map(ListingCsv::cell).toList()));
        text.append("\r\n");
    }

    private static String cell(String value) {
        // Phone numbers begin with a plus, and are none.
        var isFormula =
                value.matches("(?s)[=@\\t\\r].*")
                        || value.matches("(?s)[+-](?![\\d (][\\d ()./-]*(;|$)).*");
        return '"' + (isFormula ? "'" : "") + value.replace("\"", "\"\"") + '"';
    }
}
