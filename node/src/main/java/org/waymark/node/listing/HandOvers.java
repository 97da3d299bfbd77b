// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.HandOver.Side;
import org.waymark.node.listing.HandOver.State;
import org.waymark.node.page.Languages;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Peers;
import org.waymark.node.peer.StillOpen;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// Hands listings over to another organisation, here or at a partner: who gives one signs, who
/// takes it signs, and only then it changes hands, for good. It gets a new id with its new owner;
/// the old one closes and leads there. Requests that are open stay where they are.
///
/// Over the network only what a partner sees of a listing goes along: nothing leaves for this that
/// would not leave otherwise.
public final class HandOvers {

    /// Somebody a listing can be handed to.
    public record Successor(URI actor, String name) {}

    /// What came of a step.
    public enum Outcome {
        DONE,
        /// It is offered, answered or taken back already.
        ALREADY_THERE,
        NOT_FOUND,
        /// Who gives or takes it is no partner, or not any more.
        NO_PARTNER,
        /// It is closed, waits for a review, or is for a circle that the other is not in.
        NOT_SHOWN,
        /// Not here yet: turn on its owner's listings, or wait until they are read.
        NO_COPY
    }

    private static final int MOST_SHOWN = 200;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final HostedOrganizations organizations;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Peers peers;
    private final Agreements agreements;
    private final OurProofs proofs;
    private final Outbox outbox;
    private final Directory directory;
    private final ListingCopies copies;
    private final BaseUrl baseUrl;
    private final Languages languages;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public HandOvers(
            Database database,
            Access access,
            Audit audit,
            HostedOrganizations organizations,
            LocalActors actors,
            RemoteActors remoteActors,
            Peers peers,
            Agreements agreements,
            OurProofs proofs,
            Outbox outbox,
            Listings listings,
            BaseUrl baseUrl,
            Languages languages,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.organizations = organizations;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.peers = peers;
        this.agreements = agreements;
        this.proofs = proofs;
        this.outbox = outbox;
        this.directory = listings.directory();
        this.copies = new ListingCopies(directory, agreements, clock, ids);
        this.baseUrl = baseUrl;
        this.languages = languages;
        this.clock = clock;
        this.ids = ids;
    }

    /// All of the acting organisation, newest change first.
    public List<HandOver> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> HandOverTable.list(tx, acting.organization(), MOST_SHOWN));
    }

    public Optional<HandOver> find(Acting acting, UUID id) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> HandOverTable.find(tx, id))
                .filter(it -> it.organization().equals(acting.organization()));
    }

    /// Whom the acting organisation can hand a listing to: its neighbours on this node and the
    /// organisations it has an agreement with, by name.
    public List<Successor> successors(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        var found = new ArrayList<Successor>();
        organizations.list().stream()
                .filter(it -> !it.id().equals(acting.organization()))
                .forEach(it -> found.add(new Successor(actors.of(it.id()).id(), it.name())));
        agreements.list(acting, acting.organization()).stream()
                .filter(it -> !it.peer().isHere() && it.state() != AgreementState.ENDED)
                .forEach(it -> found.add(new Successor(it.partner(), it.partnerName())));
        return found.stream().sorted(Comparator.comparing(Successor::name)).toList();
    }

    /// Offers a listing. Until the other takes it, nothing changes.
    public Outcome offer(Acting acting, ListingId id, URI to) {
        access.require(acting, Right.SIGN_AGREEMENTS);
        var successor = successors(acting).stream().filter(it -> it.actor().equals(to)).findFirst();
        if (successor.isEmpty()) {
            return Outcome.NO_PARTNER;
        }
        return database.write(tx -> offer(tx, acting, id, successor.get()));
    }

    private Outcome offer(Transaction tx, Acting acting, ListingId id, Successor successor) {
        var row = ListingTable.find(tx, id).filter(it -> isOwn(acting, it));
        if (row.isEmpty()) {
            return Outcome.NOT_FOUND;
        }
        if (HandOverTable.isOffered(tx, row.get().uri())) {
            return Outcome.ALREADY_THERE;
        }
        var isHere = actors.find(successor.actor()).isPresent();
        if (!mayGo(row.get(), isHere)) {
            return Outcome.NOT_SHOWN;
        }
        if (!isHere && !isReachable(tx, successor.actor())) {
            return Outcome.NO_PARTNER;
        }
        var giver = actors.of(acting.organization());
        var given =
                proofs.sign(
                        giver.id(),
                        HandOverDocument.give(
                                actors.activity(ids.get()),
                                giver.id(),
                                successor.actor(),
                                row.get().uri(),
                                clock.instant()),
                        clock.instant());
        var offer = activity("Offer", giver).set("object", given).to(successor.actor());
        var made =
                new HandOver(
                        ids.get(),
                        Side.GIVEN,
                        State.OFFERED,
                        acting.organization(),
                        row.get().uri(),
                        name(row.get()),
                        successor.actor(),
                        successor.name(),
                        URI.create(offer.json().path("id").asText()),
                        new HandOverDocument(given),
                        Optional.empty(),
                        clock.instant());
        HandOverTable.put(tx, made);
        actors.find(successor.actor())
                .flatMap(LocalActor::organization)
                .ifPresentOrElse(
                        heir -> receive(tx, made, heir, nameOf(acting.organization())),
                        () -> send(tx, giver, successor.actor(), offer, row.get().uri()));
        audit.record(tx, acting, "hand-over-offer", id.toString());
        return Outcome.DONE;
    }

    /// Writes down, for who may take it, that it is offered.
    void receive(Transaction tx, HandOver made, OrganizationId heir, String giverName) {
        HandOverTable.put(
                tx,
                new HandOver(
                        ids.get(),
                        Side.TAKEN,
                        State.OFFERED,
                        heir,
                        made.listing(),
                        made.name(),
                        made.given().giver(),
                        giverName,
                        made.offer(),
                        made.given(),
                        Optional.empty(),
                        clock.instant()));
    }

    /// Takes an offer back that was not answered yet. An answer that is on its way counts.
    public Outcome takeBack(Acting acting, UUID id) {
        return end(acting, id, Side.GIVEN, State.TAKEN_BACK, "Undo", "hand-over-take-back");
    }

    /// Says no.
    public Outcome decline(Acting acting, UUID id) {
        return end(acting, id, Side.TAKEN, State.DECLINED, "Reject", "hand-over-decline");
    }

    private Outcome end(Acting acting, UUID id, Side side, State to, String verb, String action) {
        access.require(acting, Right.SIGN_AGREEMENTS);
        return database.write(
                tx -> {
                    var found = open(tx, acting, id, side);
                    if (found.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    var open = found.get();
                    if (open.state() != State.OFFERED) {
                        return Outcome.ALREADY_THERE;
                    }
                    HandOverTable.put(tx, open.to(to, clock.instant()));
                    if (actors.find(open.other()).isPresent()) {
                        var mirrored = side == Side.GIVEN ? Side.TAKEN : Side.GIVEN;
                        HandOverTable.findByOffer(tx, mirrored, open.offer())
                                .ifPresent(it -> HandOverTable.put(tx, it.to(to, clock.instant())));
                    } else if (isReachable(tx, open.other())) {
                        var sender = actors.of(acting.organization());
                        var activity =
                                activity(verb, sender).set("object", open.offer()).to(open.other());
                        send(tx, sender, open.other(), activity, open.listing());
                    }
                    audit.record(tx, acting, action, id.toString());
                    return Outcome.DONE;
                });
    }

    private static Optional<HandOver> open(Transaction tx, Acting acting, UUID id, Side side) {
        return HandOverTable.find(tx, id)
                .filter(it -> it.organization().equals(acting.organization()))
                .filter(it -> it.side() == side);
    }

    /// Takes a listing: from now on it is the acting organisation's.
    public Outcome accept(Acting acting, UUID id) {
        access.require(acting, Right.SIGN_AGREEMENTS);
        var heir = organizations.find(acting.organization()).orElseThrow();
        return database.write(
                tx -> {
                    var found = open(tx, acting, id, Side.TAKEN);
                    if (found.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    if (found.get().state() != State.OFFERED) {
                        return Outcome.ALREADY_THERE;
                    }
                    StillOpen.require(tx, acting.organization());
                    var outcome = accept(tx, heir, found.get());
                    if (outcome == Outcome.DONE) {
                        audit.record(tx, acting, "hand-over-accept", id.toString());
                    }
                    return outcome;
                });
    }

    private Outcome accept(Transaction tx, HostedOrganization heir, HandOver offered) {
        var given = offered.given();
        var isHere = actors.find(given.giver()).isPresent();
        if (!isHere && !isReachable(tx, given.giver())) {
            return Outcome.NO_PARTNER;
        }
        var row = ListingTable.findByUri(tx, given.listing());
        if (row.isEmpty() || !isOf(given.giver(), row.get()) || row.get().foldedName().isEmpty()) {
            return isHere ? Outcome.NOT_SHOWN : Outcome.NO_COPY;
        }
        if (!mayGo(row.get(), isHere)) {
            return Outcome.NOT_SHOWN;
        }
        // A copy keeps its address on this site, so that printed codes go on leading to it.
        var newId = isHere ? new ListingId(ids.get()) : row.get().id();
        inherit(tx, heir, newId, row.get(), isHere);
        var taker = actors.of(heir.id());
        var taken =
                new HandOverDocument(
                        proofs.sign(
                                taker.id(),
                                HandOverDocument.take(
                                        actors.activity(ids.get()),
                                        given,
                                        baseUrl.resolve("/s/" + newId),
                                        page(newId),
                                        clock.instant()),
                                clock.instant()));
        var accepted = offered.accepted(taken, clock.instant());
        HandOverTable.put(tx, accepted);
        if (isHere) {
            HandOverTable.findByOffer(tx, Side.GIVEN, offered.offer())
                    .ifPresent(it -> complete(tx, it, taken));
            return Outcome.DONE;
        }
        copies.passedOn(tx, given.giver(), given.listing());
        var accept =
                activity("Accept", taker)
                        .set("object", offered.offer())
                        .set("result", taken.json())
                        .to(given.giver());
        send(tx, taker, given.giver(), accept, given.listing());
        return Outcome.DONE;
    }

    private void inherit(
            Transaction tx, HostedOrganization heir, ListingId id, ListingRow row, boolean isHere) {
        var published = isHere ? exact(tx, row) : Document.parse(row.document());
        var estate =
                Inheritance.of(
                        id.value(),
                        heir,
                        Drafts.itself(tx, heir),
                        Inheritance.publisher(published).orElse(id.value()),
                        published);
        directory.store(tx, estate.shared());
        directory.store(tx, List.of(estate.service()));
        // As widely as it was seen, and what a person must know of it still stands beside it.
        directory.publish(
                tx,
                List.of(estate.service()),
                (service, parts, _) ->
                        new Ruling(
                                row.kind(),
                                row.reach(),
                                row.place(),
                                new Review(
                                        row.review().state(),
                                        both(
                                                row.review().reasons(),
                                                Caution.reasons(service, parts)),
                                        Optional.empty())));
    }

    private ObjectNode exact(Transaction tx, ListingRow row) {
        var service = AggregateTable.find(tx, row.id().value()).orElseThrow();
        var ruling = new Ruling(row.kind(), row.reach(), Place.EXACT, row.review());
        var parts = AggregateTable.listByIds(tx, service.parts());
        return Document.parse(directory.row(service, parts, ruling, Optional.of(row)).document());
    }

    private static Set<Review.Reason> both(Set<Review.Reason> known, Set<Review.Reason> found) {
        var all = EnumSet.noneOf(Review.Reason.class);
        all.addAll(known);
        all.addAll(found);
        return all;
    }

    /// Both have signed: who may see the listing is told, and the old one closes. Who took an offer
    /// back too late is bound by it: the other has the listing already.
    void complete(Transaction tx, HandOver offered, HandOverDocument taken) {
        var accepted = offered.accepted(taken, clock.instant());
        HandOverTable.put(tx, accepted);
        ListingTable.findByUri(tx, accepted.listing())
                .ifPresent(
                        row -> {
                            tell(tx, accepted, taken, SharedListing.stateOf(row));
                            close(tx, row);
                        });
    }

    /// Tells who took a listing that the answer came too late.
    void tellTooLate(Transaction tx, HandOver offered) {
        if (isReachable(tx, offered.other())) {
            var giver = actors.of(offered.organization());
            var reject =
                    activity("Reject", giver).set("object", offered.offer()).to(offered.other());
            send(tx, giver, offered.other(), reject, offered.listing());
        }
    }

    private void tell(
            Transaction tx,
            HandOver accepted,
            HandOverDocument taken,
            SharedListing.State audience) {
        var giver = actors.of(accepted.organization());
        var partners = agreements.receivers(Acting.node(), tx, accepted.organization());
        // Not the listing's: what waits under that is taken back when it closes.
        var orderKey = accepted.given().id();
        switch (audience) {
            case PUBLIC -> {
                var move =
                        move(giver, accepted, taken)
                                .to(Contexts.PUBLIC)
                                .cc(giver.below("/followers"));
                outbox.sendToAll(tx, giver, partners, read(move), orderKey);
            }
            case PARTNERS ->
                    partners.forEach(
                            to ->
                                    send(
                                            tx,
                                            giver,
                                            to,
                                            move(giver, accepted, taken).to(to),
                                            orderKey));
            // Nobody outside has it, or may have it any more.
            case GONE -> {}
        }
    }

    private Draft move(LocalActor giver, HandOver accepted, HandOverDocument taken) {
        var both = JsonNodeFactory.instance.arrayNode();
        both.add(accepted.given().json()).add(taken.json());
        return activity("Move", giver)
                .set("object", accepted.listing())
                .set("target", taken.newListing())
                .set(HandOverDocument.MEMBER, both);
    }

    private void close(Transaction tx, ListingRow row) {
        var service = AggregateTable.find(tx, row.id().value()).orElseThrow();
        service.json().put("status", "defunct");
        directory.store(tx, List.of(service));
        directory.publish(tx, List.of(service), (_, _, _) -> Ruling.of(row));
    }

    /// Whether who takes a listing may see it now.
    static boolean mayGo(ListingRow row, boolean isHere) {
        if (row.status() == Status.DEFUNCT || !row.review().isPublished()) {
            return false;
        }
        return isHere || row.reach() == Reach.PUBLIC || row.reach() == Reach.PARTNERS;
    }

    private boolean isOf(URI giver, ListingRow row) {
        return switch (row.origin()) {
            case Origin.Own(var publisher) -> actors.of(publisher).id().equals(giver);
            case Origin.Copy copy -> copy.actor().equals(giver);
        };
    }

    private static boolean isOwn(Acting acting, ListingRow row) {
        return row.origin() instanceof Origin.Own(var publisher)
                && publisher.equals(acting.organization());
    }

    private boolean isReachable(Transaction tx, URI partner) {
        return peers.isActive(Acting.node(), tx, partner)
                && remoteActors.find(tx, partner).isPresent();
    }

    private URI page(ListingId id) {
        return baseUrl.resolve("/" + languages.list().getFirst().tag() + "/s/" + id);
    }

    private String nameOf(OrganizationId organization) {
        return organizations.find(organization).map(HostedOrganization::name).orElse("");
    }

    static String name(ListingRow row) {
        return PlainText.of(Profile.read(row).name().base(), 500);
    }

    private void send(Transaction tx, LocalActor sender, URI to, Draft activity, URI orderKey) {
        outbox.send(tx, sender, to, read(activity), orderKey, Optional.empty());
    }

    private Draft activity(String verb, LocalActor sender) {
        return Draft.activity(verb, actors.activity(ids.get()), sender.id());
    }

    private static Activity read(Draft draft) {
        return Activity.read(draft.document()).orElseThrow();
    }
}
