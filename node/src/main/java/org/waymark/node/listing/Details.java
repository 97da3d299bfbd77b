// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// What a listing says in HSDS objects of their own, in the words of its source; staff do not write
/// it in the form.
///
/// @param costs what is paid for what
/// @param documents what must be shown
/// @param areas for people of which places
/// @param backing who pays, the programme, and terms beside our topics
/// @param places what is said of each place in words, by its id
public record Details(
        List<String> costs,
        List<String> documents,
        List<String> areas,
        Backing backing,
        Map<UUID, PlaceWords> places) {

    /// @param town as people call it
    /// @param there how to get there
    public record PlaceWords(Text name, Text town, Text there) {}

    public Details {
        costs = List.copyOf(costs);
        documents = List.copyOf(documents);
        areas = List.copyOf(areas);
        places = Map.copyOf(places);
    }

    static Details read(JsonNode service) {
        return new Details(
                each(service, "cost_options", Details::cost),
                each(service, "required_documents", it -> Document.text(it, "document").orElse("")),
                each(
                        service,
                        "service_areas",
                        it ->
                                Document.text(it, "name")
                                        .or(() -> Document.text(it, "description"))
                                        .orElse("")),
                Backing.read(service),
                places(service));
    }

    private static Map<UUID, PlaceWords> places(JsonNode service) {
        var base = Document.text(service, "base_language").orElse("en");
        var all = new HashMap<UUID, PlaceWords>();
        for (var at : Document.objects(service, "service_at_locations")) {
            var location = at.path("location");
            var own = Document.text(location, "base_language").orElse(base);
            Document.uuid(location, "id")
                    .ifPresent(
                            id ->
                                    all.put(
                                            id,
                                            new PlaceWords(
                                                    Profile.text(location, own, "name"),
                                                    town(location, own),
                                                    Profile.text(
                                                            location, own, "transportation"))));
        }
        return all;
    }

    private static Text town(JsonNode location, String own) {
        var translated = Profile.text(location, own, TranslatedDocument.TOWN);
        var city = Profile.spot(location).city();
        return city.isEmpty() ? Text.empty(own) : translated.with(own, city);
    }

    private static List<String> each(
            JsonNode service, String member, Function<JsonNode, String> words) {
        return Document.objects(service, member).stream()
                .map(words)
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .distinct()
                .toList();
    }

    private static String cost(JsonNode option) {
        var words = new ArrayList<String>();
        Document.text(option, "option").ifPresent(words::add);
        var amount = option.path("amount");
        if (amount.isNumber() && amount.asDouble() > 0) {
            words.add(
                    (amount.decimalValue().stripTrailingZeros().toPlainString()
                                    + " "
                                    + option.path("currency").asText())
                            .strip());
        }
        Document.text(option, "amount_description").ifPresent(words::add);
        return String.join(", ", words);
    }
}
