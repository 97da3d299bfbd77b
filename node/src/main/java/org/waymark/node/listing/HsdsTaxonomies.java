// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.hsds.ModelCheck;

/// The taxonomies that public services use, and their terms with those above them: the nine topics,
/// and what publishers brought. (Which other terms there are can say what is hidden.) A taxonomy
/// that terms only name is there, too, with an id made from its name.
final class HsdsTaxonomies {

    private final TreeMap<String, ObjectNode> taxonomies = new TreeMap<>();
    private final TreeMap<String, ObjectNode> terms = new TreeMap<>();

    /// @param used the terms that public services have
    static HsdsTaxonomies read(Transaction tx, Set<UUID> used) {
        var all = new HsdsTaxonomies();
        all.add(all.taxonomies, "taxonomy", TopicTaxonomy.taxonomy());
        Arrays.stream(Topic.values())
                .map(TopicTaxonomy::term)
                .forEach(term -> all.add(all.terms, "taxonomy_term", term));
        var found = withThoseAbove(tx, used);
        var of = new HashSet<UUID>();
        found.forEach(it -> idOf(it).ifPresent(of::add));
        listByIds(tx, Aggregate.Type.TAXONOMY, of)
                .forEach(it -> all.add(all.taxonomies, "taxonomy", it));
        found.forEach(all::addTerm);
        return all;
    }

    private static List<ObjectNode> withThoseAbove(Transaction tx, Set<UUID> used) {
        var found = new ArrayList<ObjectNode>();
        var seen = new HashSet<>(used);
        var next = used;
        while (!next.isEmpty()) {
            var terms = listByIds(tx, Aggregate.Type.TERM, next);
            found.addAll(terms);
            next =
                    terms.stream()
                            .flatMap(it -> Document.uuid(it, "parent_id").stream())
                            .filter(seen::add)
                            .collect(Collectors.toSet());
        }
        return found;
    }

    private static List<ObjectNode> listByIds(Transaction tx, Aggregate.Type type, Set<UUID> ids) {
        return AggregateTable.listByIds(tx, ids).values().stream()
                .filter(it -> it.type() == type)
                .map(Aggregate::json)
                .toList();
    }

    private void addTerm(ObjectNode term) {
        idOf(term)
                .ifPresent(
                        id -> {
                            term.put("taxonomy_id", id.toString());
                            var name = term.path("taxonomy").asText();
                            if (!taxonomies.containsKey(id.toString()) && !name.isBlank()) {
                                add(
                                        taxonomies,
                                        "taxonomy",
                                        Document.object()
                                                .put("id", id.toString())
                                                .put("name", name)
                                                .put("description", name));
                            }
                        });
        add(terms, "taxonomy_term", term);
    }

    private void add(TreeMap<String, ObjectNode> to, String object, ObjectNode json) {
        json.remove(List.of("held", "metadata"));
        ModelCheck.conform(object, json);
        to.put(json.path("id").asText(), json);
    }

    /// The taxonomy of a term.
    static Optional<UUID> idOf(JsonNode term) {
        return Document.uuid(term, "taxonomy_id")
                .or(
                        () ->
                                Document.text(term, "taxonomy")
                                        .map(name -> NameUuid.of(TopicTaxonomy.ID, "named", name)));
    }

    List<ObjectNode> list(HsdsQuery query) {
        return taxonomies.values().stream().filter(it -> isNamed(it, query)).toList();
    }

    List<ObjectNode> listTerms(HsdsQuery query) {
        var taxonomy = query.uuid(HsdsParameter.TAXONOMY_ID).map(UUID::toString);
        var parent = query.uuid(HsdsParameter.PARENT_ID).map(UUID::toString);
        var topOnly = query.flag(HsdsParameter.TOP_ONLY);
        return terms.values().stream()
                .filter(it -> isNamed(it, query))
                .filter(it -> taxonomy.map(it.path("taxonomy_id").asText()::equals).orElse(true))
                .filter(it -> parent.map(it.path("parent_id").asText()::equals).orElse(true))
                .filter(it -> !topOnly || !it.hasNonNull("parent_id"))
                .toList();
    }

    Optional<ObjectNode> find(UUID id) {
        return Optional.ofNullable(taxonomies.get(id.toString())).map(ObjectNode::deepCopy);
    }

    Optional<ObjectNode> findTerm(UUID id) {
        var term = Optional.ofNullable(terms.get(id.toString())).map(ObjectNode::deepCopy);
        term.ifPresent(
                it ->
                        Document.uuid(it, "taxonomy_id")
                                .flatMap(this::find)
                                .ifPresent(of -> it.set("taxonomy_detail", of)));
        return term;
    }

    private static boolean isNamed(ObjectNode json, HsdsQuery query) {
        return query.text(HsdsParameter.SEARCH)
                .map(Directory::folded)
                .map(words -> Directory.folded(json.path("name").asText()).contains(words))
                .orElse(true);
    }
}
