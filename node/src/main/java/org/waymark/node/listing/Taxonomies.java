// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// The taxonomies of an organisation beside the nine topics: loading them, which of their terms
/// stand under which topic, terms of its own below a topic, and the listings that are under none.
/// What is for enforcement is never under a topic, whatever its terms say (safety rule 1).
public final class Taxonomies {

    /// The taxonomy of terms that staff make up.
    private static final String LOCAL = "Local terms";

    private static final String SORT = "listing-sort";
    private static final int DEEPEST_SHOWN = 9;
    private static final int TERMS_AT_ONCE = 200;
    private static final int LONGEST_NAME = 200;

    /// @param level 0 at the top, 9 at most
    /// @param topic under which it stands, if any
    /// @param inherited because a term above it does
    /// @param decided whether staff or the program said so, of it or of one above
    public record Term(
            UUID id,
            String taxonomy,
            String name,
            int level,
            Optional<Topic> topic,
            boolean inherited,
            boolean decided,
            int listings) {}

    /// What came of loading one.
    ///
    /// @param cyclic names of terms that are above themselves; they stand at the top
    /// @param orphans names of terms whose parent is not there; they stand at the top
    /// @param repeated ids that came twice; the first counts
    /// @param naming names of terms that name a house that no listing tells; they are not taken
    public record Loaded(
            String name,
            int terms,
            int changed,
            List<String> cyclic,
            List<String> orphans,
            List<String> repeated,
            List<String> naming) {}

    /// @param suggested the likeliest first
    public record Unsorted(Listing listing, List<Topic> suggested) {}

    private final Database database;
    private final Listings listings;
    private final org.waymark.node.account.Access access;
    private final Audit audit;

    public Taxonomies(
            Database database,
            Listings listings,
            org.waymark.node.account.Access access,
            Audit audit) {
        this.database = database;
        this.listings = listings;
        this.access = access;
        this.audit = audit;
    }

    /// Loads a taxonomy, or a newer version of it: what is in it is added or changed, what is not
    /// stays. The ids are those an import of services makes of the same foreign ids.
    ///
    /// @param given its name; empty: the one in the file
    /// @param text CSV or JSON
    /// @throws UnusablePackageException when it cannot be read; nothing is changed
    public Loaded load(Acting acting, String given, String language, String text) {
        access.require(acting, Right.EDIT_LISTINGS);
        var found = TaxonomyFile.read(text);
        var name = given.isEmpty() ? nameOf(found) : given;
        var publisher = acting.organization();
        var taxonomy = NameUuid.of(publisher.value(), "taxonomy", "name", name);
        var terms = new LinkedHashMap<String, TaxonomyFile.Term>();
        var repeated = new ArrayList<String>();
        for (var term : found) {
            if (terms.putIfAbsent(term.id(), term) != null) {
                repeated.add(term.id());
            }
        }
        var naming = withoutNaming(publisher, terms);
        var orphans = new ArrayList<String>();
        var cyclic = new ArrayList<String>();
        var aggregates = new ArrayList<Aggregate>();
        aggregates.add(taxonomy(publisher, taxonomy, name));
        for (var term : terms.values()) {
            var parent = Optional.of(term.parent()).filter(it -> !it.isEmpty());
            if (parent.filter(it -> !terms.containsKey(it)).isPresent()) {
                orphans.add(term.name());
                parent = Optional.empty();
            } else if (isAboveItself(term, terms)) {
                cyclic.add(term.name());
                parent = Optional.empty();
            }
            aggregates.add(term(publisher, taxonomy, name, language, term, parent));
        }
        var changed = 0;
        for (int from = 0; from < aggregates.size(); from += TERMS_AT_ONCE) {
            var some = aggregates.subList(from, Math.min(aggregates.size(), from + TERMS_AT_ONCE));
            changed +=
                    database.write(
                            tx -> {
                                var stored = listings.directory().store(tx, some);
                                listings.directory().rebuildUsersOf(tx, stored, Set.of());
                                return (int)
                                        stored.stream().filter(it -> !it.equals(taxonomy)).count();
                            });
        }
        database.run(
                tx -> {
                    mapByDefault(tx, publisher, name, terms.values());
                    audit.record(tx, acting, "taxonomy-load", taxonomy.toString());
                });
        return new Loaded(name, terms.size(), changed, cyclic, orphans, repeated, naming);
    }

    /// Takes out those that would tell a hidden house on every listing that stands under them.
    private List<String> withoutNaming(
            OrganizationId publisher, Map<String, TaxonomyFile.Term> terms) {
        var isNaming = database.read(tx -> naming(tx, publisher, terms.values()));
        var naming = terms.values().stream().filter(isNaming).toList();
        naming.forEach(it -> terms.remove(it.id()));
        return naming.stream().map(TaxonomyFile.Term::name).toList();
    }

    private static Predicate<TaxonomyFile.Term> naming(
            Transaction tx, OrganizationId publisher, Collection<TaxonomyFile.Term> terms) {
        var hidden = HiddenHouses.hidden(tx, publisher);
        if (terms.stream().noneMatch(it -> hidden.isNamedBy(texts(it)))) {
            return _ -> false;
        }
        var houses = HiddenHouses.settled(tx, publisher);
        return it -> houses.isNamedBy(texts(it));
    }

    private static List<String> texts(TaxonomyFile.Term term) {
        return List.of(term.id(), term.code(), term.name(), term.description());
    }

    private static String nameOf(List<TaxonomyFile.Term> terms) {
        return terms.stream()
                .map(TaxonomyFile.Term::taxonomy)
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElseThrow(
                        () ->
                                new UnusablePackageException(
                                        "taxonomy-nameless",
                                        "It does not say which taxonomy it is."));
    }

    private static boolean isAboveItself(
            TaxonomyFile.Term term, Map<String, TaxonomyFile.Term> terms) {
        var seen = new HashSet<String>();
        var above = term.parent();
        while (!above.isEmpty() && seen.add(above)) {
            if (above.equals(term.id())) {
                return true;
            }
            var next = terms.get(above);
            above = next == null ? "" : next.parent();
        }
        return false;
    }

    private static Aggregate taxonomy(OrganizationId publisher, UUID id, String name) {
        var json =
                Document.object()
                        .put("id", id.toString())
                        .put("name", name)
                        .put("description", name);
        return new Aggregate(id, Aggregate.Type.TAXONOMY, publisher, json);
    }

    private static Aggregate term(
            OrganizationId publisher,
            UUID taxonomy,
            String taxonomyName,
            String language,
            TaxonomyFile.Term term,
            Optional<String> parent) {
        var id = id(publisher, term.id());
        var json =
                Document.object()
                        .put("id", id.toString())
                        .put("name", term.name())
                        .put(
                                "description",
                                term.description().isEmpty() ? term.name() : term.description())
                        .put("taxonomy", taxonomyName)
                        .put("taxonomy_id", taxonomy.toString())
                        .put("language", language);
        Document.setUnlessBlank(json, "code", term.code().isEmpty() ? term.id() : term.code());
        parent.ifPresent(it -> json.put("parent_id", id(publisher, it).toString()));
        return new Aggregate(id, Aggregate.Type.TERM, publisher, json);
    }

    private static UUID id(OrganizationId publisher, String foreign) {
        return Document.uuid(foreign)
                .orElseGet(
                        () -> NameUuid.of(publisher.value(), PackageTable.TAXONOMY.key(), foreign));
    }

    /// What staff have not decided stands where the program says.
    private void mapByDefault(
            Transaction tx,
            OrganizationId publisher,
            String name,
            Collection<TaxonomyFile.Term> terms) {
        var mapped = new HashMap<UUID, Optional<Topic>>();
        var known = TermTable.listOf(tx, publisher);
        for (var term : terms) {
            var id = id(publisher, term.id());
            var decided = Optional.ofNullable(known.get(id)).filter(it -> !it.inherited());
            TaxonomyDefaults.topic(name, term)
                    .filter(_ -> decided.isEmpty())
                    .ifPresent(topic -> mapped.put(id, Optional.of(topic)));
        }
        decide(tx, publisher, mapped, Set.of());
    }

    /// All terms of the organisation, each below the one above it.
    public List<Term> terms(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx -> {
                    var terms = AggregateTable.listTerms(tx, acting.organization());
                    var mapped = TermTable.listOf(tx, acting.organization());
                    var uses = AggregateTable.countUses(tx, acting.organization());
                    var children = new LinkedHashMap<Optional<UUID>, List<Aggregate>>();
                    var ids = terms.stream().map(Aggregate::id).collect(Collectors.toSet());
                    for (var term : terms) {
                        var parent = Document.uuid(term.json(), "parent_id").filter(ids::contains);
                        children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(term);
                    }
                    var all = new LinkedHashMap<UUID, Term>();
                    var tops = children.getOrDefault(Optional.<UUID>empty(), List.of());
                    // A package may have terms that are above themselves; they come last.
                    Stream.concat(
                                    tops.stream().sorted(Comparator.comparing(Taxonomies::of)),
                                    terms.stream())
                            .forEach(top -> add(all, top, children, mapped, uses));
                    return List.copyOf(all.values());
                });
    }

    private static String of(Aggregate term) {
        return Document.text(term.json(), "taxonomy").orElse("");
    }

    private record Step(Aggregate term, int level) {}

    /// A term and all below it that are not there yet.
    private static void add(
            Map<UUID, Term> all,
            Aggregate top,
            Map<Optional<UUID>, List<Aggregate>> children,
            Map<UUID, TermTable.Mapped> mapped,
            Map<UUID, Integer> uses) {
        var open = new ArrayDeque<Step>(List.of(new Step(top, 0)));
        while (!open.isEmpty()) {
            var step = open.pop();
            var term = step.term();
            if (all.containsKey(term.id())) {
                continue;
            }
            var row = Optional.ofNullable(mapped.get(term.id()));
            all.put(
                    term.id(),
                    new Term(
                            term.id(),
                            of(term),
                            term.json().path("name").asText(),
                            step.level(),
                            row.flatMap(TermTable.Mapped::topic),
                            row.filter(TermTable.Mapped::inherited).isPresent(),
                            row.isPresent(),
                            uses.getOrDefault(term.id(), 0)));
            var level = Math.min(step.level() + 1, DEEPEST_SHOWN);
            children.getOrDefault(Optional.of(term.id()), List.of()).reversed().stream()
                    .map(child -> new Step(child, level))
                    .forEach(open::push);
        }
    }

    /// Puts a term, and those below it that say nothing else, under a topic; none: under no topic.
    ///
    /// @return false when the organisation has no such term
    public boolean map(Acting acting, UUID term, Optional<Topic> topic) {
        return decide(acting, term, Map.of(term, topic), Set.of());
    }

    /// Lets a term stand where the one above it does.
    ///
    /// @return false when the organisation has no such term
    public boolean forget(Acting acting, UUID term) {
        return decide(acting, term, Map.of(), Set.of(term));
    }

    private boolean decide(
            Acting acting, UUID term, Map<UUID, Optional<Topic>> decided, Set<UUID> forgotten) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    if (!isOwn(tx, acting, term)) {
                        return false;
                    }
                    decide(tx, acting.organization(), decided, forgotten);
                    audit.record(tx, acting, "term-map", term.toString());
                    return true;
                });
    }

    private static boolean isNaming(Transaction tx, UUID term) {
        var found = AggregateTable.find(tx, term).orElseThrow();
        return HiddenHouses.areNaming(tx, found.publisher(), HiddenHouses.textsOf(found.json()));
    }

    private static boolean isOwn(Transaction tx, Acting acting, UUID term) {
        return AggregateTable.find(tx, term)
                .filter(it -> it.type() == Aggregate.Type.TERM)
                .filter(it -> it.publisher().equals(acting.organization()))
                .isPresent();
    }

    private void decide(
            Transaction tx,
            OrganizationId publisher,
            Map<UUID, Optional<Topic>> decided,
            Set<UUID> forgotten) {
        var before = TermTable.listOf(tx, publisher);
        var own = new HashMap<UUID, Optional<Topic>>();
        before.values().stream()
                .filter(it -> !it.inherited() && !forgotten.contains(it.term()))
                .forEach(it -> own.put(it.term(), it.topic()));
        own.putAll(decided);
        var terms = AggregateTable.listTerms(tx, publisher);
        var parents = new HashMap<UUID, UUID>();
        terms.forEach(
                term ->
                        Document.uuid(term.json(), "parent_id")
                                .ifPresent(parent -> parents.put(term.id(), parent)));
        var after = new HashMap<UUID, TermTable.Mapped>();
        for (var term : terms) {
            nearest(term.id(), parents, own)
                    .ifPresent(
                            at ->
                                    after.put(
                                            term.id(),
                                            new TermTable.Mapped(
                                                    term.id(),
                                                    own.getOrDefault(at, Optional.empty()),
                                                    !at.equals(term.id()))));
        }
        var changed = new HashSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(id -> Objects.equals(before.get(id), after.get(id)));
        TermTable.replace(
                tx, changed, changed.stream().filter(after::containsKey).map(after::get).toList());
        listings.directory().rebuildUsersOf(tx, changed, Set.of());
    }

    /// The term itself or the next one above it that somebody decided about.
    private static Optional<UUID> nearest(
            UUID term, Map<UUID, UUID> parents, Map<UUID, Optional<Topic>> own) {
        var seen = new HashSet<UUID>();
        Optional<UUID> at = Optional.of(term);
        while (at.isPresent() && seen.add(at.get())) {
            if (own.containsKey(at.get())) {
                return at;
            }
            at = Optional.ofNullable(parents.get(at.get()));
        }
        return Optional.empty();
    }

    /// Adds a term of the organisation's own below a topic; empty where its name would tell a house
    /// that no listing tells.
    public Optional<UUID> addLocal(Acting acting, Topic topic, String language, String name) {
        access.require(acting, Right.EDIT_LISTINGS);
        var clean = PlainText.of(name, LONGEST_NAME).strip();
        if (clean.isEmpty()) {
            throw new IllegalArgumentException("A term needs a name");
        }
        var publisher = acting.organization();
        var taxonomy = NameUuid.of(publisher.value(), "taxonomy", "name", LOCAL);
        var id = NameUuid.of(taxonomy, topic.slug(), clean.toLowerCase(Locale.ROOT));
        var json =
                Document.object()
                        .put("id", id.toString())
                        .put("name", clean)
                        .put("description", clean)
                        .put("taxonomy", LOCAL)
                        .put("taxonomy_id", taxonomy.toString())
                        .put("language", language)
                        .put("parent_id", TopicTaxonomy.termId(topic).toString());
        return database.write(
                tx -> {
                    if (HiddenHouses.areNaming(tx, publisher, List.of(clean))) {
                        return Optional.empty();
                    }
                    listings.directory()
                            .store(
                                    tx,
                                    List.of(
                                            taxonomy(publisher, taxonomy, LOCAL),
                                            new Aggregate(
                                                    id, Aggregate.Type.TERM, publisher, json)));
                    decide(tx, publisher, Map.of(id, Optional.of(topic)), Set.of());
                    audit.record(tx, acting, "term-add", id.toString());
                    return Optional.of(id);
                });
    }

    /// Open listings of the organisation that stand under no topic, by name.
    public List<Unsorted> unsorted(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database
                .read(tx -> ListingTable.listWithoutTopic(tx, acting.organization()))
                .stream()
                .map(Profile::read)
                .map(
                        listing ->
                                new Unsorted(
                                        listing,
                                        TopicSuggestions.of(
                                                listing.name().base(),
                                                listing.description().base())))
                .toList();
    }

    /// Puts listings under a topic, or under a term of the organisation.
    ///
    /// @return how many of them changed; what is for enforcement never does
    public int sort(Acting acting, Collection<ListingId> ids, Topic topic) {
        return attach(acting, ids, id -> TopicTaxonomy.attribute(id, topic));
    }

    /// @see #sort
    ///
    ///   A term that came by an import and names a house that no listing tells takes none in.
    public int sort(Acting acting, Collection<ListingId> ids, UUID term) {
        access.require(acting, Right.EDIT_LISTINGS);
        if (!database.read(tx -> isOwn(tx, acting, term) && !isNaming(tx, term))) {
            return 0;
        }
        return attach(acting, ids, id -> Backing.attribute(id, term));
    }

    private interface Attaching {
        ObjectNode to(UUID service);
    }

    private int attach(Acting acting, Collection<ListingId> ids, Attaching attaching) {
        access.require(acting, Right.EDIT_LISTINGS);
        var some = ids.stream().distinct().limit(Directory.SERVICES_AT_ONCE).toList();
        return database.write(
                tx -> {
                    var changed = 0;
                    for (var id : some) {
                        changed += attach(tx, acting, id, attaching.to(id.value())) ? 1 : 0;
                    }
                    return changed;
                });
    }

    private boolean attach(Transaction tx, Acting acting, ListingId id, ObjectNode attribute) {
        var service =
                AggregateTable.find(tx, id.value())
                        .filter(it -> it.publisher().equals(acting.organization()));
        var open = ListingTable.find(tx, id).filter(it -> it.kind() != Kind.ENFORCEMENT);
        if (service.isEmpty() || open.isEmpty() || has(service.get(), attribute)) {
            return false;
        }
        var before = Snapshot.find(tx, id);
        service.get().json().withArray("/attributes").add(attribute);
        listings.directory().store(tx, List.of(service.get()));
        listings.directory().publish(tx, List.of(service.get()), Directory::asBefore);
        audit.record(tx, acting, SORT, id.toString());
        listings.remembering().remember(tx, acting, id, SORT, Optional.empty(), before);
        return true;
    }

    private static boolean has(Aggregate service, ObjectNode attribute) {
        var id = Document.uuid(attribute, "id");
        return Document.objects(service.json(), "attributes").stream()
                .anyMatch(it -> Document.uuid(it, "id").equals(id));
    }
}
