// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What stands behind a service, and under what it is filed beside our topics.
///
/// @param funding who pays for it, in the words of its source
/// @param program the name of the programme that it is part of
/// @param terms of other taxonomies, and local ones
public record Backing(List<String> funding, Optional<String> program, List<Term> terms) {

    /// A term by its id, with its name in the languages that it has one in.
    public record Term(UUID id, Text name) {}

    public Backing {
        funding = List.copyOf(funding);
        terms = List.copyOf(terms);
    }

    static Backing read(JsonNode service) {
        var base = Document.text(service, "base_language").orElse("en");
        return new Backing(
                Document.objects(service, "funding").stream()
                        .flatMap(it -> Document.text(it, "source").stream())
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .distinct()
                        .toList(),
                Document.text(service.path("program"), "name"),
                Document.objects(service, "attributes").stream()
                        .filter(it -> !isTopic(it))
                        .flatMap(
                                it ->
                                        termId(it)
                                                .map(id -> new Term(id, name(it, base)))
                                                .filter(term -> !term.name().base().isBlank())
                                                .stream())
                        .distinct()
                        .toList());
    }

    /// Writes funding and terms; what stays, stays with all its members, and so does what [#read]
    /// shows to nobody: who saves saw none of it. The programme is an object of its own.
    ///
    /// @param named terms that have a name here
    void write(ObjectNode service, Predicate<UUID> named) {
        var id = Document.uuid(service, "id").orElseThrow();
        var paid = new ArrayList<ObjectNode>();
        var unpaid = new LinkedHashSet<>(funding);
        for (var one : Document.objects(service, "funding")) {
            var source = one.path("source").asText().strip();
            if (source.isEmpty() || funding.contains(source)) {
                paid.add(one);
                unpaid.remove(source);
            }
        }
        for (var source : unpaid) {
            paid.add(
                    Document.object()
                            .put("id", NameUuid.of(id, "funding", source) + "")
                            .put("source", source));
        }
        service.remove("funding");
        Document.setUnlessEmpty(service, "funding", paid);
        var wanted = terms.stream().map(Term::id).collect(Collectors.toSet());
        var missing = new LinkedHashSet<>(terms.stream().map(Term::id).toList());
        var filed = Document.JSON.createArrayNode();
        for (var attribute : Document.objects(service, "attributes")) {
            var term = termId(attribute);
            if (isTopic(attribute)
                    || term.filter(it -> !wanted.contains(it))
                            .filter(it -> isNamed(attribute, it, named))
                            .isEmpty()) {
                filed.add(attribute);
                term.ifPresent(missing::remove);
            }
        }
        missing.forEach(term -> filed.add(attribute(id, term)));
        service.set("attributes", filed);
    }

    private static boolean isNamed(JsonNode attribute, UUID term, Predicate<UUID> named) {
        return attribute.has("taxonomy_term")
                ? !attribute.path("taxonomy_term").path("name").asText().isBlank()
                : named.test(term);
    }

    /// The terms that a service is filed under by their ids only.
    static Set<UUID> bare(JsonNode service) {
        return Document.objects(service, "attributes").stream()
                .filter(it -> !it.has("taxonomy_term"))
                .flatMap(it -> termId(it).stream())
                .collect(Collectors.toSet());
    }

    /// What files a service under a term.
    static ObjectNode attribute(UUID service, UUID term) {
        return Document.object()
                .put("id", NameUuid.of(service, "term", term.toString()).toString())
                .put("link_id", service.toString())
                .put("link_entity", "service")
                .put("taxonomy_term_id", term.toString());
    }

    private static boolean isTopic(JsonNode attribute) {
        return TopicTaxonomy.NAME.equals(attribute.path("taxonomy_term").path("taxonomy").asText());
    }

    private static Optional<UUID> termId(JsonNode attribute) {
        return Document.uuid(attribute, "taxonomy_term_id")
                .or(() -> Document.uuid(attribute.path("taxonomy_term"), "id"));
    }

    private static Text name(JsonNode attribute, String base) {
        var term = attribute.path("taxonomy_term");
        return Profile.text(term, Document.text(term, "language").orElse(base), "name");
    }
}
