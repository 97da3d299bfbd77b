// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;
import org.waymark.node.listing.Review.Reason;

/// Reasons to let a person look at a service before anyone else sees it. It would rather stop ten
/// harmless listings than let one shelter through; it decides nothing for good.
///
/// Words come from `listing/caution-en.txt`, and from `caution-others.txt` for other languages.
final class Caution {

    private static final CautionWords WORDS =
            CautionWords.read("/listing/caution-en.txt", "/listing/caution-others.txt");

    private static final List<String> NAMES = List.of("name", "alternate_name");
    private static final List<String> TEXTS =
            List.of(
                    "description",
                    "application_process",
                    "eligibility_description",
                    "fees_description",
                    "alert",
                    "interpretation_services",
                    "bring",
                    "url",
                    "website",
                    "email");

    /// Texts of objects inside a service, which its page shows.
    private static final Map<String, List<String>> DETAILS =
            Map.of(
                    "cost_options", List.of("option", "amount_description"),
                    "required_documents", List.of("document"),
                    "service_areas", List.of("name", "description"),
                    "funding", List.of("source"));

    private static final Pattern OFFICE_HOST =
            Pattern.compile("://[^/]*\\.(gov|mil|gob|gouv|govt|gv)(\\.[a-z]{2})?(?=[/:?\\s]|$)");
    private static final Pattern OFFICE_NAME =
            Pattern.compile(
                    "\\b(department of|dept of|county of|city of|town of|village of|municipality"
                            + "|ministry of|state of|court|clerk of|consulate|embassy|u\\.?s\\.?"
                            + " (citizenship|department)|social security administration"
                            + "|public schools|tax collector)\\b");

    private Caution() {}

    /// Whether its people are in danger where others know the house.
    static boolean isProtective(Set<Reason> reasons) {
        return reasons.stream()
                .anyMatch(
                        it ->
                                switch (it) {
                                    case VIOLENCE,
                                            TRAFFICKING,
                                            CHILD_PROTECTION,
                                            LGBTIQ,
                                            ASYLUM_HOUSING,
                                            WOMEN_ONLY ->
                                            true;
                                    case ENFORCEMENT, STAFF_REMARK, PERSONAL, HIDDEN_HOUSE, OFFER ->
                                            false;
                                });
    }

    static Set<Reason> reasons(Aggregate service, Map<UUID, Aggregate> parts) {
        var provider = provider(service, parts);
        var names = new StringJoiner(" | ");
        collect(service.json(), NAMES, names);
        collect(provider, NAMES, names);
        var texts = new StringJoiner(" | ");
        texts.add(names.toString());
        collect(service.json(), TEXTS, texts);
        DETAILS.forEach(
                (member, inside) ->
                        Document.objects(service.json(), member)
                                .forEach(it -> collect(it, inside, texts)));
        collectParts(service.json(), texts);
        Document.uuid(service.json(), "program_id")
                .map(parts::get)
                .ifPresent(
                        it -> {
                            collect(it.json(), NAMES, texts);
                            collect(it.json(), List.of("description"), texts);
                        });
        for (var attribute : Document.objects(service.json(), "attributes")) {
            collect(term(attribute, parts), List.of("name"), texts);
        }
        // What a provider says of itself speaks for all it runs, except of whom it also helps.
        collect(provider, List.of("website"), texts);
        for (var at : Document.objects(service.json(), "service_at_locations")) {
            collect(at, List.of("description"), texts);
            collectParts(at, texts);
            var location = Document.uuid(at, "location_id").map(parts::get);
            location.ifPresent(it -> collect(it.json(), NAMES, texts));
            location.ifPresent(it -> collect(it.json(), List.of("description"), texts));
        }
        var reasons = WORDS.reasons(names.toString(), texts.toString());
        if (Personal.standsIn(texts.toString().toLowerCase(Locale.ROOT))) {
            reasons.add(Reason.PERSONAL);
        }
        return reasons;
    }

    /// Whether an authority seems to stand behind it, so that the warning goes on its page.
    static Kind kindOf(Aggregate service, Map<UUID, Aggregate> parts) {
        var provider = provider(service, parts);
        var hosts = service.json().path("url").asText() + " " + provider.path("website").asText();
        var names = (service.json().path("name").asText() + " | " + provider.path("name").asText());
        return OFFICE_HOST.matcher(hosts.toLowerCase(Locale.ROOT)).find()
                        || OFFICE_NAME.matcher(names.toLowerCase(Locale.ROOT)).find()
                ? Kind.PUBLIC_OFFICE
                : Kind.HELP;
    }

    private static JsonNode provider(Aggregate service, Map<UUID, Aggregate> parts) {
        return Document.uuid(service.json(), "organization_id")
                .map(parts::get)
                .<JsonNode>map(Aggregate::json)
                // Written out in what a partner gave us.
                .orElseGet(() -> service.json().path("organization"));
    }

    /// Our own topics say the same of all; their names are not read.
    private static JsonNode term(JsonNode attribute, Map<UUID, Aggregate> parts) {
        var inside = attribute.path("taxonomy_term");
        if (TopicTaxonomy.NAME.equals(inside.path("taxonomy").asText())) {
            return Document.object();
        }
        return inside.isObject()
                ? inside
                : Document.uuid(attribute, "taxonomy_term_id")
                        .map(parts::get)
                        .<JsonNode>map(Aggregate::json)
                        .orElseGet(Document::object);
    }

    /// What is said beside phones and hours is read, too.
    private static void collectParts(JsonNode json, StringJoiner joiner) {
        for (var member : List.of("phones", "schedules")) {
            for (var part : Document.objects(json, member)) {
                collect(part, List.of("description", "notes"), joiner);
            }
        }
    }

    private static void collect(JsonNode json, List<String> members, StringJoiner joiner) {
        for (var member : members) {
            Document.text(json, member).ifPresent(joiner::add);
            for (var translation : json.path("translations")) {
                Document.text(translation, member).ifPresent(joiner::add);
            }
        }
    }
}
