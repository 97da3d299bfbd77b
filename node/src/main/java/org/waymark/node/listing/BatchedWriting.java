// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// Writes a directory that was read and checked before, in transactions that stay small enough for
/// others to go on reading; or only says what it would write.
final class BatchedWriting {

    // 25 services and 50 shared objects are some 100 ms, and 2 MB while they are written: more
    // outlives a collection of the young, and the old ones are then collected all the time.
    private static final int SERVICES_AT_ONCE = 25;
    private static final int SHARED_AT_ONCE = 50;
    private static final List<String> WHAT_JUDGING_NEEDS =
            List.of("id", "name", "alternate_name", "description", "website", "translations");

    /// What is to be written; made one by one, so that a large directory needs little memory.
    ///
    /// @param example how a service is named in the report
    /// @param exported whether a service comes with the decisions of a whole export
    record Batch(
            List<Supplier<Aggregate>> shared,
            List<UUID> services,
            Function<UUID, Aggregate> service,
            Function<Aggregate, String> example,
            Narrowing narrowing,
            Predicate<UUID> exported) {}

    /// What a source itself says on how widely a service may be seen.
    interface Narrowing {
        Narrowing NONE = (_, ruling, _) -> ruling;

        Ruling narrow(UUID service, Ruling ruling, Optional<ListingRow> before);
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

    /// @param rehearsal the same once more, made without a word in the report
    void write(Batch batch, Batch rehearsal) {
        var services = batch.services();
        var shared = batch.shared();
        var ours = Set.copyOf(services);
        var houses = houses(rehearsal);
        var most = new HashMap<UUID, Place>();
        var total = shared.size() + services.size();
        for (int from = 0; from < shared.size(); from += SHARED_AT_ONCE) {
            var some = made(shared, from, SHARED_AT_ONCE);
            some.forEach(report::check);
            limit(most, houses, some);
            report.changed(
                    database.write(
                            tx -> {
                                var changed = directory.store(tx, some);
                                directory.rebuildUsersOf(
                                        tx, changed, ours, new Bound(most, acting.account()));
                                return changed.size();
                            }));
            progress.step("Writing", from + some.size(), total);
        }
        var judge = new Judge(batch, report, houses, most, acting);
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            var some =
                    services
                            .subList(from, Math.min(services.size(), from + SERVICES_AT_ONCE))
                            .stream()
                            .map(batch.service())
                            .toList();
            some.forEach(report::check);
            report.changed(
                    database.write(
                            tx -> {
                                directory.store(tx, some);
                                return directory.publish(tx, some, judge);
                            }));
            progress.step("Writing", shared.size() + from + some.size(), total);
        }
    }

    private static List<Aggregate> made(List<Supplier<Aggregate>> all, int from, int most) {
        return all.subList(from, Math.min(all.size(), from + most)).stream()
                .map(Supplier::get)
                .toList();
    }

    /// Hidden houses that are here, and those that come with it: the order of a file decides
    /// nothing.
    private HiddenHouses houses(Batch batch) {
        var houses = HiddenHouses.of(database, publisher);
        var known = new HashMap<UUID, HiddenHouses.Known>();
        var parts = new HashMap<UUID, Aggregate>();
        for (int from = 0; from < batch.shared().size(); from += SHARED_AT_ONCE) {
            for (var made : made(batch.shared(), from, SHARED_AT_ONCE)) {
                if (made.type() == Aggregate.Type.LOCATION) {
                    known.put(made.id(), HiddenHouses.Known.of(made.json()));
                }
                // A copy: it is written afterwards.
                var needed = Document.object();
                WHAT_JUDGING_NEEDS.stream()
                        .filter(made.json()::has)
                        .forEach(it -> needed.set(it, made.json().get(it)));
                parts.put(
                        made.id(), new Aggregate(made.id(), made.type(), made.publisher(), needed));
            }
        }
        var told = new HashMap<UUID, Place>();
        var protective = new HashSet<UUID>();
        var services = batch.services();
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            var ids = services.subList(from, Math.min(services.size(), from + SERVICES_AT_ONCE));
            var before = database.read(tx -> ListingTable.listByIds(tx, ids));
            for (var id : ids) {
                var service = batch.service().apply(id);
                var reasons = Caution.reasons(service, parts);
                var row = Optional.ofNullable(before.get(id));
                var ruling =
                        batch.narrowing()
                                .narrow(
                                        id,
                                        Ruling.ofIncoming(
                                                Caution.kindOf(service, parts), reasons, row),
                                        row);
                var place =
                        HiddenPlaces.told(ruling.review().state(), ruling.reach(), ruling.place());
                for (var part : service.parts()) {
                    if (known.containsKey(part)) {
                        told.merge(part, place, (one, other) -> one.raisesTo(other) ? other : one);
                        if (Caution.isProtective(reasons)) {
                            protective.add(part);
                        }
                    }
                }
            }
        }
        told.forEach(
                (part, place) -> {
                    if (place != Place.EXACT && protective.contains(part)) {
                        Optional.ofNullable(known.get(part))
                                .ifPresent(it -> houses.hide(it, place));
                    }
                });
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
    void preview(Batch batch, Batch rehearsal) {
        var parts = new HashMap<UUID, Aggregate>();
        var houses = houses(rehearsal);
        var most = new HashMap<UUID, Place>();
        for (int from = 0; from < batch.shared().size(); from += SHARED_AT_ONCE) {
            var some = made(batch.shared(), from, SHARED_AT_ONCE);
            report.changed(differing(some));
            some.forEach(report::check);
            limit(most, houses, some);
            for (var made : some) {
                made.json().retain(WHAT_JUDGING_NEEDS);
                parts.put(made.id(), made);
            }
        }
        var judge = new Judge(batch, report, houses, most, acting);
        var services = batch.services();
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            var some =
                    services
                            .subList(from, Math.min(services.size(), from + SERVICES_AT_ONCE))
                            .stream()
                            .map(batch.service())
                            .toList();
            report.changed(differing(some));
            some.forEach(report::check);
            var before =
                    database.read(
                            tx ->
                                    ListingTable.listByIds(
                                            tx, some.stream().map(Aggregate::id).toList()));
            for (var service : some) {
                var ruling =
                        judge.rule(service, parts, Optional.ofNullable(before.get(service.id())));
                report.sample(service, ruling);
            }
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
    private static final class Judge implements Directory.Ruler {

        private final Batch batch;
        private final ImportReport report;
        private final HiddenHouses houses;
        private final Map<UUID, Place> most;
        private final Acting acting;
        private final Set<UUID> judged = new HashSet<>();

        /// @param most of places that came in and say what no listing tells
        Judge(
                Batch batch,
                ImportReport report,
                HiddenHouses houses,
                Map<UUID, Place> most,
                Acting acting) {
            this.batch = batch;
            this.report = report;
            this.houses = houses;
            this.most = most;
            this.acting = acting;
        }

        @Override
        public Ruling rule(
                Aggregate service, Map<UUID, Aggregate> parts, Optional<ListingRow> before) {
            var reasons = Caution.reasons(service, parts);
            var wanted =
                    batch.narrowing()
                            .narrow(
                                    service.id(),
                                    Ruling.ofIncoming(
                                            Caution.kindOf(service, parts), reasons, before),
                                    before);
            // The operator brings back a directory in which people had decided.
            var isBroughtBack =
                    acting.isNode() && before.isEmpty() && batch.exported().test(service.id());
            var ruling = isBroughtBack ? wanted : bound(service).on(wanted, service.parts());
            if (judged.add(service.id())) {
                if (!ruling.equals(wanted)) {
                    report.note(Problem.HIDDEN_HOUSE, batch.example().apply(service));
                }
                report.service(!ruling.review().isPublished());
                if (!ruling.review().isPublished()) {
                    ruling.review().reasons().stream()
                            .sorted()
                            .forEach(
                                    reason ->
                                            report.note(
                                                    Problem.of(reason),
                                                    batch.example().apply(service)));
                }
            }
            return ruling;
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
