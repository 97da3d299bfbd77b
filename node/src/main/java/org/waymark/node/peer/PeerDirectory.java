// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.discovery.WebFingerLookup;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.OrderedCollection;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.RemoteActors;

/// Reads what other nodes say of themselves: their actor and the organisations they host. It goes
/// to the network, so never call it inside a transaction.
final class PeerDirectory {

    // 50 organisations: more are a municipality's whole register, which nobody pairs by hand.
    private static final int MOST_ORGANIZATIONS = 50;

    private final WebFingerLookup lookup;
    private final Fetcher fetcher;
    private final RemoteActors remoteActors;

    PeerDirectory(WebFingerLookup lookup, Fetcher fetcher, RemoteActors remoteActors) {
        this.lookup = lookup;
        this.fetcher = fetcher;
        this.remoteActors = remoteActors;
    }

    /// The node at a base URL.
    ///
    /// Refusals: those of the lookup, and `no-node-there`, `actor-of-other-origin`,
    /// `actor-not-readable`.
    Reading<Actor> node(URI baseUrl) {
        return switch (lookup.findServer(baseUrl)) {
            case WebFingerLookup.Outcome.Failed(var code) -> new Reading.Refused<>(code);
            case WebFingerLookup.Outcome.Refused(var code) -> new Reading.Refused<>(code);
            case WebFingerLookup.Outcome.NotFound _ -> new Reading.Refused<>("no-node-there");
            case WebFingerLookup.Outcome.Found(var found) ->
                    Origins.same(baseUrl, found.actor())
                            ? node(remoteActors.refresh(found.actor()))
                            : new Reading.Refused<>("actor-of-other-origin");
        };
    }

    private static Reading<Actor> node(Optional<Actor> actor) {
        if (actor.isEmpty()) {
            return new Reading.Refused<>("actor-not-readable");
        }
        return isNode(actor.get())
                ? new Reading.Read<>(actor.get())
                : new Reading.Refused<>("no-node-there");
    }

    /// Whether an actor is a node like this one: a program that names the organisations it hosts.
    static boolean isNode(Actor actor) {
        return actor.type().equals("Application")
                && actor.text("waymark:organizations").isPresent();
    }

    /// The organisations a peer hosts, each read at its own address, so that its keys and inbox are
    /// known. Empty when the list cannot be read now.
    Optional<List<PeerOrganization>> organizations(Peer peer) {
        return remoteActors
                .get(peer.actor())
                .flatMap(it -> it.reference("waymark:organizations"))
                .flatMap(Reference::id)
                .filter(it -> Origins.same(it, peer.actor()))
                .flatMap(this::collection)
                .map(it -> read(peer, it));
    }

    private Optional<OrderedCollection> collection(URI address) {
        return fetcher.fetch(address) instanceof Fetched.Found(OrderedCollection collection)
                ? Optional.of(collection)
                : Optional.empty();
    }

    private List<PeerOrganization> read(Peer peer, OrderedCollection collection) {
        var organizations = new ArrayList<PeerOrganization>();
        collection.items().stream()
                .flatMap(it -> it.id().stream())
                .filter(it -> Origins.same(it, peer.actor()))
                .distinct()
                .limit(MOST_ORGANIZATIONS)
                .flatMap(it -> remoteActors.get(it).stream())
                .filter(it -> it.type().equals("Organization"))
                .forEach(
                        it ->
                                organizations.add(
                                        new PeerOrganization(
                                                it.id(),
                                                peer.id(),
                                                Names.shortened(
                                                        it.name().orElse(it.id().getHost())))));
        return organizations;
    }
}
