// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origin;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Reads the vouches that a node names when it asks to become our peer, where they were given: at
/// our own peers only, a few, and again each hour until a person has decided, since each may be
/// taken back. A stranger can make us ask nobody else.
final class VouchLookup {

    /// The member of a `Follow` of a node that names the addresses of vouches for who sends it.
    static final String MEMBER = "waymark:vouches";

    static final String WORK = "peer-vouches";

    /// 10 for one request: more than a person reads.
    static final int MOST = 10;

    private static final int MAX_ADDRESS = 1_000;

    // 3 at one server: more partners than that on one node vouch for few.
    private static final int MOST_AT_ONE = 3;

    // 1 h, however often a stranger asks: it must not drive us to our peers.
    private static final Duration EVERY = Duration.ofHours(1);

    // 30 days: nobody decides this any more.
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Database database;
    private final Function<URI, Fetched> fetcher;
    private final TheirProofs proofs;
    private final Clock clock;

    VouchLookup(
            Database database, Function<URI, Fetched> fetcher, TheirProofs proofs, Clock clock) {
        this.database = database;
        this.fetcher = fetcher;
        this.proofs = proofs;
        this.clock = clock;
    }

    /// The vouches that a request for peering names.
    private static List<URI> named(Activity follow) {
        var named = new ArrayList<URI>();
        for (var item : follow.json().path(MEMBER)) {
            address(item.asText())
                    .filter(it -> !named.contains(it) && named.size() < MOST)
                    .filter(it -> countAt(it, named) < MOST_AT_ONE)
                    .ifPresent(named::add);
        }
        return named;
    }

    private static long countAt(URI uri, List<URI> named) {
        var host = Origin.of(uri);
        return named.stream().filter(it -> Origin.of(it).equals(host)).count();
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(it -> text.length() <= MAX_ADDRESS && Origin.of(it).isPresent());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// Writes down what a request names, to be read soon; what was named already keeps its time,
    /// and who asked within the hour waits for one.
    ///
    /// @param before how the node was known when it asked
    static void note(
            Transaction tx,
            Work work,
            PeerId peer,
            Optional<Peer> before,
            Activity follow,
            Instant now) {
        var named = named(follow);
        if (Set.copyOf(named).equals(Set.copyOf(VouchTable.listNamed(tx, peer)))) {
            return;
        }
        VouchTable.replaceNamed(tx, peer, named);
        if (!named.isEmpty()) {
            var due = before.filter(it -> isRecent(it, now)).map(_ -> now.plus(EVERY)).orElse(now);
            work.schedule(tx, WORK, peer.value().toString(), due, "");
        }
    }

    private static boolean isRecent(Peer before, Instant now) {
        return before.state() == PeerState.ASKED || before.changedAt().plus(EVERY).isAfter(now);
    }

    /// Does the job of [#WORK].
    Handler.Result look(Job job) {
        var id = new PeerId(UUID.fromString(job.key()));
        var asking =
                database.read(tx -> PeerTable.find(tx, id))
                        .filter(it -> it.state() == PeerState.ASKED)
                        .filter(it -> it.changedAt().plus(LONGEST).isAfter(clock.instant()));
        if (asking.isEmpty()) {
            database.run(tx -> VouchTable.replaceNamed(tx, id, List.of()));
            return new Handler.Result.Done();
        }
        for (var uri : database.read(tx -> VouchTable.listNamed(tx, id))) {
            look(asking.get(), uri);
        }
        return new Handler.Result.Again(clock.instant().plus(EVERY));
    }

    private void look(Peer asking, URI uri) {
        if (!isAtPeer(uri)) {
            database.run(tx -> VouchTable.unseen(tx, asking.id(), uri));
            return;
        }
        switch (fetcher.apply(uri)) {
            case Fetched.Found(var thing) -> found(asking, uri, thing);
            case Fetched.Gone _, Fetched.Refused _ ->
                    database.run(tx -> VouchTable.unseen(tx, asking.id(), uri));
            // What was read before stays for a while; it is not shown for long.
            case Fetched.Failed _ -> {}
        }
    }

    private void found(Peer asking, URI uri, Thing thing) {
        var document =
                VouchDocument.read(thing.json())
                        .filter(it -> it.id().equals(uri) && it.stands(clock.instant()))
                        .filter(it -> isOf(it.about(), asking))
                        .filter(this::isProven);
        database.run(
                tx ->
                        document.ifPresentOrElse(
                                it -> VouchTable.seen(tx, asking.id(), it, clock.instant()),
                                () -> VouchTable.unseen(tx, asking.id(), uri)));
    }

    private boolean isProven(VouchDocument document) {
        return proofs.verify(document.voucher(), document.json()) instanceof Reading.Read;
    }

    private boolean isAtPeer(URI uri) {
        return PeerTrust.baseUrl(uri)
                .flatMap(base -> database.read(tx -> PeerTable.findByBaseUrl(tx, base)))
                .filter(it -> it.state() == PeerState.ACTIVE)
                .isPresent();
    }

    private static boolean isOf(URI actor, Peer asking) {
        return PeerTrust.baseUrl(actor).filter(asking.baseUrl()::equals).isPresent();
    }
}
