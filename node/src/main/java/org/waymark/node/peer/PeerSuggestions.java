// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.OrderedCollection;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.PublishedPeers;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Peers of our peers, as suggestions for people to look at: nothing follows from them by itself.
/// They are read when a person asks, from peers that chose to name theirs, and no further.
public final class PeerSuggestions implements PublishedPeers {

    /// The member of a node's actor that says where its peers are named.
    static final String MEMBER = "waymark:peers";

    private static final String WORK = "peer-suggestions";

    // 200 of each peer: more than anybody looks through.
    private static final int MOST_OF_ONE = 200;

    private final Database database;
    private final Work work;
    private final Access access;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Fetcher fetcher;
    private final boolean publishes;
    private final Clock clock;

    /// @param publishes whether the operator chose to name our peers to everybody
    public PeerSuggestions(
            Database database,
            Work work,
            Access access,
            LocalActors actors,
            RemoteActors remoteActors,
            Fetcher fetcher,
            boolean publishes,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.access = access;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.fetcher = fetcher;
        this.publishes = publishes;
        this.clock = clock;
        work.handle(WORK, _ -> read());
    }

    @Override
    public boolean isOn() {
        return publishes;
    }

    @Override
    public List<Named> named() {
        return publishes
                ? active().stream()
                        .filter(
                                it ->
                                        remoteActors
                                                .find(it.actor())
                                                .flatMap(actor -> actor.reference(MEMBER))
                                                .isPresent())
                        .map(it -> new Named(it.actor(), it.name()))
                        .toList()
                : List.of();
    }

    /// Asks our peers anew, soon.
    public void look(Acting acting) {
        access.require(acting, Right.MANAGE_PEERS);
        database.run(tx -> work.schedule(tx, WORK, "all", clock.instant(), ""));
    }

    /// What was found last, without those with whom we deal or once dealt.
    public List<SuggestedPeer> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(
                tx -> {
                    var known = PeerTable.list(tx).stream().map(Peer::baseUrl).toList();
                    Map<URI, SuggestedPeer> found = new LinkedHashMap<>();
                    SuggestionTable.list(tx).stream()
                            .filter(it -> !known.contains(it.baseUrl()))
                            .forEach(it -> found.merge(it.baseUrl(), it, PeerSuggestions::joined));
                    return List.copyOf(found.values());
                });
    }

    private static SuggestedPeer joined(SuggestedPeer one, SuggestedPeer other) {
        var names = new ArrayList<>(one.knownTo());
        names.addAll(other.knownTo());
        return new SuggestedPeer(one.baseUrl(), one.name(), List.copyOf(names));
    }

    private List<Peer> active() {
        return database.read(PeerTable::list).stream()
                .filter(it -> it.state() == PeerState.ACTIVE)
                .toList();
    }

    private Handler.Result read() {
        for (var peer : active()) {
            var named = namedBy(peer);
            database.run(tx -> SuggestionTable.replace(tx, peer.id(), named));
        }
        return new Handler.Result.Done();
    }

    /// Those a peer names; none when it names nobody or cannot be read now.
    private List<SuggestionTable.Row> namedBy(Peer peer) {
        return remoteActors
                .get(peer.actor())
                .flatMap(it -> it.reference(MEMBER))
                .flatMap(Reference::id)
                .filter(it -> Origins.same(it, peer.actor()))
                .map(it -> read(peer, it))
                .orElseGet(List::of);
    }

    private List<SuggestionTable.Row> read(Peer peer, URI address) {
        return fetcher.fetch(address) instanceof Fetched.Found(OrderedCollection collection)
                ? rows(peer, collection)
                : List.of();
    }

    private List<SuggestionTable.Row> rows(Peer peer, OrderedCollection collection) {
        var rows = new LinkedHashMap<URI, SuggestionTable.Row>();
        for (var item : collection.items()) {
            var base = item.id().flatMap(PeerTrust::baseUrl);
            if (base.isEmpty()
                    || actors.isOurs(item.id().get())
                    || base.get().equals(peer.baseUrl())
                    || rows.size() == MOST_OF_ONE) {
                continue;
            }
            rows.putIfAbsent(
                    base.get(),
                    new SuggestionTable.Row(peer.id(), base.get(), name(item, base.get())));
        }
        return List.copyOf(rows.values());
    }

    private static String name(Reference item, URI base) {
        return item instanceof Reference.Embedded(var json) && json.path("name").isTextual()
                ? Names.shortened(json.path("name").textValue())
                : base.getHost();
    }
}
