// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Note;
import org.waymark.node.database.Transaction;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// Partners' listings kept here. Only their owner changes them, only forward, and nothing here
/// shows more of them than the owner does. What arrives late, twice or early has the same end.
final class ListingCopies {

    // Providers of copies get ids of ours, so that no partner can put its listings under a provider
    // that is known here already.
    private static final UUID PROVIDERS = UUID.fromString("7c1f6f0e-52f3-4c55-8f3a-0d1a5f0b7f6e");

    // Below every version, so that a copy hidden by us may come back when the partner does.
    private static final long NO_VERSION = -1;

    // Above every version.
    private static final long PASSED_ON = Long.MAX_VALUE;

    private static final int LONGEST_PARTNER_NAME = 255;
    private static final int COPIES_AT_ONCE = 200;

    /// What came of something that a partner said about a listing.
    sealed interface Taken {
        record Applied(ListingId id) implements Taken {}

        /// We know that or something newer already.
        record Known() implements Taken {}

        record Refused(String code) implements Taken {}
    }

    /// Whether the listings of an owner may be copied here, until the transaction ends.
    interface Wanted {
        boolean from(Transaction tx, URI owner);
    }

    private final Directory directory;
    private final Wanted wanted;
    private final Clock clock;
    private final Supplier<UUID> ids;

    ListingCopies(Directory directory, Agreements agreements, Clock clock, Supplier<UUID> ids) {
        this(directory, (tx, owner) -> agreements.copiesFrom(Acting.node(), tx, owner), clock, ids);
    }

    ListingCopies(Directory directory, Wanted wanted, Clock clock, Supplier<UUID> ids) {
        this.directory = directory;
        this.wanted = wanted;
        this.clock = clock;
        this.ids = ids;
    }

    /// Takes in a listing as its owner has it now. Whether copies are wanted is asked here, in the
    /// transaction: staff may have stopped them and hidden what was there since the caller looked.
    ///
    /// @param actor the organisation that is known to have said it
    Taken take(Transaction tx, URI actor, String partner, Note note) {
        return take(tx, actor, partner, note, (before, version) -> before.version() >= version);
    }

    /// Takes in what the owner answered when it was asked: that is how it is, even if what we have
    /// has a higher version, for an owner that lost its last days counts from where it stands.
    ///
    /// @param asked the version we had when we asked; if it is another by now, something newer came
    Taken correct(Transaction tx, URI actor, String partner, Note note, Optional<Long> asked) {
        return take(
                tx,
                actor,
                partner,
                note,
                (before, version) ->
                        !asked.equals(Optional.of(before.version()))
                                || (before.version() == version && !isEmpty(before)));
    }

    private interface Known {
        boolean isNewer(ListingRow before, long version);
    }

    private Taken take(Transaction tx, URI actor, String partner, Note note, Known known) {
        if (!Origins.same(actor, note.id()) || !note.attributedTo().equals(List.of(actor))) {
            return new Taken.Refused("not-the-owner");
        }
        if (!(note.json().path("hsdsService") instanceof ObjectNode service)) {
            return new Taken.Refused("not-a-listing");
        }
        if (note.version().isEmpty()) {
            return new Taken.Refused("version-missing");
        }
        if (!wanted.from(tx, actor)) {
            return new Taken.Refused("copies-not-wanted");
        }
        var version = note.version().getAsLong();
        var before = ListingTable.findByUri(tx, note.id());
        if (before.filter(row -> !isCopyOf(actor, row)).isPresent()) {
            return new Taken.Refused("not-the-owner");
        }
        if (before.filter(row -> known.isNewer(row, version)).isPresent()) {
            return new Taken.Known();
        }
        var copied = CopiedDocument.of(service);
        if (Directory.folded(copied.path("name").asText()).isEmpty()) {
            return new Taken.Refused("name-missing");
        }
        return keep(tx, row(tx, actor, partner, note, copied, version, before), before);
    }

    /// Forgets a listing that its owner, when asked, did not have.
    ///
    /// @param asked the version we had when we asked; if it is another by now, something newer came
    void vanished(Transaction tx, URI actor, URI listing, long asked) {
        ListingTable.findByUri(tx, listing)
                .filter(row -> isCopyOf(actor, row))
                .filter(row -> row.version() == asked && !isEmpty(row))
                .ifPresent(
                        row ->
                                directory.keep(
                                        tx,
                                        List.of(),
                                        List.of(empty(row.id(), listing, actor, "", asked))));
    }

    /// Whether we have what its owner said of a listing, and show it.
    boolean isShown(Transaction tx, URI listing) {
        return ListingTable.findByUri(tx, listing)
                .filter(row -> !isEmpty(row) && row.review().isPublished() && row.version() >= 0)
                .isPresent();
    }

    private static boolean isEmpty(ListingRow row) {
        return row.foldedName().isEmpty();
    }

    /// Forgets a listing that its owner called back. The version stays, so that what was sent
    /// earlier and arrives later does not bring it back.
    Taken takeAway(Transaction tx, URI actor, URI listing, long version) {
        if (!Origins.same(actor, listing)) {
            return new Taken.Refused("not-the-owner");
        }
        var before = ListingTable.findByUri(tx, listing);
        if (before.filter(row -> !isCopyOf(actor, row)).isPresent()) {
            return new Taken.Refused("not-the-owner");
        }
        if (before.filter(row -> row.version() >= version).isPresent()) {
            return new Taken.Known();
        }
        var partner =
                before.map(ListingRow::origin)
                        .map(origin -> ((Origin.Copy) origin).partner())
                        .orElse("");
        return keep(tx, empty(id(before), listing, actor, partner, version), before);
    }

    /// Lets a copy go along to its listing's new owner, under the address it has here; the new
    /// owner says then what stands in it. In which order all of this arrives makes no difference.
    void changeOwner(
            Transaction tx, URI former, URI listing, URI heir, String heirName, URI newListing) {
        var before =
                ListingTable.findByUri(tx, listing)
                        .filter(row -> isCopyOf(former, row))
                        .filter(row -> row.version() != PASSED_ON);
        if (before.isEmpty()) {
            return;
        }
        var told = ListingTable.findByUri(tx, newListing);
        if (told.isEmpty()) {
            var origin = new Origin.Copy(heir, shortened(heirName), clock.instant());
            replace(
                    tx,
                    before.get().withUri(newListing).withOrigin(origin).withVersion(NO_VERSION));
            passedOn(tx, former, listing);
            return;
        }
        if (!isCopyOf(heir, told.get())) {
            return;
        }
        // Its new owner was faster: what it said goes to the older of the two addresses here.
        replace(tx, told.get().withUri(URI.create(newListing + "#")));
        replace(tx, told.get().withId(before.get().id()));
        replace(tx, empty(told.get().id(), listing, former, "", PASSED_ON));
    }

    private void replace(Transaction tx, ListingRow row) {
        directory.keep(tx, List.of(), List.of(row));
    }

    /// What its former owner still says of a listing that passed on means nothing here.
    void passedOn(Transaction tx, URI former, URI listing) {
        var end = empty(new ListingId(ids.get()), listing, former, "", PASSED_ON);
        directory.keep(tx, List.of(end), List.of());
    }

    /// Forgets what came from a partner, until it is read anew.
    ///
    /// @return whether there may be more
    boolean purge(Transaction tx, URI actor) {
        var rows = ListingTable.listCopies(tx, actor, COPIES_AT_ONCE);
        var emptied =
                rows.stream()
                        .map(row -> empty(row.id(), row.uri(), actor, "", NO_VERSION))
                        .toList();
        directory.keep(tx, List.of(), emptied);
        return rows.size() == COPIES_AT_ONCE;
    }

    /// Says on copies since when their owner tells us nothing, or takes that back. What says so
    /// already stays.
    ///
    /// @return whether there may be more
    boolean mark(Transaction tx, URI actor, Optional<Instant> left) {
        var rows = ListingTable.listLeft(tx, actor, left.isEmpty(), COPIES_AT_ONCE);
        directory.keep(tx, List.of(), rows.stream().map(row -> left(row, left)).toList());
        return rows.size() == COPIES_AT_ONCE;
    }

    private static ListingRow left(ListingRow row, Optional<Instant> left) {
        var copy = (Origin.Copy) row.origin();
        return row.withOrigin(
                new Origin.Copy(copy.actor(), copy.partner(), copy.receivedAt(), left));
    }

    /// Hides what came from a partner, until it is read anew.
    ///
    /// @return whether there may be more
    boolean hide(Transaction tx, URI actor) {
        var rows = ListingTable.listCopiesShown(tx, actor, COPIES_AT_ONCE);
        directory.keep(tx, List.of(), rows.stream().map(ListingCopies::hidden).toList());
        return rows.size() == COPIES_AT_ONCE;
    }

    /// Hides one, until it is read anew.
    void hide(Transaction tx, ListingRow row) {
        directory.keep(tx, List.of(), List.of(hidden(row)));
    }

    private static ListingRow hidden(ListingRow row) {
        return row.withReview(
                        new Review(Review.State.HELD, row.review().reasons(), Optional.empty()))
                .withVersion(NO_VERSION);
    }

    private Taken keep(Transaction tx, ListingRow row, Optional<ListingRow> before) {
        if (before.isEmpty()) {
            directory.keep(tx, List.of(row), List.of());
        } else {
            directory.keep(tx, List.of(), List.of(row));
        }
        return new Taken.Applied(row.id());
    }

    private static boolean isCopyOf(URI actor, ListingRow row) {
        return row.origin() instanceof Origin.Copy copy && copy.actor().equals(actor);
    }

    private ListingId id(Optional<ListingRow> before) {
        return before.map(ListingRow::id).orElseGet(() -> new ListingId(ids.get()));
    }

    private ListingRow row(
            Transaction tx,
            URI actor,
            String partner,
            Note note,
            ObjectNode service,
            long version,
            Optional<ListingRow> before) {
        service.putObject("origin")
                .put("uri", note.id().toString())
                .put("publisher", actor.toString());
        var id = id(before);
        var ruling = ruling(note, service);
        // After its words gave their reasons: what names a house hidden here is not even kept.
        directory.houses().withhold(tx, id, shortened(partner), service);
        CopiedDocument.narrow(service, ruling.place());
        var document = Document.of(service);
        var now = clock.instant();
        return new ListingRow(
                id,
                note.id(),
                new Origin.Copy(actor, shortened(partner), now),
                provider(actor, Document.text(service, "organization_id").orElse("")),
                Directory.folded(service.path("name").asText()),
                TopicTaxonomy.of(service),
                Profile.status(service),
                ruling.kind(),
                ruling.reach(),
                ruling.place(),
                ruling.review(),
                document.text(),
                document.hash(),
                note.updated().orElse(now),
                version);
    }

    /// As the owner rules, who may have asked two people; where the owner's program knows nothing
    /// of it, as carefully as an import.
    private static Ruling ruling(Note note, ObjectNode service) {
        var audience = Stream.concat(note.to().stream(), note.cc().stream());
        var isForAll = audience.anyMatch(Contexts.PUBLIC::equals);
        var said = Profile.choice(service, "reach", Reach.class, Reach.PUBLIC);
        var aggregate =
                new Aggregate(
                        PROVIDERS, Aggregate.Type.SERVICE, new OrganizationId(PROVIDERS), service);
        var knowsOurRules = service.has("kind") && service.has("reach") && service.has("place");
        // How widely is the owner's word; that there is no form holds for every copy.
        var reasons = EnumSet.noneOf(Review.Reason.class);
        reasons.addAll(Caution.reasons(aggregate, Map.of()));
        var careful =
                Ruling.ofIncoming(
                        Caution.kindOf(aggregate, Map.of()),
                        knowsOurRules ? Set.of() : Set.copyOf(reasons),
                        Optional.empty());
        if (service.path(Projection.PHONE_ONLY).asBoolean()) {
            // Why, the owner does not say, and the first reason stands for all.
            reasons.add(Review.Reason.VIOLENCE);
        }
        return new Ruling(
                Profile.choice(service, "kind", Kind.class, careful.kind()),
                isForAll && said == Reach.PUBLIC ? careful.reach() : narrow(said),
                Profile.choice(service, "place", Place.class, careful.place()),
                new Review(Review.State.PUBLISHED, reasons, Optional.empty()));
    }

    private static Reach narrow(Reach said) {
        return said == Reach.STAFF ? Reach.STAFF : Reach.PARTNERS;
    }

    private ListingRow empty(ListingId id, URI listing, URI actor, String partner, long version) {
        var document = Document.of(Document.object());
        var now = clock.instant();
        return new ListingRow(
                id,
                listing,
                new Origin.Copy(actor, partner, now),
                provider(actor, ""),
                "",
                Set.of(),
                Status.DEFUNCT,
                Kind.HELP,
                Reach.STAFF,
                Place.PHONE_ONLY,
                new Review(Review.State.HELD, Set.of(), Optional.empty()),
                document.text(),
                document.hash(),
                now,
                version);
    }

    private static UUID provider(URI actor, String id) {
        return NameUuid.of(PROVIDERS, actor.toString(), id);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_PARTNER_NAME
                ? name
                : name.substring(0, LONGEST_PARTNER_NAME);
    }
}
