// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.SharedPart.Kind;
import org.waymark.node.listing.hsds.Fault;
import org.waymark.node.listing.hsds.ModelCheck;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// What the listings of an organisation share. A change is in all of them with the same commit, or,
/// where they are very many, soon after.
public final class SharedParts {

    /// What came of a change.
    public sealed interface Outcome {
        /// @param hidden whether it is the address or the name of a hidden house now, which the
        ///   listings there do not tell before a second person agrees
        record Changed(SharedPart part, boolean hidden) implements Outcome {}

        record NothingToChange(SharedPart part) implements Outcome {}

        /// Somebody else was faster.
        record Stale(SharedPart part) implements Outcome {}

        /// It would not be HSDS any more.
        record Refused(List<Fault> faults) implements Outcome {}

        /// What it would say names a house that no listing tells.
        record NamesHiddenHouse(String field) implements Outcome {}

        record NotFound(UUID id) implements Outcome {}
    }

    private static final String ACTION = "shared-part-replace";
    private static final int USERS_SHOWN = 20;

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final Directory directory;
    private final Remembering remembering;

    public SharedParts(
            Database database,
            org.waymark.node.account.Access access,
            Audit audit,
            Listings listings) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.directory = listings.directory();
        this.remembering = listings.remembering();
    }

    /// Those of one kind that say these words, by title. They name people and streets that are held
    /// back from others, so this is for who may edit them. The organisation itself is not among
    /// them.
    public List<SharedPart> list(Acting acting, Kind kind, String words, int limit) {
        access.require(acting, Right.EDIT_LISTINGS);
        var sought = Directory.folded(words);
        return database.read(
                tx ->
                        AggregateTable.listOf(tx, acting.organization(), kind.type()).stream()
                                .filter(it -> !isItself(acting, it))
                                .map(it -> part(it, kind, List.of(), 0))
                                .filter(
                                        it ->
                                                it.fields().values().stream()
                                                        .map(Directory::folded)
                                                        .anyMatch(text -> text.contains(sought)))
                                .sorted(Comparator.comparing(it -> Directory.folded(it.title())))
                                .limit(limit)
                                .map(it -> withUsers(tx, it))
                                .toList());
    }

    public Optional<SharedPart> find(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx ->
                        own(tx, acting, id)
                                .flatMap(it -> kind(it).map(kind -> part(it, kind, List.of(), 0)))
                                .map(it -> withUsers(tx, it)));
    }

    /// Writes its fields; those that are not given stay. The history of each listing at a place
    /// knows it, as one edit of many, unless they are very many.
    ///
    /// @param version the one that the writer saw
    public Outcome replace(Acting acting, UUID id, String version, Map<String, String> fields) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    var stored = own(tx, acting, id);
                    var kind = stored.flatMap(SharedParts::kind);
                    if (stored.isEmpty() || kind.isEmpty()) {
                        return new Outcome.NotFound(id);
                    }
                    var before = withUsers(tx, part(stored.get(), kind.get(), List.of(), 0));
                    if (!before.version().equals(version)) {
                        return new Outcome.Stale(before);
                    }
                    var json = stored.get().json();
                    var known = new HashSet<>(faults(kind.get(), stored.get()));
                    var old =
                            new Aggregate(
                                    id,
                                    stored.get().type(),
                                    acting.organization(),
                                    json.deepCopy());
                    SharedPartDocument.write(kind.get(), json, fields);
                    var faults =
                            faults(kind.get(), stored.get()).stream()
                                    .filter(it -> !known.contains(it))
                                    .toList();
                    if (!faults.isEmpty()) {
                        return new Outcome.Refused(faults);
                    }
                    if (Document.of(json).hash().equals(before.version())) {
                        return new Outcome.NothingToChange(before);
                    }
                    var naming = naming(tx, acting, kind.get(), before.fields(), fields);
                    if (naming.isPresent()) {
                        return new Outcome.NamesHiddenHouse(naming.get());
                    }
                    var most =
                            kind.get() == Kind.PLACE
                                    ? HiddenHouses.limit(
                                            tx, acting.organization(), Optional.empty(), json)
                                    : Place.EXACT;
                    if (directory.store(tx, List.of(stored.get())).isEmpty()) {
                        return new Outcome.NothingToChange(before);
                    }
                    directory.rebuildUsersOf(
                            tx,
                            List.of(id),
                            Set.of(),
                            new Bound(Map.of(id, most), acting.account()));
                    audit.record(tx, acting, ACTION, id.toString());
                    remembering.rememberPart(tx, acting, old, ACTION);
                    return new Outcome.Changed(
                            withUsers(tx, part(stored.get(), kind.get(), List.of(), 0)),
                            most != Place.EXACT);
                });
    }

    /// The field of a new text that leaves and names a hidden house. Places are not refused, but
    /// shown without their address.
    private static Optional<String> naming(
            Transaction tx,
            Acting acting,
            Kind kind,
            Map<String, String> before,
            Map<String, String> fields) {
        return kind == Kind.PLACE
                ? Optional.empty()
                : fields.entrySet().stream()
                        .filter(it -> !it.getKey().startsWith("held_"))
                        .filter(it -> !it.getValue().equals(before.get(it.getKey())))
                        .filter(
                                it ->
                                        HiddenHouses.areNaming(
                                                tx, acting.organization(), List.of(it.getValue())))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private static List<Fault> faults(Kind kind, Aggregate aggregate) {
        var object = Projection.word(kind.type());
        return ModelCheck.faults(object, aggregate.json());
    }

    private static Optional<Aggregate> own(Transaction tx, Acting acting, UUID id) {
        return AggregateTable.find(tx, id)
                .filter(it -> it.publisher().equals(acting.organization()))
                .filter(it -> !isItself(acting, it));
    }

    /// What an organisation says of itself is written elsewhere.
    private static boolean isItself(Acting acting, Aggregate aggregate) {
        return aggregate.id().equals(acting.organization().value());
    }

    private static Optional<Kind> kind(Aggregate aggregate) {
        return java.util.Arrays.stream(Kind.values())
                .filter(kind -> kind.type() == aggregate.type())
                .findFirst();
    }

    private static SharedPart part(Aggregate it, Kind kind, List<String> users, int used) {
        return new SharedPart(
                it.id(),
                kind,
                SharedPartDocument.read(kind, it.json()),
                users,
                used,
                Document.of(it.json()).hash());
    }

    private static SharedPart withUsers(Transaction tx, SharedPart part) {
        var users = AggregateTable.usersOf(tx, List.of(part.id()));
        var names =
                ListingTable.listByIds(tx, users.stream().sorted().limit(USERS_SHOWN).toList())
                        .values()
                        .stream()
                        .map(row -> Profile.read(row).name().base())
                        .sorted()
                        .toList();
        return new SharedPart(
                part.id(), part.kind(), part.fields(), names, users.size(), part.version());
    }
}
