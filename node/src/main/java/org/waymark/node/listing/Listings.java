// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.LimitLedger;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// The directory of this node. Methods without `Acting` give what anyone may have, by the way that
/// is named; the others are for staff of the publishing organisation.
public final class Listings {

    /// Something that followers of the directory (index, partners) must take in.
    ///
    /// @param gone not to be had by anyone but staff any more
    public record Change(long number, ListingId id, boolean gone) {}

    /// What a visitor finds at an address.
    public sealed interface Visit {
        record Shown(Listing listing) implements Visit {}

        /// It was here and has closed: 410 for machines, alternatives for people.
        record Closed(Text name) implements Visit {}

        /// Another organisation has it now.
        ///
        /// @param to its page
        /// @param isHere whether that page is on this site
        record PassedOn(Text name, URI to, String owner, boolean isHere) implements Visit {}

        record Missing() implements Visit {}
    }

    private static final int MOST_OF_ONE_PROVIDER = 500;
    private static final int AT_ONCE = 100;
    private static final int BRIEFS_AT_ONCE = 1000;

    private final Database database;
    private final Directory directory;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final HostedOrganizations organizations;
    private final Drafts drafts;
    private final Remembering remembering;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ZoneId zone;
    // 400: what twenty pages of results show, about 2 MB.
    private final Remembered<ListingId, Optional<Listing>> found = new Remembered<>(400);

    // For lists and counts that everybody can ask for.
    private final Remembered<Way, List<ListingId>> leaving;
    private final Remembered<Way, Map<Topic, Integer>> counts;
    private final Remembered<Topical, List<UUID>> latest;
    private final Overview overview;

    private record Topical(Way way, Topic topic) {}

    /// @param zone of the hours that staff write down
    public Listings(
            Database database,
            Work work,
            org.waymark.node.account.Access access,
            Audit audit,
            HostedOrganizations organizations,
            BaseUrl baseUrl,
            Clock clock,
            Supplier<UUID> ids,
            ZoneId zone,
            LimitLedger limits) {
        this.database = database;
        this.directory = new Directory(database, work, baseUrl, audit, clock, new Limits(limits));
        this.access = access;
        this.audit = audit;
        this.organizations = organizations;
        this.drafts = new Drafts(directory, zone);
        this.remembering = new Remembering(clock, ids);
        this.clock = clock;
        this.ids = ids;
        this.zone = zone;
        directory.whenStored((tx, stored) -> found.changedBy(tx, stored.ids()::contains));
        this.leaving = Remembered.of(database, 4, "listing");
        this.counts = Remembered.of(database, 4, "listing");
        this.latest = Remembered.of(database, 4 * Topic.values().length, "listing");
        this.overview = new Overview(database);
    }

    Directory directory() {
        return directory;
    }

    Drafts drafts() {
        return drafts;
    }

    Remembering remembering() {
        return remembering;
    }

    /// Tells a follower, in the transaction of each change, that there is something for
    /// [#changesAfter].
    void whenChanged(Consumer<Transaction> follower) {
        directory.whenChanged(follower);
    }

    /// For a public page.
    public Visit visit(ListingId id) {
        var row = database.read(tx -> ListingTable.find(tx, id));
        if (row.isEmpty()) {
            return new Visit.Missing();
        }
        var listing = Profile.read(row.get());
        if (Exposure.allows(Way.PAGE, listing)) {
            return new Visit.Shown(listing);
        }
        return listing.isClosed() && listing.review().isPublished() && listing.reach().isOnPages()
                ? database.read(tx -> passedOn(tx, listing))
                        .orElseGet(() -> new Visit.Closed(listing.name()))
                : new Visit.Missing();
    }

    private static Optional<Visit> passedOn(Transaction tx, Listing listing) {
        var given = HandOverTable.findGiven(tx, listing.uri());
        var taken = given.flatMap(HandOver::taken);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        var owner = given.get().otherName();
        // A neighbour's, or the copy of a partner's.
        var here =
                ListingTable.findByUri(tx, taken.get().newListing())
                        .map(Profile::read)
                        .filter(it -> Exposure.allows(Way.PAGE, it));
        return Optional.of(
                here.<Visit>map(
                                it ->
                                        new Visit.PassedOn(
                                                listing.name(),
                                                URI.create("s/" + it.id()),
                                                owner,
                                                true))
                        .orElseGet(
                                () ->
                                        new Visit.PassedOn(
                                                listing.name(), taken.get().page(), owner, false)));
    }

    /// What visitors can find instead of a listing that is gone: of the same topics, those of its
    /// town first.
    ///
    /// @param inTown finds listings by the name of a town
    public List<Listing> alternatives(
            ListingId id, int limit, Function<String, List<ListingId>> inTown) {
        var gone = database.read(tx -> ListingTable.find(tx, id));
        if (gone.isEmpty()) {
            return List.of();
        }
        var near =
                Profile.read(gone.get()).spots().stream()
                        .map(Spot::city)
                        .filter(city -> !city.isBlank())
                        .distinct()
                        .flatMap(city -> inTown.apply(city).stream())
                        .map(ListingId::value)
                        .collect(Collectors.toUnmodifiableSet());
        var all = overview.now();
        return database.read(tx -> Alternatives.of(tx, gone.get(), all, near, limit));
    }

    /// Those of the ids that may leave by this way, in the order asked for.
    public List<Listing> list(Way way, Collection<ListingId> ids) {
        var rows =
                database.read(
                        tx ->
                                ListingTable.listByIds(
                                        tx, ids.stream().map(ListingId::value).toList()));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id.value())).stream())
                .map(Profile::read)
                .filter(listing -> Exposure.allows(way, listing))
                .toList();
    }

    /// The same for a page of results, as they are after the last commit.
    List<Listing> listFound(Collection<ListingId> ids) {
        return ids.stream()
                .flatMap(id -> found.get(id, this::read).stream())
                .filter(listing -> Exposure.allows(Way.SEARCH, listing))
                .toList();
    }

    private Optional<Listing> read(ListingId id) {
        return database.read(tx -> ListingTable.find(tx, id)).map(Profile::read);
    }

    /// What changed after a number, up to another, and may leave by this way. What changed again
    /// since is not among it.
    List<Listing> listChanged(Way way, long after, long upTo) {
        return database.read(tx -> ListingTable.listChangedRows(tx, after, upTo)).stream()
                .map(Profile::read)
                .filter(listing -> Exposure.allows(way, listing))
                .toList();
    }

    /// What may leave by this way, by id.
    public List<ListingId> listIds(Way way) {
        return leaving.get(way, overview::ids);
    }

    /// What was changed last under a topic and may leave by this way, the latest first; at most
    /// 100.
    public List<Listing> listLatest(Way way, Topic topic, int limit) {
        var ids =
                latest
                        .get(new Topical(way, topic), it -> overview.latest(it.way(), it.topic()))
                        .stream()
                        .limit(limit)
                        .toList();
        var rows = database.read(tx -> ListingTable.listByIds(tx, ids));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .map(Profile::read)
                .filter(listing -> Exposure.allows(way, listing))
                .toList();
    }

    Overview overview() {
        return overview;
    }

    /// A provider that has something to show by this way.
    public Optional<Provider> findProvider(Way way, UUID provider) {
        return listOf(way, provider).stream()
                .map(Listing::provider)
                .filter(it -> it.id().equals(provider))
                .findFirst();
    }

    /// What a provider, or a publisher, offers by this way; by name, at most 500.
    public List<Listing> listOf(Way way, UUID providerOrPublisher) {
        return database
                .read(tx -> ListingTable.listOf(tx, providerOrPublisher, MOST_OF_ONE_PROVIDER))
                .stream()
                .map(Profile::read)
                .filter(listing -> Exposure.allows(way, listing))
                .toList();
    }

    /// How many listings of each topic a visitor can find.
    public Map<Topic, Integer> countByTopic() {
        return counts.get(Way.SEARCH, overview::counts);
    }

    /// Changes after a number, oldest first: own listings and copies. A little more than `limit`
    /// may come, because what was committed together comes together.
    public List<Change> changesAfter(long number, int limit) {
        return database.read(tx -> ListingTable.changesAfter(tx, number, limit));
    }

    /// The listings of the acting organisation, by name; `words` narrows by a part of the name and
    /// may be empty.
    public List<Listing> list(Acting acting, String words, int limit) {
        access.require(acting, Right.SEE_LISTINGS);
        return database
                .read(
                        tx ->
                                ListingTable.list(
                                        tx, acting.organization(), Directory.folded(words), limit))
                .stream()
                .map(Profile::read)
                .toList();
    }

    /// Each listing of the acting organisation that has not closed, one after the other, by id.
    public void eachOpen(Acting acting, Consumer<Listing> then) {
        access.require(acting, Right.SEE_LISTINGS);
        var from = "";
        while (true) {
            var after = from;
            var ids =
                    database.read(
                            tx ->
                                    ListingTable.listOpenOf(
                                            tx, acting.organization(), after, AT_ONCE));
            if (ids.isEmpty()) {
                return;
            }
            database.read(
                            tx ->
                                    ListingTable.listByIds(
                                            tx, ids.stream().map(ListingId::value).toList()))
                    .values()
                    .forEach(row -> then.accept(Profile.read(row)));
            from = ids.getLast().toString();
        }
    }

    /// The same of those that leave by a way, without reading what they say.
    ///
    /// @param topic that they are about; empty: any
    public void eachOpenId(
            Acting acting, Way way, Optional<Topic> topic, Consumer<ListingId> then) {
        access.require(acting, Right.SEE_LISTINGS);
        var from = "";
        while (true) {
            var after = from;
            var some =
                    database.read(
                            tx ->
                                    ListingTable.listOpenBriefsOf(
                                            tx, acting.organization(), after, BRIEFS_AT_ONCE));
            some.stream()
                    .filter(it -> it.leavesBy(way))
                    .filter(it -> topic.map(it.topics()::contains).orElse(true))
                    .forEach(it -> then.accept(new ListingId(it.id())));
            if (some.size() < BRIEFS_AT_ONCE) {
                return;
            }
            from = some.getLast().id().toString();
        }
    }

    /// How many listings of the acting organisation have not closed.
    public int countOpen(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> ListingTable.countOpenOf(tx, acting.organization()));
    }

    /// A listing of the acting organisation or a copy, published or not, or what a neighbour on
    /// this node shows on its pages.
    public Optional<Listing> find(Acting acting, ListingId id) {
        access.require(acting, Right.SEE_LISTINGS);
        return seen(acting, database.read(tx -> ListingTable.find(tx, id)));
    }

    /// The same by its id on the network.
    public Optional<Listing> find(Acting acting, URI uri) {
        access.require(acting, Right.SEE_LISTINGS);
        return seen(acting, database.read(tx -> ListingTable.findByUri(tx, uri)));
    }

    /// Staff see their own, what partners gave, and what a neighbour on this node publishes.
    private static Optional<Listing> seen(Acting acting, Optional<ListingRow> row) {
        return row.flatMap(
                it ->
                        Optional.of(Profile.read(it))
                                .filter(
                                        listing ->
                                                isCopy(it)
                                                        || isOwn(acting, it)
                                                        || Exposure.allows(Way.PAGE, listing)));
    }

    private static boolean isCopy(ListingRow row) {
        return row.origin() instanceof Origin.Copy;
    }

    private static boolean isOwn(Acting acting, ListingRow row) {
        return row.origin() instanceof Origin.Own(var publisher)
                && publisher.equals(acting.organization());
    }

    /// Whether it is asked by phone only, so that nothing about it is counted for others; a listing
    /// that is gone might have been.
    public boolean isForPhoneOnly(Acting acting, Transaction tx, ListingId id) {
        return ListingTable.find(tx, id)
                .map(row -> Profile.read(row).review().isForPhoneOnly())
                .orElse(true);
    }

    /// The places of a listing whose words in a language were made from something else than they
    /// say now. A copy is as its owner says.
    public Set<UUID> outdatedPlaces(Listing listing, String language) {
        return listing.isCopy()
                ? Set.of()
                : database.read(tx -> TranslationSections.outdated(tx, listing, language));
    }

    /// The same of one that is there; a listing that is gone is what it was found to be before.
    public boolean isKnownForPhoneOnly(Acting acting, Transaction tx, ListingId id) {
        return ListingTable.find(tx, id).isPresent() && isForPhoneOnly(acting, tx, id);
    }

    /// The organisation on this node whose listing it is.
    public Optional<OrganizationId> publisher(Acting acting, Transaction tx, ListingId id) {
        return ListingTable.find(tx, id)
                .flatMap(
                        row ->
                                row.origin() instanceof Origin.Own(var publisher)
                                        ? Optional.of(publisher)
                                        : Optional.empty());
    }

    /// Own listings of an organisation that have not closed, by id.
    public List<ListingId> listOwn(
            Acting acting, Transaction tx, OrganizationId publisher, String after, int limit) {
        return ListingTable.listOpenOf(tx, publisher, after, limit);
    }

    /// All that an own listing says, its exact place included, to be changed and given to
    /// [#replace].
    public Optional<Draft.Builder> edit(Acting acting, ListingId id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(tx -> draft(tx, acting, id));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    Optional<Draft.Builder> draft(Transaction tx, Acting acting, ListingId id) {
        var row = ListingTable.find(tx, id).filter(it -> isOwn(acting, it));
        var service = AggregateTable.find(tx, id.value());
        if (row.isEmpty() || service.isEmpty()) {
            return Optional.empty();
        }
        var exact =
                directory.row(
                        service.get(),
                        AggregateTable.listByIds(tx, service.get().parts()),
                        new Ruling(
                                row.get().kind(),
                                row.get().reach(),
                                Place.EXACT,
                                row.get().review()),
                        row);
        return Optional.of(Draft.of(Profile.read(exact)).place(row.get().place()));
    }

    /// Adds a listing of the acting organisation. What safety rule 2 keeps narrow by default is
    /// kept so, and a wider wish waits for a second person.
    public Listing add(Acting acting, Draft draft) {
        access.require(acting, Right.EDIT_LISTINGS);
        var id = new ListingId(ids.get());
        var host = organizations.find(acting.organization()).orElseThrow();
        return database.write(
                tx -> {
                    drafts.store(tx, acting, host, id, draft, Optional.empty());
                    audit.record(tx, acting, "listing-add", id.toString());
                    remembering.remember(
                            tx, acting, id, "listing-add", Optional.empty(), Optional.empty());
                    return get(tx, id);
                });
    }

    /// Replaces what a listing says. `version` is the one that the writer saw.
    public Outcome replace(Acting acting, ListingId id, long version, Draft draft) {
        access.require(acting, Right.EDIT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        return database.write(
                tx -> {
                    var row = ListingTable.find(tx, id);
                    if (row.isEmpty()) {
                        return new Outcome.NotFound(id);
                    }
                    if (!isOwn(acting, row.get())) {
                        return new Outcome.NotYours(id);
                    }
                    if (row.get().version() != version) {
                        return new Outcome.Stale(Profile.read(row.get()));
                    }
                    var before = Snapshot.find(tx, id);
                    if (!drafts.store(tx, acting, host, id, draft, row)) {
                        return new Outcome.NothingToChange(get(tx, id));
                    }
                    audit.record(tx, acting, "listing-replace", id.toString());
                    remembering.remember(
                            tx, acting, id, "listing-replace", Optional.empty(), before);
                    var now = get(tx, id);
                    return now.review().isAskedSince(row.map(ListingRow::review))
                            ? new Outcome.NeedsSecondPerson(now)
                            : new Outcome.Changed(now);
                });
    }

    private static Listing get(Transaction tx, ListingId id) {
        return Profile.read(ListingTable.find(tx, id).orElseThrow());
    }

    /// Closes a service for good.
    public Outcome close(Acting acting, ListingId id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(tx -> close(acting, tx, id));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    Outcome close(Acting acting, Transaction tx, ListingId id) {
        return change(
                acting,
                tx,
                id,
                "listing-close",
                Optional.empty(),
                json -> json.put("status", "defunct"));
    }

    /// Somebody made sure today that all of it is right.
    public Outcome confirm(Acting acting, ListingId id, Checked.How how) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    var months =
                            ListingTable.find(tx, id)
                                    .map(row -> Profile.read(row).checked().months());
                    return amend(
                            acting,
                            tx,
                            id,
                            new Amendment.Confirm(how, months.orElse(Checked.USUAL_MONTHS)),
                            Optional.empty());
                });
    }

    /// Makes a small change.
    public Outcome amend(Acting acting, ListingId id, Amendment amendment) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(tx -> amend(acting, tx, id, amendment, Optional.empty()));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    ///
    /// @param acting the node itself for what those who run the service say by a link
    /// @param batch of the edit of many listings that it is part of
    public Outcome amend(
            Acting acting,
            Transaction tx,
            ListingId id,
            Amendment amendment,
            Optional<UUID> batch) {
        return change(
                acting,
                tx,
                id,
                amendment.action(),
                batch,
                json -> Amendment.write(amendment, json, clock.instant(), zone));
    }

    private Outcome change(
            Acting acting,
            Transaction tx,
            ListingId id,
            String action,
            Optional<UUID> batch,
            Consumer<ObjectNode> change) {
        var row = ListingTable.find(tx, id);
        if (row.isEmpty()) {
            return new Outcome.NotFound(id);
        }
        if (!isOwn(acting, row.get())) {
            return new Outcome.NotYours(id);
        }
        var before = Snapshot.find(tx, id);
        var service = AggregateTable.find(tx, id.value()).orElseThrow();
        change.accept(service.json());
        directory.store(tx, List.of(service));
        var changed = directory.publish(tx, List.of(service), (_, _, _) -> Ruling.of(row.get()));
        if (changed == 0) {
            return new Outcome.NothingToChange(Profile.read(row.get()));
        }
        audit.record(tx, acting, action, id.toString());
        remembering.remember(tx, acting, id, action, batch, before);
        return new Outcome.Changed(get(tx, id));
    }

    /// Hides an offer of a room, a job or a lift until two people have looked at it again (safety
    /// rule 3). Any other listing stays as it is.
    void hideOffer(Transaction tx, ListingRow row) {
        if (row.review().reasons().contains(Review.Reason.OFFER)
                && row.review().isPublished()
                && row.origin() instanceof Origin.Own(var publisher)) {
            directory.publish(
                    tx,
                    List.of(row.id().value()),
                    (_, _, before) -> Ruling.of(before.orElseThrow()).waitingAgain());
            audit.record(tx, Acting.node(publisher), "offer-hide", row.id().toString());
        }
    }

    /// What waits for a person's decision, by name.
    public List<Listing> reviewQueue(Acting acting) {
        access.require(acting, Right.REVIEW_LISTINGS);
        return database.read(tx -> ListingTable.listForReview(tx, acting.organization())).stream()
                .map(Profile::read)
                .toList();
    }

    /// Publishes, so widely and precisely. Showing more than the listing says now takes two people
    /// who ask for the same.
    public Outcome publish(Acting acting, ListingId id, Kind kind, Reach reach, Place place) {
        return rule(
                acting,
                id,
                "listing-publish",
                before -> before.published(acting, kind, reach, place));
    }

    /// Keeps it unpublished and takes it out of the queue.
    public Outcome hold(Acting acting, ListingId id) {
        return rule(acting, id, "listing-hold", Ruling::held);
    }

    /// Says that the reasons do not apply: an ordinary public listing. Takes two people.
    public Outcome dismiss(Acting acting, ListingId id) {
        return rule(
                acting,
                id,
                "listing-dismiss",
                before ->
                        before.published(
                                acting,
                                before.kind() == Kind.ENFORCEMENT ? Kind.HELP : before.kind(),
                                Reach.PUBLIC,
                                Place.EXACT));
    }

    private static boolean opens(Ruling decided, ListingRow before) {
        return decided.review().isPublished() && !before.review().isPublished();
    }

    /// Whether a text of it names a house that was hidden, or not known, when it came in.
    private static boolean isNaming(Transaction tx, Aggregate service) {
        return HiddenHouses.areNaming(
                tx,
                service.publisher(),
                HiddenHouses.textsOf(service, AggregateTable.listByIds(tx, service.parts())));
    }

    private Outcome rule(
            Acting acting, ListingId id, String action, UnaryOperator<Ruling> decision) {
        access.require(acting, Right.REVIEW_LISTINGS);
        return database.write(
                tx -> {
                    var row = ListingTable.find(tx, id);
                    if (row.isEmpty()) {
                        return new Outcome.NotFound(id);
                    }
                    if (!isOwn(acting, row.get())) {
                        return new Outcome.NotYours(id);
                    }
                    var service = AggregateTable.find(tx, id.value()).orElseThrow();
                    var decided = decision.apply(Ruling.of(row.get()));
                    var after =
                            opens(decided, row.get()) && isNaming(tx, service)
                                    ? decided.naming()
                                    : decided;
                    var changed = directory.publish(tx, List.of(service), (_, _, _) -> after);
                    var listing = get(tx, id);
                    if (after.review().proposal().isPresent()) {
                        audit.record(tx, acting, action + "-proposed", id.toString());
                        return new Outcome.NeedsSecondPerson(listing);
                    }
                    if (changed == 0) {
                        return new Outcome.NothingToChange(listing);
                    }
                    audit.record(tx, acting, action, id.toString());
                    return new Outcome.Changed(listing);
                });
    }
}
