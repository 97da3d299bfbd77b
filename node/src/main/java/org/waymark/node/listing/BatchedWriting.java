// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// Writes a directory that was read and checked before, in transactions that stay small enough for
/// others to go on reading; or only says what it would write.
final class BatchedWriting {

    // 20 services with what they show, or 50 shared objects, are some 100 ms, and 2 MB while they
    // are written: more outlives a collection of the young, and the old ones are then collected all
    // the time.
    static final int SERVICES_AT_ONCE = 20;
    private static final int SHARED_AT_ONCE = 50;
    // With what belongs to it a transaction stays below 1,000 rows (architecture, 10).
    private static final int MOST_PARTS = 100;

    /// What a source itself says on how widely a service may be seen.
    interface Narrowing {
        Narrowing NONE = (_, ruling, _) -> ruling;

        Ruling narrow(UUID service, Ruling ruling, Optional<ListingRow> before);

        /// Whether a service comes with the decisions of a whole export.
        default boolean isExported(UUID service) {
            return false;
        }
    }

    private final Database database;
    private final Directory directory;
    private final OrganizationId publisher;
    private final Acting acting;
    private final ImportReport report;
    private final Progress progress;

    /// @param publisher whose directory it becomes
    BatchedWriting(
            Database database,
            Directory directory,
            OrganizationId publisher,
            Acting acting,
            ImportReport report,
            Progress progress) {
        this.publisher = publisher;
        this.acting = acting;
        this.database = database;
        this.directory = directory;
        this.report = report;
        this.progress = progress;
    }

    /// In the order of ids, which is that of the indexes: so each of their pages is needed for a
    /// while and then never again. And each service together with what it shows, which then need
    /// not be read back.
    void write(Prepared prepared, Narrowing narrowing) {
        directory.importing().lock();
        try {
            writeAll(prepared, narrowing);
        } finally {
            directory.importing().unlock();
        }
    }

    private void writeAll(Prepared prepared, Narrowing narrowing) {
        var houses = houses(prepared, narrowing);
        var limits = new HashMap<UUID, Place>();
        var judge = new Judge(prepared, narrowing, houses, limits);
        var services = prepared.services().stream().sorted(KnownListings.AS_TEXT).toList();
        var writer = new Writer(prepared, houses, limits, judge, Set.copyOf(services));
        var total = prepared.countShared() + services.size();
        var written = 0;
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            written += writer.write(some(services, from, SERVICES_AT_ONCE));
            progress.step("Writing", written, total);
        }
        for (var unused : writer.left()) {
            written += writer.writeParts(unused);
            progress.step("Writing", written, total);
        }
    }

    private static <T> List<T> some(List<T> all, int from, int most) {
        return all.subList(from, Math.min(all.size(), from + most));
    }

    /// Writes what was prepared, some at a time.
    ///
    /// @param limits of places that came in and say what no listing tells
    /// @param ours all services that come in
    private final class Writer {
        private final Prepared prepared;
        private final HiddenHouses houses;
        private final Map<UUID, Place> limits;
        private final Judge judge;
        private final Set<UUID> ours;

        private Writer(
                Prepared prepared,
                HiddenHouses houses,
                Map<UUID, Place> limits,
                Judge judge,
                Set<UUID> ours) {
            this.prepared = prepared;
            this.houses = houses;
            this.limits = limits;
            this.judge = judge;
            this.ours = ours;
        }

        /// @return how many objects that were
        private int write(List<UUID> ids) {
            var services = ids.stream().map(prepared::service).toList();
            var parts =
                    services.stream()
                            .flatMap(service -> service.parts().stream())
                            .flatMap(id -> prepared.take(id).stream())
                            .toList();
            int from = 0;
            for (; parts.size() - from > MOST_PARTS; from += MOST_PARTS) {
                write(some(parts, from, MOST_PARTS), List.of());
            }
            write(parts.subList(from, parts.size()), services);
            return parts.size() + services.size();
        }

        private int writeParts(List<UUID> ids) {
            write(ids.stream().flatMap(id -> prepared.take(id).stream()).toList(), List.of());
            return ids.size();
        }

        /// What no service shows.
        private List<List<UUID>> left() {
            var left = prepared.left();
            var all = new ArrayList<List<UUID>>();
            for (int from = 0; from < left.size(); from += SHARED_AT_ONCE) {
                all.add(some(left, from, SHARED_AT_ONCE));
            }
            return all;
        }

        private void write(List<Aggregate> parts, List<Aggregate> services) {
            withoutNaming(houses, parts);
            limit(limits, houses, parts);
            var known = parts.stream().collect(Collectors.toMap(Aggregate::id, it -> it));
            var narrowed = new HashSet<String>();
            var bound = new Bound(limits, acting.account());
            var here = services.stream().map(Aggregate::id).collect(Collectors.toSet());
            report.changed(
                    database.insist(
                            tx -> {
                                var changed = directory.store(tx, parts);
                                // Those that come later tell as much as before until then, and
                                // that would be the new place.
                                narrowed.addAll(
                                        directory.rebuildUsersOf(
                                                tx, some(changed, bound::limits), here, bound));
                                directory.rebuildUsersOf(
                                        tx, some(changed, it -> !bound.limits(it)), ours);
                                directory.store(tx, services);
                                return changed.size()
                                        + directory.publish(tx, services, known, judge);
                            }));
            narrowed.forEach(it -> report.note(Problem.HIDDEN_HOUSE, it));
        }
    }

    private static List<UUID> some(Set<UUID> ids, Predicate<UUID> which) {
        return ids.stream().filter(which).toList();
    }

    /// Leaves what listings here share already, and would name a hidden house from now on, as it
    /// was: whoever shows it need not come in, and nobody asked them.
    ///
    /// @return those of which something was left
    private List<Aggregate> withoutNaming(HiddenHouses houses, List<Aggregate> parts) {
        var naming =
                parts.stream()
                        .filter(it -> it.type() != Aggregate.Type.LOCATION)
                        .filter(it -> houses.isNamedBy(HiddenHouses.textsOf(it.json())))
                        .toList();
        if (naming.isEmpty()) {
            return List.of();
        }
        var ids = naming.stream().map(Aggregate::id).toList();
        var stored = database.read(tx -> AggregateTable.listByIds(tx, ids));
        var left =
                naming.stream()
                        .filter(
                                it ->
                                        Optional.ofNullable(stored.get(it.id()))
                                                .filter(was -> leave(houses, it.json(), was.json()))
                                                .isPresent())
                        .toList();
        left.forEach(
                it ->
                        report.note(
                                Problem.SHARED_TEXT_HIDDEN_HOUSE,
                                Projection.word(it.type()) + " " + it.id()));
        return left;
    }

    /// @return whether any of its members was left as it was
    private static boolean leave(HiddenHouses houses, ObjectNode now, ObjectNode before) {
        var told = HiddenHouses.textsOf(before);
        var isAnyLeft = false;
        for (var member : List.copyOf(now.properties())) {
            var texts =
                    HiddenHouses.textsOf(Document.object().set(member.getKey(), member.getValue()));
            texts.removeAll(told);
            if (houses.isNamedBy(texts)) {
                isAnyLeft = true;
                if (before.has(member.getKey())) {
                    now.set(member.getKey(), before.get(member.getKey()));
                } else {
                    now.remove(member.getKey());
                }
            }
        }
        return isAnyLeft;
    }

    /// Hidden houses that are here, and those that come with it: the order of a file decides
    /// nothing.
    private HiddenHouses houses(Prepared prepared, Narrowing narrowing) {
        var houses = HiddenHouses.of(database, publisher);
        var told = new HashMap<UUID, Place>();
        var protective = new HashSet<UUID>();
        var services = prepared.services();
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            var ids = some(services, from, SERVICES_AT_ONCE);
            var before = database.read(tx -> ListingTable.listByIds(tx, ids));
            for (var id : ids) {
                var service = prepared.service(id);
                var parts = prepared.forJudging(service.parts());
                var reasons = Caution.reasons(service, parts);
                var row = Optional.ofNullable(before.get(id));
                var ruling =
                        narrowing.narrow(
                                id,
                                Ruling.ofIncoming(Caution.kindOf(service, parts), reasons, row),
                                row);
                var place =
                        HiddenPlaces.told(ruling.review().state(), ruling.reach(), ruling.place());
                for (var part : service.parts()) {
                    if (prepared.isLocation(part)) {
                        told.merge(part, place, (one, other) -> one.raisesTo(other) ? other : one);
                        if (Caution.isProtective(reasons)) {
                            protective.add(part);
                        }
                    }
                }
            }
        }
        for (var part : protective) {
            var place = told.getOrDefault(part, Place.EXACT);
            if (place != Place.EXACT) {
                houses.hide(HiddenHouses.Known.of(prepared.part(part).json()), place);
            }
        }
        return houses;
    }

    /// Notes places that say what no listing tells. What is told and stays as it is, is told.
    private void limit(Map<UUID, Place> most, HiddenHouses houses, List<Aggregate> some) {
        var limits = new HashMap<UUID, Place>();
        for (var made : some) {
            if (made.type() == Aggregate.Type.LOCATION) {
                var limit = houses.limit(made.json());
                if (limit != Place.EXACT) {
                    limits.put(made.id(), limit);
                }
            }
        }
        if (limits.isEmpty()) {
            return;
        }
        var hashes = database.read(tx -> AggregateTable.hashes(tx, limits.keySet()));
        for (var made : some) {
            var isAsBefore =
                    houses.isTold(made.id())
                            && Document.of(made.json()).hash().equals(hashes.get(made.id()));
            if (limits.containsKey(made.id()) && !isAsBefore) {
                most.put(made.id(), limits.getOrDefault(made.id(), Place.EXACT));
            }
        }
    }

    /// What would happen, with nothing written.
    void preview(Prepared prepared, Narrowing narrowing) {
        var houses = houses(prepared, narrowing);
        var limits = new HashMap<UUID, Place>();
        var left = new HashMap<UUID, Aggregate>();
        var shared = prepared.shared();
        for (int from = 0; from < shared.size(); from += SHARED_AT_ONCE) {
            var some = some(shared, from, SHARED_AT_ONCE).stream().map(prepared::part).toList();
            withoutNaming(houses, some).forEach(it -> left.put(it.id(), it));
            report.changed(differing(some));
            limit(limits, houses, some);
        }
        var judge = new Judge(prepared, narrowing, houses, limits);
        var services = prepared.services();
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            preview(prepared, some(services, from, SERVICES_AT_ONCE), left, judge);
        }
    }

    private void preview(
            Prepared prepared, List<UUID> ids, Map<UUID, Aggregate> left, Judge judge) {
        var some = ids.stream().map(prepared::service).toList();
        report.changed(differing(some));
        var before = database.read(tx -> ListingTable.listByIds(tx, ids));
        for (var service : some) {
            var parts = prepared.forJudging(service.parts());
            parts.replaceAll((id, part) -> left.getOrDefault(id, part));
            var ruling = judge.rule(service, parts, Optional.ofNullable(before.get(service.id())));
            report.sample(service, ruling);
        }
    }

    private int differing(Collection<Aggregate> some) {
        var hashes =
                database.read(
                        tx -> AggregateTable.hashes(tx, some.stream().map(Aggregate::id).toList()));
        return (int)
                some.stream()
                        .filter(it -> !Document.of(it.json()).hash().equals(hashes.get(it.id())))
                        .count();
    }

    /// Rules on each service that comes in, and tells the report.
    private final class Judge implements Directory.Ruler {

        private final Prepared prepared;
        private final Narrowing narrowing;
        private final HiddenHouses houses;
        private final Map<UUID, Place> most;
        private final Set<UUID> judged = new HashSet<>();

        /// @param most of places that came in and say what no listing tells
        Judge(Prepared prepared, Narrowing narrowing, HiddenHouses houses, Map<UUID, Place> most) {
            this.prepared = prepared;
            this.narrowing = narrowing;
            this.houses = houses;
            this.most = most;
        }

        @Override
        public Ruling rule(
                Aggregate service, Map<UUID, Aggregate> parts, Optional<ListingRow> before) {
            var reasons = Caution.reasons(service, parts);
            var wanted =
                    narrowing.narrow(
                            service.id(),
                            Ruling.ofIncoming(Caution.kindOf(service, parts), reasons, before),
                            before);
            // The operator brings back a directory in which people had decided.
            var isBroughtBack =
                    acting.isNode() && before.isEmpty() && narrowing.isExported(service.id());
            var placed = isBroughtBack ? wanted : bound(service).on(wanted, service.parts());
            var ruling =
                    !isBroughtBack && isNaming(service, parts, before, placed)
                            ? placed.namingMore()
                            : placed;
            if (judged.add(service.id())) {
                if (!placed.equals(wanted)) {
                    report.note(Problem.HIDDEN_HOUSE, prepared.example(service.id()));
                }
                report.service(!ruling.review().isPublished());
                if (!ruling.review().isPublished()) {
                    ruling.review().reasons().stream()
                            .sorted()
                            .forEach(
                                    reason ->
                                            report.note(
                                                    Problem.of(reason),
                                                    prepared.example(service.id())));
                }
            }
            return ruling;
        }

        /// Whether a text of it names a hidden house. What it published before, word by word, is
        /// not asked again: who opens a listing that waits is told.
        private boolean isNaming(
                Aggregate service,
                Map<UUID, Aggregate> parts,
                Optional<ListingRow> before,
                Ruling ruling) {
            if (!houses.isNamedBy(HiddenHouses.textsOf(service, parts))) {
                return false;
            }
            if (before.isEmpty()) {
                return true;
            }
            var now = Document.parse(directory.row(service, parts, ruling, before).document());
            Document.objects(now, "service_at_locations").forEach(it -> it.remove("location"));
            var texts = HiddenHouses.textsOf(now);
            texts.removeAll(HiddenHouses.textsOf(Document.parse(before.get().document())));
            return houses.isNamedBy(texts);
        }

        /// Places that did not come in with it are as they were.
        private Bound bound(Aggregate service) {
            var all = new HashMap<UUID, Place>();
            for (var part : service.parts()) {
                all.put(part, most.getOrDefault(part, houses.limit(part)));
            }
            return new Bound(all, acting.account());
        }
    }
}
