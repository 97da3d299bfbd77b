// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.waymark.node.work.Progress;

/// Takes HSDS 3 objects apart into what services share and what is theirs, with our ids. Every
/// record ends either in the store or in the report.
final class Unfolding implements Intake.Sink {

    private record Wanted(String foreign, String service, String where) {}

    private final Intake.Options options;
    private final IntakeIds ids;
    private final Set<UUID> closedHere;
    private final IntakeStore store;
    private final ImportReport report;
    private final Progress progress;
    private final ObjectTidying tidying;
    private final Map<UUID, Wanted> organizations = new LinkedHashMap<>();
    private final Map<UUID, ObjectNode> placeholders = new LinkedHashMap<>();
    private final Map<UUID, UUID> parents = new HashMap<>();
    private final Set<UUID> cut = new HashSet<>();
    private final Map<UUID, Limit> limits = new HashMap<>();
    private final Map<UUID, Ruling> rulings = new HashMap<>();
    private final Set<UUID> places = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private long done;

    Unfolding(
            Intake.Options options,
            IntakeIds ids,
            Set<UUID> closedHere,
            IntakeStore store,
            ImportReport report,
            Progress progress) {
        this.options = options;
        this.ids = ids;
        this.closedHere = closedHere;
        this.store = store;
        this.report = report;
        this.progress = progress;
        this.tidying = new ObjectTidying(options, report);
    }

    @Override
    public ImportReport report() {
        return report;
    }

    @Override
    public void add(Intake.Entity entity, ObjectNode object, String file, String where) {
        counted(file);
        var problem =
                entity == Intake.Entity.SERVICE
                        ? service(object, where)
                        : shared(entity.type(), object, where);
        problem.ifPresentOrElse(
                it -> report.leftOut(file, it, where + named(object)), () -> report.imported(file));
    }

    private static String named(ObjectNode object) {
        return Document.text(object, "name").map(name -> ": " + name).orElse("");
    }

    @Override
    public void addExported(
            Intake.Entity entity,
            ObjectNode object,
            String sha256,
            ObjectNode ruling,
            String file,
            String where) {
        var id = Document.uuid(object, "id");
        var isAsExported = Document.of(object).hash().equals(sha256);
        if (!isAsExported) {
            report.note(Problem.NOT_AS_EXPORTED, where + named(object));
        }
        if (!isAsExported
                || id.isEmpty()
                || !ids.of(entity.type(), id.get().toString(), where).equals(id.get())
                || (entity == Intake.Entity.SERVICE && ids.isOfPartner(object))) {
            object.setAll(ruling);
            add(entity, object, file, where);
            return;
        }
        counted(file);
        if (entity == Intake.Entity.SERVICE && isClosedHere(id.get(), object)) {
            report.leftOut(file, Problem.CLOSED_HERE, where + named(object));
            return;
        }
        if (!ruling.isEmpty()) {
            rulings.put(id.get(), ruling(ruling));
        }
        store.add(entity.type(), id.get(), object);
        report.imported(file);
    }

    private void counted(String file) {
        report.row(file);
        if (done++ % 500 == 0) {
            progress.step("Reading", done, done);
        }
    }

    private boolean isClosedHere(UUID id, ObjectNode service) {
        return closedHere.contains(id) && Profile.status(service) != Status.DEFUNCT;
    }

    private Optional<Problem> service(ObjectNode json, String where) {
        if (ids.isOfPartner(json)) {
            return Optional.of(Problem.FROM_A_PARTNER);
        }
        var limit = limit(json);
        json.remove(List.of("origin", "kind", "reach", "place", "phone_only", "review", "reasons"));
        tidying.tidy(json, where);
        var name = Document.text(json, "name");
        if (name.isEmpty()) {
            return Optional.of(Problem.NAME_MISSING);
        }
        var id = id(Aggregate.Type.SERVICE, json, where);
        if (store.has(Aggregate.Type.SERVICE, id)) {
            return Optional.of(Problem.REPEATED_RECORD);
        }
        if (isClosedHere(id, json)) {
            return Optional.of(Problem.CLOSED_HERE);
        }
        json.put("id", id.toString());
        limit.ifPresent(it -> limits.put(id, it));
        tidying.service(json, where);
        if (!names.add(name.get())) {
            report.note(Problem.REPEATED_NAME, where + ": " + name.get());
        }
        json.put("organization_id", provider(json, name.get(), where).toString());
        reference(json, "program", Aggregate.Type.PROGRAM, where);
        contacts(json, id, where);
        attributes(json, id, where);
        for (var at : Document.objects(json, "service_at_locations")) {
            at.remove("service_id");
            place(at, id, where);
        }
        topics(json, id, where);
        tidying.parts(json, id, where);
        store.add(Aggregate.Type.SERVICE, id, json);
        return Optional.empty();
    }

    private UUID id(Aggregate.Type type, ObjectNode json, String where) {
        var foreign = Document.text(json, "id");
        if (foreign.isPresent()) {
            return ids.of(type, foreign.get(), where);
        }
        report.note(Problem.BLANK_ID, where);
        return ids.ofContent(type, Document.of(json).text());
    }

    private UUID provider(ObjectNode service, String name, String where) {
        if (service.path("organization") instanceof ObjectNode organization) {
            service.remove("organization");
            if (!organization.has("id") && service.has("organization_id")) {
                organization.set("id", service.get("organization_id"));
            }
            if (Document.text(organization, "name").isPresent()) {
                return keep(Aggregate.Type.ORGANIZATION, organization, where);
            }
        }
        var foreign = Document.text(service, "organization_id");
        if (foreign.isEmpty()) {
            return options.publisher().value();
        }
        var id = ids.of(Aggregate.Type.ORGANIZATION, foreign.get(), where);
        organizations.putIfAbsent(id, new Wanted(foreign.get(), name, where));
        return id;
    }

    /// A thing that stands nested or is named by id; afterwards it is named by our id.
    private void reference(ObjectNode json, String member, Aggregate.Type type, String where) {
        var key = member + "_id";
        if (json.path(member) instanceof ObjectNode nested) {
            json.remove(member);
            if (!nested.has("id") && json.has(key)) {
                nested.set("id", json.get(key));
            }
            json.put(key, keep(type, nested, where).toString());
        } else {
            Document.text(json, key)
                    .ifPresent(foreign -> json.put(key, ids.of(type, foreign, where).toString()));
        }
    }

    private UUID keep(Aggregate.Type type, ObjectNode json, String where) {
        var id =
                Document.text(json, "id")
                        .map(foreign -> ids.of(type, foreign, where))
                        .orElseGet(() -> ids.ofContent(type, contentOf(type, json)));
        json.put("id", id.toString());
        aggregate(type, id, json, where);
        return id;
    }

    // An organisation is known by its name, so that two services without ids share it.
    private static String contentOf(Aggregate.Type type, ObjectNode json) {
        return type == Aggregate.Type.ORGANIZATION
                ? json.path("name").asText()
                : Document.of(json).text();
    }

    private Optional<Problem> shared(Aggregate.Type type, ObjectNode json, String where) {
        tidying.tidy(json, where);
        var needsName = type != Aggregate.Type.CONTACT && type != Aggregate.Type.LOCATION;
        if (needsName && Document.text(json, "name").isEmpty()) {
            return Optional.of(Problem.NAME_MISSING);
        }
        if (json.isEmpty()) {
            return Optional.of(Problem.BLANK_ROW);
        }
        var id = id(type, json, where);
        if (store.has(type, id)) {
            return Optional.of(Problem.REPEATED_RECORD);
        }
        json.put("id", id.toString());
        aggregate(type, id, json, where);
        return Optional.empty();
    }

    private void aggregate(Aggregate.Type type, UUID id, ObjectNode json, String where) {
        switch (type) {
            case ORGANIZATION -> organization(json, id, where);
            case LOCATION -> tidying.location(json, id, where);
            case CONTACT -> tidying.contact(json, id, where);
            case TERM -> term(json, id, where);
            case PROGRAM, TAXONOMY -> tidying.plain(json);
            case SERVICE -> throw new IllegalArgumentException("A service is not shared");
        }
        if (type == Aggregate.Type.PROGRAM || type == Aggregate.Type.LOCATION) {
            Document.text(json, "organization_id")
                    .ifPresent(
                            foreign ->
                                    json.put(
                                            "organization_id",
                                            ids.of(Aggregate.Type.ORGANIZATION, foreign, where)
                                                    .toString()));
        }
        for (var attribute : Document.objects(json, "attributes")) {
            reference(attribute, "taxonomy_term", Aggregate.Type.TERM, where);
        }
        tidying.parts(json, id, where);
        store.add(type, id, json);
    }

    private void organization(ObjectNode json, UUID id, String where) {
        var services = Document.objects(json, "services");
        json.remove("services");
        tidying.organization(json, where);
        parent(json, "parent_organization_id", Aggregate.Type.ORGANIZATION, id, where);
        contacts(json, id, where);
        for (var program : Document.objects(json, "programs")) {
            program.put("organization_id", json.path("id").asText());
            keep(Aggregate.Type.PROGRAM, program, where);
        }
        json.remove("programs");
        stubs(json, "locations", Aggregate.Type.LOCATION, where);
        for (var service : services) {
            service.put("organization_id", id.toString());
            add(Intake.Entity.SERVICE, service, "services in organisations", where);
        }
    }

    private void term(ObjectNode json, UUID id, String where) {
        tidying.plain(json);
        if (json.path("taxonomy_detail") instanceof ObjectNode) {
            json.set("taxonomy_", json.remove("taxonomy_detail"));
            var words = json.remove("taxonomy");
            json.set("taxonomy", json.remove("taxonomy_"));
            reference(json, "taxonomy", Aggregate.Type.TAXONOMY, where);
            if (words != null) {
                json.set("taxonomy", words);
            }
        } else {
            Document.text(json, "taxonomy_id")
                    .ifPresent(
                            it ->
                                    json.put(
                                            "taxonomy_id",
                                            ids.of(Aggregate.Type.TAXONOMY, it, where).toString()));
        }
        parent(json, "parent_id", Aggregate.Type.TERM, id, where);
    }

    private void parent(
            ObjectNode json, String member, Aggregate.Type type, UUID id, String where) {
        Document.text(json, member)
                .ifPresent(
                        foreign -> {
                            var parent = ids.of(type, foreign, where);
                            json.put(member, parent.toString());
                            parents.put(id, parent);
                        });
    }

    private void contacts(ObjectNode json, UUID owner, String where) {
        for (var contact : Document.objects(json, "contacts")) {
            if (Document.text(contact, "id").isEmpty()) {
                contact.put("id", NameUuid.of(owner, "contact", Document.of(contact).text()) + "");
            }
        }
        stubs(json, "contacts", Aggregate.Type.CONTACT, where);
    }

    private void stubs(ObjectNode json, String member, Aggregate.Type type, String where) {
        var stubs = new ArrayList<ObjectNode>();
        for (var nested : Document.objects(json, member)) {
            var named = nested.size() == 1 ? Document.text(nested, "id") : Optional.<String>empty();
            var id =
                    named.map(foreign -> ids.of(type, foreign, where))
                            .orElseGet(() -> keep(type, nested, where));
            stubs.add(Document.object().put("id", id.toString()));
        }
        json.remove(member);
        Document.setUnlessEmpty(json, member, stubs);
    }

    private void place(ObjectNode at, UUID service, String where) {
        reference(at, "location", Aggregate.Type.LOCATION, where);
        var foreign =
                Document.text(at, "id").orElseGet(() -> "at " + at.path("location_id").asText());
        var id = ids.at(service, foreign, where);
        if (!places.add(id)) {
            id = NameUuid.of(service, "service_at_location", foreign, "again");
            places.add(id);
        }
        at.put("id", id.toString());
        contacts(at, id, where);
        tidying.place(at, id, where);
    }

    private void attributes(ObjectNode json, UUID service, String where) {
        var attributes = new ArrayList<ObjectNode>();
        for (var attribute : Document.objects(json, "attributes")) {
            var topic = topic(attribute.path("taxonomy_term"));
            if (topic.isPresent()) {
                attributes.add(TopicTaxonomy.attribute(service, topic.get()));
                continue;
            }
            if (attribute.path("taxonomy_term") instanceof ObjectNode term
                    && Document.text(term, "name").isEmpty()) {
                attribute.remove("taxonomy_term");
            }
            reference(attribute, "taxonomy_term", Aggregate.Type.TERM, where);
            attribute.put("link_id", service.toString());
            attributes.add(attribute);
        }
        json.remove("attributes");
        Document.setUnlessEmpty(json, "attributes", attributes);
    }

    private static Optional<Topic> topic(JsonNode term) {
        return TopicTaxonomy.NAME.equals(term.path("taxonomy").asText())
                        || TopicTaxonomy.ID.toString().equals(term.path("taxonomy_id").asText())
                ? Topic.ofCode(term.path("code").asText())
                : Optional.empty();
    }

    /// Our own short form, which mappings write: slugs or codes of the nine topics.
    private void topics(ObjectNode json, UUID service, String where) {
        var topics = EnumSet.noneOf(Topic.class);
        for (var word : json.path("topics")) {
            Topic.ofSlug(word.asText())
                    .or(() -> Topic.ofCode(word.asText()))
                    .ifPresentOrElse(
                            topics::add,
                            () -> report.note(Problem.VALUE_NOT_KNOWN, where + ": " + word));
        }
        json.remove("topics");
        var known = TopicTaxonomy.of(json);
        topics.stream()
                .filter(topic -> !known.contains(topic))
                .forEach(
                        topic ->
                                json.withArray("/attributes")
                                        .add(TopicTaxonomy.attribute(service, topic)));
    }

    /// What the source says on how widely it may be seen, if it says so.
    private static Optional<Limit> limit(ObjectNode json) {
        if (!json.has("kind") && !json.has("reach") && !json.has("place") && !json.has("review")) {
            return Optional.empty();
        }
        return Optional.of(
                new Limit(
                        false,
                        Profile.choice(json, "review", Review.State.class, Review.State.PUBLISHED),
                        Profile.choice(json, "kind", Kind.class, Kind.HELP),
                        Profile.choice(json, "reach", Reach.class, Reach.PUBLIC),
                        Profile.choice(json, "place", Place.class, Place.EXACT)));
    }

    private static Ruling ruling(ObjectNode json) {
        var reasons = EnumSet.noneOf(Review.Reason.class);
        for (var word : json.path("reasons")) {
            for (var reason : Review.Reason.values()) {
                if (Projection.word(reason).equals(word.asText())) {
                    reasons.add(reason);
                }
            }
        }
        return new Ruling(
                Profile.choice(json, "kind", Kind.class, Kind.ENFORCEMENT),
                Profile.choice(json, "reach", Reach.class, Reach.STAFF),
                Profile.choice(json, "place", Place.class, Place.PHONE_ONLY),
                new Review(
                        Profile.choice(json, "review", Review.State.class, Review.State.WAITING),
                        reasons,
                        Optional.empty()));
    }

    /// What it says on how widely services may be seen.
    BatchedWriting.Narrowing narrowing() {
        return new Said(Map.copyOf(rulings), Map.copyOf(limits));
    }

    private record Said(Map<UUID, Ruling> rulings, Map<UUID, Limit> limits)
            implements BatchedWriting.Narrowing {

        @Override
        public Ruling narrow(UUID service, Ruling ruling, Optional<ListingRow> before) {
            if (before.isPresent()) {
                return ruling;
            }
            var exported = rulings.get(service);
            if (exported != null) {
                return exported.knowing(ruling);
            }
            var limit = limits.get(service);
            return limit == null ? ruling : limit.narrow(ruling);
        }

        @Override
        public boolean isExported(UUID service) {
            return rulings.containsKey(service);
        }
    }

    /// Once everything was handed over: what is missing gets a placeholder, circles are cut.
    void finish() {
        organizations.forEach(
                (id, wanted) -> {
                    if (!store.has(Aggregate.Type.ORGANIZATION, id)
                            && !ids.isKnown(id, Aggregate.Type.ORGANIZATION)
                            && !id.equals(options.publisher().value())) {
                        placeholders.put(id, placeholder(id, wanted));
                    }
                });
        for (var start : new TreeSet<>(parents.keySet())) {
            var seen = new HashSet<UUID>();
            var at = start;
            while (at != null && seen.add(at) && !cut.contains(at)) {
                at = parents.get(at);
            }
            if (start.equals(at)) {
                cut.add(start);
            }
        }
    }

    private ObjectNode placeholder(UUID id, Wanted wanted) {
        report.note(
                Problem.ORGANIZATION_NOT_IN_PACKAGE,
                "%s: service %s of organisation %s"
                        .formatted(wanted.where(), wanted.service(), wanted.foreign()));
        return Document.object()
                .put("id", id.toString())
                .put("name", wanted.service())
                .put("description", "")
                .put("placeholder", true);
    }

    Map<UUID, ObjectNode> placeholders() {
        return placeholders;
    }

    /// An object from the store without names of what nobody has.
    ObjectNode linked(Aggregate.Type type, ObjectNode json) {
        var id = Document.uuid(json, "id").orElseThrow();
        if (cut.contains(id)) {
            json.remove(List.of("parent_id", "parent_organization_id"));
            report.note(
                    Problem.CYCLE, type.name().toLowerCase(java.util.Locale.ROOT) + named(json));
        }
        if (type == Aggregate.Type.SERVICE) {
            existing(json, "program_id", Aggregate.Type.PROGRAM);
            for (var attribute : Document.objects(json, "attributes")) {
                if (!attribute.has("taxonomy_term")) {
                    existing(attribute, "taxonomy_term_id", Aggregate.Type.TERM);
                }
            }
            for (var at : Document.objects(json, "service_at_locations")) {
                existing(at, "location_id", Aggregate.Type.LOCATION);
            }
        }
        return json;
    }

    private void existing(ObjectNode json, String key, Aggregate.Type type) {
        Document.uuid(json, key)
                .filter(id -> !store.has(type, id) && !ids.isKnown(id, type))
                .ifPresent(
                        id -> {
                            json.remove(key);
                            report.note(Problem.REFERENCE_NOT_IN_PACKAGE, key + " " + id);
                        });
    }
}
