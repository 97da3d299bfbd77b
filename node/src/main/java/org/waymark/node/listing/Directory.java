// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.peer.StillOpen;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.LimitLedger;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Keeps aggregates and what is published from them in step, inside the caller's transaction.
final class Directory {

    /// Decides how widely a service may be seen.
    interface Ruler {
        Ruling rule(Aggregate service, Map<UUID, Aggregate> parts, Optional<ListingRow> before);
    }

    // Keeps one transaction under 1,000 rows (architecture, 10): a service touches its aggregate,
    // its listing twice, and a few uses.
    static final int SERVICES_AT_ONCE = 100;
    private static final String WORK = "listing-rebuild";
    private static final AccountId NOBODY = new AccountId(new UUID(0, 0));

    private final Database database;
    private final Work work;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final Limits limits;
    private final List<BiConsumer<Transaction, Stored>> followers = new CopyOnWriteArrayList<>();
    private final ReentrantLock importing = new ReentrantLock();
    private final HousesHere houses;

    Directory(
            Database database,
            Work work,
            BaseUrl baseUrl,
            Audit audit,
            Clock clock,
            Limits limits) {
        this.database = database;
        this.work = work;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.limits = limits;
        this.houses = new HousesHere(database, work, this, audit, clock);
        work.handle(WORK, job -> rebuildAll(UUID.fromString(job.key()), job.payload()));
    }

    /// What partners may not tell here.
    HousesHere houses() {
        return houses;
    }

    /// Held by the one import that writes: what it hides, the next one knows.
    ReentrantLock importing() {
        return importing;
    }

    /// Stores those that differ from what is stored.
    ///
    /// @return the ids of those that did
    Set<UUID> store(Transaction tx, List<Aggregate> aggregates) {
        var hashes = AggregateTable.hashes(tx, aggregates.stream().map(Aggregate::id).toList());
        var added = new ArrayList<Aggregate>();
        var replaced = new ArrayList<Aggregate>();
        for (var aggregate : aggregates) {
            var stored = hashes.get(aggregate.id());
            if (stored == null) {
                added.add(aggregate);
            } else if (!stored.equals(Document.of(aggregate.json()).hash())) {
                replaced.add(aggregate);
            }
        }
        AggregateTable.add(tx, added);
        AggregateTable.replace(tx, replaced);
        var changed = new ArrayList<>(added);
        changed.addAll(replaced);
        TranslationTable.settle(tx, changed, clock.instant());
        AggregateTable.replaceUses(
                tx,
                changed.stream().filter(it -> it.type() == Aggregate.Type.SERVICE).toList(),
                id -> !hashes.containsKey(id));
        return new HashSet<>(changed.stream().map(Aggregate::id).toList());
    }

    /// Brings up to date what shows these shared objects: here and now, or, when that would make
    /// the transaction too big, by work that begins after it.
    ///
    /// @param except services that the caller publishes anyway
    void rebuildUsersOf(Transaction tx, Collection<UUID> parts, Set<UUID> except) {
        rebuildUsersOf(tx, parts, except, Bound.none(NOBODY));
    }

    /// The same where what was written into a place may not be told.
    ///
    /// @return the names of those that tell less now
    Set<String> rebuildUsersOf(
            Transaction tx, Collection<UUID> parts, Set<UUID> except, Bound bound) {
        var services = AggregateTable.usersOf(tx, parts);
        services.removeAll(except);
        var isBound = parts.stream().anyMatch(it -> bound.limits(it));
        // What may not be told is told by none of them after this commit, however many they are.
        if (services.size() > SERVICES_AT_ONCE && !isBound) {
            parts.forEach(part -> work.schedule(tx, WORK, part.toString(), clock.instant(), ""));
            return Set.of();
        }
        var narrowed = new HashSet<String>();
        var all = List.copyOf(services);
        for (int from = 0; from < all.size(); from += SERVICES_AT_ONCE) {
            publish(
                    tx,
                    all.subList(from, Math.min(all.size(), from + SERVICES_AT_ONCE)),
                    (service, its, row) -> {
                        var before = asBefore(service, its, row);
                        var ruling = bound.on(before, service.parts());
                        if (!ruling.equals(before)) {
                            narrowed.add(service.json().path("name").asText());
                        }
                        return ruling;
                    });
        }
        return narrowed;
    }

    private Handler.Result rebuildAll(UUID part, String payload) {
        var words = payload.split(" ", 2);
        var bound =
                words.length < 2
                        ? Bound.none(NOBODY)
                        : new Bound(
                                Map.of(part, Place.valueOf(words[0])),
                                new AccountId(UUID.fromString(words[1])));
        var services = List.copyOf(database.read(tx -> AggregateTable.usersOf(tx, Set.of(part))));
        for (int from = 0; from < services.size(); from += SERVICES_AT_ONCE) {
            var some = services.subList(from, Math.min(services.size(), from + SERVICES_AT_ONCE));
            database.run(
                    tx ->
                            publish(
                                    tx,
                                    some,
                                    (service, all, row) ->
                                            bound.on(
                                                    asBefore(service, all, row), service.parts())));
        }
        return new Handler.Result.Done();
    }

    static Ruling asBefore(
            Aggregate service, Map<UUID, Aggregate> parts, Optional<ListingRow> before) {
        return Ruling.ofIncoming(
                Caution.kindOf(service, parts), Caution.reasons(service, parts), before);
    }

    /// Builds what is published of these services, and gives those that changed a new version.
    ///
    /// @return how many changed
    /// @throws org.waymark.node.peer.OrganizationClosing when one would open at an organisation
    ///   that closes
    int publish(Transaction tx, Collection<UUID> services, Ruler ruler) {
        return publish(tx, List.copyOf(AggregateTable.listByIds(tx, services).values()), ruler);
    }

    int publish(Transaction tx, List<Aggregate> services, Ruler ruler) {
        return publish(tx, services, Map.of(), ruler);
    }

    /// @param known shared objects that this transaction has stored; the others are read
    int publish(Transaction tx, List<Aggregate> services, Map<UUID, Aggregate> known, Ruler ruler) {
        var unknown = new HashSet<UUID>();
        services.forEach(service -> unknown.addAll(service.parts()));
        unknown.removeAll(known.keySet());
        var parts = AggregateTable.listByIds(tx, unknown);
        parts.putAll(known);
        var before = ListingTable.listByIds(tx, services.stream().map(Aggregate::id).toList());
        var added = new ArrayList<ListingRow>();
        var replaced = new ArrayList<ListingRow>();
        var projections = new HashMap<UUID, ObjectNode>();
        var lessSaid = new HashSet<UUID>();
        var opened = new HashSet<OrganizationId>();
        var isAnyHidden = false;
        for (var service : services) {
            var old = Optional.ofNullable(before.get(service.id()));
            var wanted = ruler.rule(service, parts, old);
            var ruling = old.isPresent() ? wanted : withinLimit(service, wanted);
            var json = projection(service, parts, ruling);
            TermTopics.derive(tx, service.id(), json, ruling.kind());
            var row = row(service, json, ruling, old);
            isAnyHidden |= HiddenPlaces.isHiding(ruling) && !service.parts().isEmpty();
            if (isOpened(row, old) && opened.add(service.publisher())) {
                StillOpen.require(tx, service.publisher());
            }
            if (old.isEmpty()) {
                added.add(row);
                projections.put(service.id(), json);
            } else if (!old.get().hash().equals(row.hash())
                    || !Ruling.of(old.get()).equals(ruling)) {
                replaced.add(row);
                projections.put(service.id(), json);
                if (saysLess(old.get(), json)) {
                    lessSaid.add(service.id());
                }
            }
        }
        PlaceTable.replace(tx, projections, before.keySet());
        CheckDueTable.replace(tx, projections, before.keySet());
        keep(tx, added, replaced, lessSaid);
        if (isAnyHidden) {
            houses.changed(tx);
        }
        return added.size() + replaced.size();
    }

    private static boolean isOpened(ListingRow row, Optional<ListingRow> before) {
        return row.status() != Status.DEFUNCT
                && before.filter(it -> it.status() != Status.DEFUNCT).isEmpty();
    }

    /// What comes as new and was here before is from a feed that is read again after a restore.
    private Ruling withinLimit(Aggregate service, Ruling wanted) {
        return limits.find(service.id())
                .map(
                        limit -> {
                            var narrowed = limit.narrow(wanted);
                            return limit.closed() ? narrowed.held() : narrowed;
                        })
                .orElse(wanted);
    }

    /// Whether a place is not said any more. One that moved is said still.
    private static boolean saysLess(ListingRow before, ObjectNode json) {
        return Document.objects(Document.parse(before.document()), "service_at_locations").size()
                > Document.objects(json, "service_at_locations").size();
    }

    /// Narrows what was narrowed after the last limit that the database knows: it is an older copy
    /// of itself, or the power went just before a commit. Call before anything is served; a crash
    /// in it does no harm.
    ///
    /// @param hider hides copies of partners
    /// @return how many listings there were
    int recall(BiConsumer<Transaction, ListingRow> hider) {
        var count = 0;
        while (true) {
            var done = database.write(tx -> recallSome(tx, hider));
            if (done == 0) {
                return count;
            }
            count += done;
        }
    }

    private int recallSome(Transaction tx, BiConsumer<Transaction, ListingRow> hider) {
        var lost = limits.lost(tx);
        if (lost.isEmpty()) {
            return 0;
        }
        var some = lost.subList(0, Math.min(lost.size(), SERVICES_AT_ONCE));
        var rows = ListingTable.listByIds(tx, some.stream().map(LimitLedger.Entry::id).toList());
        for (var entry : some) {
            var row = rows.get(entry.id());
            if (row != null) {
                recall(tx, row, Limit.parse(entry.limit()), hider);
            }
        }
        limits.recalled(tx, lost, some.size());
        return some.size();
    }

    private void recall(
            Transaction tx,
            ListingRow row,
            Limit limit,
            BiConsumer<Transaction, ListingRow> hider) {
        var service = AggregateTable.find(tx, row.id().value());
        if (row.origin() instanceof Origin.Copy || service.isEmpty()) {
            if (limit.isBelow(Limit.of(row))) {
                hider.accept(tx, row);
            }
            return;
        }
        if (limit.closed()) {
            service.get().json().put("status", "defunct");
            store(tx, List.of(service.get()));
        }
        publish(tx, List.of(service.get()), (_, _, _) -> limit.narrow(Ruling.of(row)));
    }

    /// Stores listings, own or copied, and tells those who follow the directory.
    void keep(Transaction tx, List<ListingRow> added, List<ListingRow> replaced) {
        keep(tx, added, replaced, Set.of());
    }

    private void keep(
            Transaction tx, List<ListingRow> added, List<ListingRow> replaced, Set<UUID> lessSaid) {
        var before = Limits.before(tx, replaced);
        ListingTable.add(tx, added);
        ListingTable.replace(tx, replaced);
        limits.remember(tx, before, replaced, lessSaid);
        if (!added.isEmpty() || !replaced.isEmpty()) {
            var stored = Stored.of(added, replaced);
            followers.forEach(follower -> follower.accept(tx, stored));
        }
    }

    /// What a transaction stores at once.
    ///
    /// @param onlyNew whether nobody has seen any of them before
    /// @param hasOwn whether not all are copies
    record Stored(Set<ListingId> ids, boolean onlyNew, boolean hasOwn) {

        private static Stored of(List<ListingRow> added, List<ListingRow> replaced) {
            var all = Stream.concat(added.stream(), replaced.stream()).toList();
            return new Stored(
                    all.stream().map(ListingRow::id).collect(Collectors.toUnmodifiableSet()),
                    replaced.isEmpty(),
                    all.stream().anyMatch(ListingRow::isOwn));
        }
    }

    /// Tells a follower, in the transaction of each change.
    void whenStored(BiConsumer<Transaction, Stored> follower) {
        followers.add(follower);
    }

    void whenChanged(Consumer<Transaction> follower) {
        whenStored((tx, _) -> follower.accept(tx));
    }

    /// The same for those to whom copies are nothing.
    void whenOwnChanged(Consumer<Transaction> follower) {
        whenStored(
                (tx, stored) -> {
                    if (stored.hasOwn()) {
                        follower.accept(tx);
                    }
                });
    }

    /// Gives some of our own listings a version above all that anybody can have seen, so that how
    /// they are here wins.
    ///
    /// @param after the id of the last one that has it; empty at first
    /// @return the id of the last one now; empty when there are no more
    Optional<ListingId> restamp(Transaction tx, String after) {
        var rows = ListingTable.listOwn(tx, after, SERVICES_AT_ONCE);
        keep(
                tx,
                List.of(),
                rows.stream().map(it -> it.withVersion(nextVersion(it.version()))).toList());
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().id());
    }

    /// What would be published of a service under a ruling.
    ListingRow row(
            Aggregate service,
            Map<UUID, Aggregate> parts,
            Ruling ruling,
            Optional<ListingRow> before) {
        return row(service, projection(service, parts, ruling), ruling, before);
    }

    private ObjectNode projection(Aggregate service, Map<UUID, Aggregate> parts, Ruling ruling) {
        return Projection.of(
                service,
                parts,
                ruling.kind(),
                ruling.reach(),
                ruling.place(),
                ruling.review().isForPhoneOnly(),
                uri(service),
                baseUrl.resolve("/o/" + service.publisher()));
    }

    private URI uri(Aggregate service) {
        return baseUrl.resolve("/s/" + service.id());
    }

    private ListingRow row(
            Aggregate service, ObjectNode json, Ruling ruling, Optional<ListingRow> before) {
        var document = Document.of(json);
        return new ListingRow(
                new ListingId(service.id()),
                uri(service),
                new Origin.Own(service.publisher()),
                Document.uuid(json, "organization_id").orElse(service.publisher().value()),
                folded(json.path("name").asText()),
                TopicTaxonomy.of(json),
                Profile.status(json),
                ruling.kind(),
                ruling.reach(),
                ruling.place(),
                ruling.review(),
                document.text(),
                document.hash(),
                clock.instant(),
                nextVersion(before.map(ListingRow::version).orElse(0L)));
    }

    /// Always growing, and the time wherever possible (architecture, 8).
    long nextVersion(long previous) {
        return Math.max(previous + 1, clock.millis());
    }

    /// A name to sort and find by: small letters, at most 255 of them.
    static String folded(String name) {
        var folded = name.strip().toLowerCase(Locale.ROOT);
        return folded.substring(0, Math.min(folded.length(), 255));
    }
}
