// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.WaitingDraft.State;
import org.waymark.node.listing.WaitingDraftTable.Words;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Drafts that wait for somebody with the right to publish. What is published stays until then, and
/// what others change in it meanwhile stays too.
public final class WaitingDrafts {

    private static final int MOST_SHOWN = 200;
    private static final int LONGEST_ANSWER = 2_000;
    private static final int LONGEST_NAME = 500;

    /// What sort of service it is and how widely it is seen.
    public record Seen(Kind kind, Reach reach, Place place) {

        private static Seen of(Ruling.Wish wish) {
            return new Seen(wish.kind(), wish.reach(), wish.place());
        }
    }

    /// A draft beside what is published now.
    ///
    /// @param wished how its writer wants it to be seen
    /// @param now how it is seen, or was when the draft was written if it is decided; empty for a
    ///   new one
    /// @param changes that publishing it would make
    /// @param others how many other listings are at the places that it changes
    /// @param isPassedBy whether somebody changed the listing after the draft was begun
    public record Opened(
            WaitingDraft draft,
            Seen wished,
            Optional<Seen> now,
            List<FieldChange> changes,
            int others,
            boolean isPassedBy) {

        /// Whether publishing it wishes for another sort or another audience.
        public boolean isSeenOtherwise() {
            return now.filter(wished::equals).isEmpty();
        }
    }

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final HostedOrganizations organizations;
    private final Listings listings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public WaitingDrafts(
            Database database,
            org.waymark.node.account.Access access,
            Audit audit,
            HostedOrganizations organizations,
            Listings listings,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.organizations = organizations;
        this.listings = listings;
        this.clock = clock;
        this.ids = ids;
    }

    /// What a listing of ours says, to be changed and given to [#write]. Empty for one whose place
    /// is hidden: only who may publish it knows the place.
    public Optional<Draft.Builder> edit(Acting acting, ListingId listing) {
        access.require(acting, Right.DRAFT_LISTINGS);
        return database.read(tx -> ListingTable.find(tx, listing))
                .filter(row -> row.origin().equals(new Origin.Own(acting.organization())))
                .filter(row -> row.place() == Place.EXACT)
                // Not what is published: the topics that its terms give are not its own.
                .flatMap(_ -> database.read(tx -> listings.draft(tx, acting, listing)));
    }

    /// Keeps a draft for somebody who may publish it.
    ///
    /// @param listing empty for a new one
    /// @return empty when there is no such listing of ours, or its place is hidden from the writer
    public Optional<WaitingDraft> write(Acting acting, Optional<ListingId> listing, Draft draft) {
        access.require(acting, Right.DRAFT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        return database.write(
                tx -> {
                    var row =
                            listing.flatMap(it -> find(acting, tx, it))
                                    .filter(
                                            it ->
                                                    it.place() == Place.EXACT
                                                            || access.may(
                                                                    acting, Right.EDIT_LISTINGS));
                    if (listing.isPresent() && row.isEmpty()) {
                        return Optional.empty();
                    }
                    var id = listing.orElseGet(() -> new ListingId(ids.get()));
                    var before = Snapshot.find(tx, id);
                    var written = listings.drafts().write(tx, host, id, draft);
                    var after =
                            Snapshot.of(written.service(), written.shared())
                                    .beginning(
                                            written.shared().stream()
                                                    .filter(
                                                            it ->
                                                                    it.type()
                                                                            == Aggregate.Type
                                                                                    .PROGRAM)
                                                    .toList());
                    var name = PlainText.of(draft.name().base(), LONGEST_NAME);
                    var waiting =
                            new WaitingDraft(
                                    ids.get(),
                                    acting.organization(),
                                    id,
                                    before.isEmpty(),
                                    name,
                                    acting.account(),
                                    clock.instant(),
                                    State.WAITING,
                                    Optional.empty(),
                                    Optional.empty());
                    WaitingDraftTable.add(
                            tx,
                            waiting,
                            new Words(
                                    before.map(it -> it.document().text()).orElse(""),
                                    after.document().text(),
                                    new Ruling.Wish(draft.kind(), draft.reach(), draft.place()),
                                    row.map(Ruling.Wish::of)));
                    audit.record(tx, acting, "listing-draft", id.toString());
                    return Optional.of(waiting);
                });
    }

    private static Optional<ListingRow> find(Acting acting, Transaction tx, ListingId listing) {
        return ListingTable.find(tx, listing)
                .filter(row -> row.origin().equals(new Origin.Own(acting.organization())));
    }

    /// Those that wait, the longest first; for who may not publish, their own.
    public List<WaitingDraft> list(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        var publishes = access.may(acting, Right.EDIT_LISTINGS);
        return database
                .read(tx -> WaitingDraftTable.listWaiting(tx, acting.organization(), MOST_SHOWN))
                .stream()
                .filter(it -> publishes || it.by().equals(acting.account()))
                .toList();
    }

    /// What came of the drafts that this person wrote, the newest first.
    public List<WaitingDraft> listDecided(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        WaitingDraftTable.listDecided(
                                tx, acting.organization(), acting.account(), MOST_SHOWN));
    }

    /// One that this person wrote or may publish.
    public Optional<Opened> find(Acting acting, UUID id) {
        access.require(acting, Right.SEE_LISTINGS);
        var publishes = access.may(acting, Right.EDIT_LISTINGS);
        return database.read(
                tx ->
                        WaitingDraftTable.find(tx, id)
                                .filter(it -> it.organization().equals(acting.organization()))
                                .filter(it -> publishes || it.by().equals(acting.account()))
                                .map(it -> open(tx, it, publishes)));
    }

    private static Opened open(Transaction tx, WaitingDraft draft, boolean publishes) {
        var words = WaitingDraftTable.words(tx, draft.id());
        var row = ListingTable.find(tx, draft.listing());
        var after = Snapshot.parse(words.after(), draft.organization());
        var before =
                Optional.of(words.before())
                        .filter(it -> !it.isEmpty())
                        .map(it -> Snapshot.parse(it, draft.organization()));
        var shown = publishes ? Optional.<Place>empty() : row.map(ListingRow::place);
        if (draft.state() != State.WAITING || before.isEmpty()) {
            var isWaiting = draft.state() == State.WAITING;
            return new Opened(
                    draft,
                    Seen.of(words.wish()),
                    words.from().map(Seen::of),
                    changes(tx, shown, before, after),
                    isWaiting ? DraftedPlaces.others(tx, after) : 0,
                    false);
        }
        var here = Snapshot.find(tx, draft.listing()).or(() -> before).orElseThrow();
        var wanted = here.with(before.get(), after);
        return new Opened(
                draft,
                Seen.of(words.wishOn(row)),
                row.map(Ruling.Wish::of).map(Seen::of),
                changes(tx, shown, Optional.of(here), wanted),
                DraftedPlaces.others(tx, wanted),
                !here.document().hash().equals(before.get().document().hash()));
    }

    /// @param shown how its place is shown; empty for who may see all of it
    private static List<FieldChange> changes(
            Transaction tx, Optional<Place> shown, Optional<Snapshot> before, Snapshot after) {
        var old = before.map(it -> shown.map(it::forReaders).orElse(it).named(tx));
        return FieldChange.between(
                old.map(Snapshot::document).orElseGet(() -> Document.of(Document.object())),
                shown.map(after::forReaders).orElse(after).named(tx).document());
    }

    /// The same; no other listing moves.
    public Outcome publish(Acting acting, UUID id) {
        return publish(acting, id, false);
    }

    /// Publishes what the draft changes. The safety rules decide as for any change; showing more
    /// takes a second person still.
    ///
    /// @param othersMove whether the other listings at a place that it changes go with it; if not,
    ///   this one gets a place of its own
    public Outcome publish(Acting acting, UUID id, boolean othersMove) {
        access.require(acting, Right.EDIT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        return database.write(
                tx -> {
                    var draft =
                            WaitingDraftTable.find(tx, id)
                                    .filter(it -> it.organization().equals(acting.organization()));
                    if (draft.isEmpty()) {
                        return new Outcome.NotFound(new ListingId(id));
                    }
                    var listing = draft.get().listing();
                    var row = find(acting, tx, listing);
                    if (!WaitingDraftTable.decide(
                            tx, id, State.PUBLISHED, acting.account(), Optional.empty())) {
                        return row.<Outcome>map(it -> new Outcome.NothingToChange(Profile.read(it)))
                                .orElseGet(() -> new Outcome.NotFound(listing));
                    }
                    var words = WaitingDraftTable.words(tx, id);
                    var after = Snapshot.parse(words.after(), acting.organization());
                    var here = Snapshot.find(tx, listing);
                    var merged =
                            here.isPresent() && !words.before().isEmpty()
                                    ? here.get()
                                            .with(
                                                    Snapshot.parse(
                                                            words.before(), acting.organization()),
                                                    after)
                                    : after;
                    var wanted = othersMove ? merged : DraftedPlaces.apart(tx, merged);
                    var shared = new ArrayList<>(wanted.places());
                    wanted.programs().stream()
                            .filter(it -> wanted.service().parts().contains(it.id()))
                            .filter(it -> AggregateTable.find(tx, it.id()).isEmpty())
                            .forEach(shared::add);
                    shared.add(Drafts.itself(tx, host));
                    var written = new Drafts.Written(wanted.service(), shared);
                    listings.drafts().store(tx, acting, written, words.wishOn(row), row);
                    audit.record(tx, acting, "listing-draft-publish", listing.toString());
                    listings.remembering()
                            .remember(
                                    tx,
                                    acting,
                                    listing,
                                    "listing-draft-publish",
                                    Optional.empty(),
                                    here);
                    var now = Profile.read(ListingTable.find(tx, listing).orElseThrow());
                    return now.review().isAskedSince(row.map(ListingRow::review))
                            ? new Outcome.NeedsSecondPerson(now)
                            : new Outcome.Changed(now);
                });
    }

    /// Gives it back with a word on why.
    ///
    /// @return whether it waited
    public boolean giveBack(Acting acting, UUID id, String words) {
        access.require(acting, Right.EDIT_LISTINGS);
        var said = Optional.of(PlainText.of(words, LONGEST_ANSWER)).filter(it -> !it.isEmpty());
        return database.write(
                tx -> {
                    var draft =
                            WaitingDraftTable.find(tx, id)
                                    .filter(it -> it.organization().equals(acting.organization()));
                    if (draft.isEmpty()
                            || !WaitingDraftTable.decide(
                                    tx, id, State.RETURNED, acting.account(), said)) {
                        return false;
                    }
                    audit.record(
                            tx, acting, "listing-draft-return", draft.get().listing().toString());
                    return true;
                });
    }
}
