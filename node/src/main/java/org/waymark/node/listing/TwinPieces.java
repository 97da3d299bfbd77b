// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waymark.node.listing.Twins.Piece;

/// What one of two listings says and the other does not, piece by piece, and how a piece is put
/// into the other one.
final class TwinPieces {

    private static final List<String> LISTS =
            List.of("cost_options", "required_documents", "service_areas", "funding");
    private static final List<String> VALUES =
            List.of(
                    "email",
                    "url",
                    "interpretation_services",
                    "accreditations",
                    "licenses",
                    "minimum_age",
                    "maximum_age");
    // What is unknown says nothing.
    private static final List<String> CHOICES =
            List.of(
                    "may_have_to_report",
                    "name_needed",
                    "papers_needed",
                    "access",
                    "referral_policy");
    private static final List<String> OWNERS =
            List.of("service_id", "location_id", "service_at_location_id");

    private static final List<String> OF_PLACES = List.of("service_id");

    private record Found(Piece piece, Runnable taking) {}

    private final Map<String, Found> found = new LinkedHashMap<>();
    private final ObjectNode into;
    private final ObjectNode from;
    private final Map<UUID, Aggregate> parts;

    /// @param into the service that stays; pieces are written here
    /// @param parts the shared objects that either of them names
    TwinPieces(ObjectNode into, ObjectNode from, Map<UUID, Aggregate> parts) {
        this.into = into;
        this.from = from;
        this.parts = parts;
        CHOICES.forEach(this::choice);
        situations();
        texts();
        VALUES.forEach(this::value);
        phones();
        each("schedules", "schedule", TwinPieces::hours);
        each("languages", "language", it -> either(it, "name", "code"));
        places();
        shared("contacts", "contact", "id", "title", "department");
        terms();
        LISTS.forEach(this::list);
    }

    List<Piece> list() {
        return found.values().stream().map(Found::piece).toList();
    }

    /// What stands behind each of them is said of the listings and not in the services.
    ///
    /// @return the key of the piece, where the one that closes warns of more
    Optional<String> kind(Kind stays, Kind goes) {
        if (goes.compareTo(stays) <= 0) {
            return Optional.empty();
        }
        var words = Projection.word(goes);
        add("choice", "kind", "", words, Projection.word(stays), () -> {});
        return Optional.of(key("choice", "kind", "", words));
    }

    /// Puts those pieces into the service that stays.
    void take(Set<String> keys) {
        found.forEach(
                (key, it) -> {
                    if (keys.contains(key)) {
                        it.taking().run();
                    }
                });
    }

    private void add(
            String kind,
            String member,
            String language,
            String words,
            String instead,
            Runnable taking) {
        var key = key(kind, member, language, words);
        found.putIfAbsent(
                key, new Found(new Piece(key, kind, member, language, words, instead), taking));
    }

    private static String key(String kind, String member, String language, String words) {
        return String.join(":", kind, member, language, Document.sha256(words).substring(0, 12));
    }

    private void choice(String member) {
        var words = known(from, member);
        var now = known(into, member);
        if (!words.isEmpty() && !words.equals(now)) {
            add("choice", member, "", words, now, () -> into.put(member, words));
        }
    }

    private static String known(JsonNode json, String member) {
        return Document.text(json, member).filter(it -> !it.equals("unknown")).orElse("");
    }

    private void situations() {
        var known = new LinkedHashSet<String>();
        into.path("situations").forEach(it -> known.add(it.asText()));
        for (var it : from.path("situations")) {
            var word = it.asText();
            if (!known.contains(word)) {
                add(
                        "situation",
                        "situations",
                        "",
                        word,
                        "",
                        () -> into.withArray("/situations").add(word));
            }
        }
    }

    // Words

    private static String base(ObjectNode json) {
        return Document.text(json, "base_language").orElse("en");
    }

    private static String text(ObjectNode json, String language, String member) {
        return language.equals(base(json))
                ? Document.text(json, member).orElse("")
                : TranslatedDocument.read(json, language, member);
    }

    private void texts() {
        var languages = new LinkedHashSet<String>();
        languages.add(base(from));
        from.path("translations").fieldNames().forEachRemaining(languages::add);
        for (var member : TranslatedDocument.OF_SERVICES) {
            for (var language : languages) {
                var words = text(from, language, member);
                var now = text(into, language, member);
                if (!words.isBlank() && !folded(words).equals(folded(now))) {
                    add("text", member, language, words, now, () -> write(language, member, words));
                }
            }
        }
    }

    private void write(String language, String member, String words) {
        if (language.equals(base(into))) {
            into.put(member, words);
        } else {
            TranslatedDocument.write(
                    into,
                    language,
                    member,
                    words,
                    Profile.isByMachine(from.path("translations").path(language), member));
        }
    }

    private void value(String member) {
        var value = from.path(member);
        var now = into.path(member).asText();
        if (!value.asText().isBlank() && !folded(value.asText()).equals(folded(now))) {
            add("value", member, "", value.asText(), now, () -> into.set(member, value));
        }
    }

    // What there may be several of

    private void phones() {
        var known =
                Document.objects(into, "phones").stream()
                        .map(TwinPieces::digits)
                        .collect(Collectors.toSet());
        for (var phone : Document.objects(from, "phones")) {
            if (!known.contains(digits(phone))) {
                add(
                        "phone",
                        "phones",
                        "",
                        either(phone, "number") + " " + either(phone, "description"),
                        "",
                        () -> append("phones", phone));
            }
        }
    }

    /// The end of it: some write the country before it, others a zero.
    private static String digits(JsonNode phone) {
        var digits = phone.path("number").asText().replaceAll("\\D", "");
        return digits.substring(Math.max(0, digits.length() - 8));
    }

    private interface Wording {
        String of(ObjectNode one);
    }

    private void each(String list, String kind, Wording wording) {
        var known =
                Document.objects(into, list).stream().map(wording::of).collect(Collectors.toSet());
        for (var one : Document.objects(from, list)) {
            var words = wording.of(one);
            if (!known.contains(words)) {
                add(kind, list, "", words, "", () -> append(list, one));
            }
        }
    }

    private void append(String list, ObjectNode one) {
        var copy = one.deepCopy();
        copy.remove(list.equals("service_at_locations") ? OF_PLACES : OWNERS);
        copy.put("id", NameUuid.of(id(), list, one.path("id").asText()).toString());
        into.withArray("/" + list).add(copy);
    }

    private UUID id() {
        return Document.uuid(into, "id").orElseThrow();
    }

    private static String hours(ObjectNode schedule) {
        return Stream.of(
                        "freq",
                        "byday",
                        "bymonthday",
                        "dtstart",
                        "valid_from",
                        "valid_to",
                        "opens_at",
                        "closes_at",
                        "description")
                .flatMap(it -> Document.text(schedule, it).stream())
                .collect(Collectors.joining(" "));
    }

    private void places() {
        var known = new LinkedHashSet<String>();
        Document.objects(into, "service_at_locations").forEach(it -> known.add(place(it)));
        for (var at : Document.objects(from, "service_at_locations")) {
            if (!known.contains(place(at)) && !place(at).isBlank()) {
                add("place", "places", "", place(at), "", () -> append("service_at_locations", at));
            }
        }
    }

    private String place(ObjectNode at) {
        var location = Document.uuid(at, "location_id").map(parts::get);
        return location.map(it -> Profile.spot(it.json()))
                .map(
                        it ->
                                Stream.of(
                                                Stream.of(it.name()),
                                                it.street().stream(),
                                                Stream.of(it.postalCode(), it.city()))
                                        .flatMap(words -> words)
                                        .filter(word -> !word.isBlank())
                                        .collect(Collectors.joining(", ")))
                .orElse("");
    }

    private void shared(String list, String kind, String id, String... words) {
        var known =
                Document.objects(into, list).stream()
                        .map(it -> it.path(id).asText())
                        .collect(Collectors.toSet());
        for (var one : Document.objects(from, list)) {
            if (!known.contains(one.path(id).asText())) {
                var said = Document.uuid(one, id).map(parts::get).map(Aggregate::json).orElse(one);
                add(
                        kind,
                        list,
                        "",
                        either(said, words),
                        "",
                        () -> into.withArray("/" + list).add(one.deepCopy()));
            }
        }
    }

    private void terms() {
        var known =
                Document.objects(into, "attributes").stream()
                        .map(TwinPieces::term)
                        .collect(Collectors.toSet());
        for (var attribute : Document.objects(from, "attributes")) {
            var term = term(attribute);
            if (!known.contains(term)) {
                var named =
                        attribute.has("taxonomy_term")
                                ? Optional.of(attribute.path("taxonomy_term"))
                                : Document.uuid(term).map(parts::get).map(Aggregate::json);
                add(
                        "term",
                        "attributes",
                        "",
                        named.map(it -> it.path("name").asText()).orElse(term),
                        "",
                        () -> file(attribute));
            }
        }
    }

    private void file(ObjectNode attribute) {
        var copy = attribute.deepCopy();
        copy.put("id", NameUuid.of(id(), "term", term(attribute)).toString());
        copy.put("link_id", id().toString());
        into.withArray("/attributes").add(copy);
    }

    private static String term(JsonNode attribute) {
        return Document.text(attribute, "taxonomy_term_id")
                .or(() -> Document.text(attribute.path("taxonomy_term"), "id"))
                .orElse("");
    }

    private void list(String member) {
        var all = Document.objects(from, member);
        if (!all.isEmpty() && Document.objects(into, member).isEmpty()) {
            add(
                    "list",
                    member,
                    "",
                    all.stream()
                            .map(
                                    it ->
                                            either(
                                                    it,
                                                    "source",
                                                    "document",
                                                    "name",
                                                    "description",
                                                    "option",
                                                    "amount",
                                                    "currency",
                                                    "amount_description"))
                            .collect(Collectors.joining("; ")),
                    "",
                    () -> all.forEach(it -> append(member, it)));
        }
    }

    private static String either(JsonNode json, String... members) {
        var words = new ArrayList<String>();
        for (var member : members) {
            var value = json.path(member).asText().strip();
            if (!value.isEmpty()) {
                words.add(value);
            }
        }
        return String.join(", ", words);
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
