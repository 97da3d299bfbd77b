// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// Reads and writes what HSDS, and our Profile's `situations`, say about whom a service fits.
final class FitDocument {

    // The whole of what a source says about money, so that "free for members" is not free.
    private static final Set<String> FREE =
            Set.of(
                    "free",
                    "free of charge",
                    "no fee",
                    "no fees",
                    "no charge",
                    "no cost",
                    "none",
                    "0",
                    "gratuit",
                    "gratis",
                    "gratuito",
                    "kostenlos",
                    "مجاني",
                    "مجانا",
                    "مجانًا",
                    "رایگان",
                    "безкоштовно",
                    "бесплатно");
    private static final Pattern INTERPRETERS =
            Pattern.compile("interpret|translat(?:ion|or)|language line");
    private static final Pattern SIGNED = Pattern.compile("sign language");
    // ISO 639-3 of sign languages of the countries around us, and the family of all of them.
    private static final Set<String> SIGN_LANGUAGES =
            Set.of(
                    "sgn", "ase", "bfi", "gsg", "fsl", "ssp", "csc", "ise", "dse", "swl", "nsl",
                    "dsl", "psr", "pso", "rsl", "ukl", "jos", "esl", "tsm", "gss", "asq", "sgg");
    private static final Set<Situation> STORED =
            EnumSet.of(
                    Situation.WOMEN_ONLY,
                    Situation.FAMILIES,
                    Situation.INTERPRETER,
                    Situation.SIGN_LANGUAGE);

    private FitDocument() {}

    static Fit read(JsonNode json) {
        return new Fit(
                isFree(json),
                age(json, "minimum_age"),
                age(json, "maximum_age"),
                situations(json),
                terms(json));
    }

    private static boolean isFree(JsonNode json) {
        var costs = Document.objects(json, "cost_options");
        if (!costs.isEmpty()
                && costs.stream()
                        .allMatch(
                                it ->
                                        it.path("amount").isNumber()
                                                && it.path("amount").asDouble() == 0)) {
            return true;
        }
        return Document.text(json, "fees_description")
                .map(text -> text.strip().toLowerCase(Locale.ROOT).replaceAll("[.!]+$", ""))
                .filter(FREE::contains)
                .isPresent();
    }

    private static OptionalInt age(JsonNode json, String member) {
        var value = json.path(member);
        return value.isNumber() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    private static Set<Situation> situations(JsonNode json) {
        var found = EnumSet.noneOf(Situation.class);
        for (var word : json.path("situations")) {
            for (var situation : STORED) {
                if (Projection.word(situation).equals(word.asText())) {
                    found.add(situation);
                }
            }
        }
        if (Document.text(json, "interpretation_services").isPresent()) {
            found.add(Situation.INTERPRETER);
        }
        for (var language : Document.objects(json, "languages")) {
            var name = language.path("name").asText().toLowerCase(Locale.ROOT);
            var code = language.path("code").asText().toLowerCase(Locale.ROOT).split("-", 2)[0];
            if (INTERPRETERS.matcher(name).find()) {
                found.add(Situation.INTERPRETER);
            }
            if (SIGN_LANGUAGES.contains(code) || SIGNED.matcher(name).find()) {
                found.add(Situation.SIGN_LANGUAGE);
            }
        }
        return found;
    }

    private static List<String> terms(JsonNode json) {
        return Document.objects(json, "attributes").stream()
                .map(attribute -> attribute.path("taxonomy_term"))
                .filter(term -> !TopicTaxonomy.NAME.equals(term.path("taxonomy").asText()))
                .flatMap(term -> Document.text(term, "name").stream())
                .map(String::strip)
                .distinct()
                .toList();
    }

    /// Writes what staff chose; what the source says in other words stays.
    static void write(ObjectNode json, Fit fit) {
        json.remove(List.of("minimum_age", "maximum_age", "situations"));
        fit.minimumAge().ifPresent(age -> json.put("minimum_age", age));
        fit.maximumAge().ifPresent(age -> json.put("maximum_age", age));
        fit.situations().stream()
                .filter(STORED::contains)
                .sorted()
                .forEach(it -> json.withArray("/situations").add(Projection.word(it)));
        if (fit.free() && !isFree(json)) {
            var service = Document.uuid(json, "id").orElse(new UUID(0, 0));
            json.remove("cost_options");
            json.withArray("/cost_options")
                    .addObject()
                    .put("id", NameUuid.of(service, "free") + "")
                    .put("amount", 0);
        } else if (!fit.free() && isFree(json)) {
            json.remove("cost_options");
        }
    }
}
