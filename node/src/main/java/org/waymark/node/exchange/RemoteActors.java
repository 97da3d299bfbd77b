// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.waymark.federation.inbox.ActorStore;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.RemoteActorTable.Stored;
import org.waymark.node.privacy.Acting;

/// What remote actors say of themselves: their documents, trusted for a day, and every key they
/// ever listed. An actor document is public.
public final class RemoteActors implements ActorStore {

    // 1 day: an actor announces changes by Update; this bounds how long a lost one matters, and
    // how long a key that was taken back still works.
    private static final Duration FRESH = Duration.ofDays(1);

    // 14 days: as long as others try to bring us what we cannot take.
    private static final Duration FRESH_WHILE_LOCKED = Duration.ofDays(14);

    // 50: one that lives tells us that the rest need not be asked.
    private static final int MOST_ASKED = 50;

    // 250: the partners of a large node with room for passers-by, some 4 MB.
    private static final int MOST_KNOWN = 250;

    private final List<BiConsumer<Transaction, Actor>> followers = new CopyOnWriteArrayList<>();
    private final Database database;
    private final Fetcher fetcher;
    private final HostSchemes schemes;
    private final Access access;
    private final Clock clock;
    private final List<Consumer<Transaction>> whenAdded = new CopyOnWriteArrayList<>();
    private final Remembered<URI, Optional<Known>> known;
    // Two requests may bring the same new actor; one process owns these rows.
    private final ReentrantLock writing = new ReentrantLock();

    public RemoteActors(
            Database database, Fetcher fetcher, HostSchemes schemes, Access access, Clock clock) {
        this.database = database;
        this.fetcher = fetcher;
        this.schemes = schemes;
        this.access = access;
        this.clock = clock;
        this.known = Remembered.of(database, MOST_KNOWN, "remote_actor");
    }

    /// An actor as it was written down.
    private record Known(Actor actor, Instant fetchedAt) {}

    /// Names who wants to know that an actor was written down that was not there. Call before the
    /// node serves.
    public void whenAdded(StrangersSweep sweep) {
        whenAdded.add(sweep::added);
    }

    /// What is remembered of an actor, however old.
    public Optional<Actor> find(URI id) {
        return known(id).map(Known::actor);
    }

    private Optional<Known> known(URI id) {
        return known.get(
                id,
                _ ->
                        database.read(tx -> RemoteActorTable.find(tx, id))
                                .map(it -> new Known(parse(it), it.fetchedAt())));
    }

    /// The same inside a transaction.
    public Optional<Actor> find(Transaction tx, URI id) {
        return RemoteActorTable.find(tx, id).map(RemoteActors::parse);
    }

    /// The actor, read again when what is remembered is older than a day; if that fails now, what
    /// is remembered counts. Not inside a transaction: it may go to the network.
    public Optional<Actor> get(URI id) {
        return known(id)
                .filter(this::isFresh)
                .map(Known::actor)
                .or(() -> refresh(id))
                .or(() -> find(id));
    }

    /// The actor as its server has it now; empty when it cannot be read. Not inside a transaction.
    public Optional<Actor> refresh(URI id) {
        if (fetcher.fetch(id) instanceof Fetched.Found(Actor actor)) {
            put(actor);
            return Optional.of(actor);
        }
        return Optional.empty();
    }

    /// Whether the actors that receive at an inbox say themselves that they are gone (410), as far
    /// as we know them. Not inside a transaction.
    boolean areGone(URI inbox) {
        var receivers =
                database
                        .read(tx -> RemoteActorTable.listOfHost(tx, Lanes.host(inbox), MOST_ASKED))
                        .stream()
                        .map(RemoteActors::parse)
                        .filter(
                                it ->
                                        it.inbox().equals(inbox)
                                                || it.sharedInbox().equals(Optional.of(inbox)))
                        .toList();
        return !receivers.isEmpty()
                && receivers.stream()
                        .allMatch(it -> fetcher.fetch(it.id()) instanceof Fetched.Gone);
    }

    @Override
    public Optional<Actor> findByKey(URI keyId) {
        return owner(keyId).filter(it -> isFresh(it) || isEnoughLocked(it)).map(Known::actor);
    }

    // To read it again is to sign with keys that are locked.
    private boolean isEnoughLocked(Known actor) {
        return fetcher.isLocked()
                && actor.fetchedAt().plus(FRESH_WHILE_LOCKED).isAfter(clock.instant());
    }

    @Override
    public Optional<Actor> findRemembered(URI keyId) {
        return owner(keyId).map(Known::actor);
    }

    @Override
    public boolean remembers(URI keyId) {
        return owner(keyId).isPresent();
    }

    /// The owner of a key by the key's name: what stands before the fragment, or, as some servers
    /// write it, before the last part of the path. Whether it lists the key is asked elsewhere.
    private Optional<Known> owner(URI keyId) {
        var text = keyId.toString();
        var end = text.indexOf('#') < 0 ? text.lastIndexOf('/') : text.indexOf('#');
        return end < 0 ? Optional.empty() : known(URI.create(text.substring(0, end)));
    }

    @Override
    public void put(Actor actor) {
        writing.lock();
        try {
            database.run(tx -> put(tx, actor));
        } finally {
            writing.unlock();
        }
        schemes.described(actor);
    }

    /// Says who wants to compare a known actor with what its server said now, in the transaction
    /// that keeps it. Also when it has no new key: one that was seen before need not be trusted.
    public void whenRenewed(BiConsumer<Transaction, Actor> follower) {
        followers.add(follower);
    }

    /// Whether the keys an actor lists now were announced by the recovery key that is known to be
    /// its own; another may be the thief's.
    public boolean isAnnounced(Transaction tx, Actor actor) {
        return SeenKeys.isAnnounced(tx, actor);
    }

    /// A person compared by phone the key that signs for an actor now. From then on the recovery
    /// key it names is believed, whatever was believed before.
    public void confirm(Acting acting, Transaction tx, URI id, Multikey signer) {
        access.require(acting, Right.SIGN_AGREEMENTS);
        find(tx, id).ifPresent(it -> SeenKeys.confirm(tx, it, signer));
    }

    /// Every key an actor was seen with, for the page of a partner.
    public List<SeenKey> keys(Acting acting, URI id) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> RemoteActorTable.listKeys(tx, id));
    }

    private void put(Transaction tx, Actor actor) {
        var now = clock.instant();
        var document = StrictJson.write(actor.json());
        var before = find(tx, actor.id());
        if (RemoteActorTable.keep(
                tx, new Stored(actor.id(), Lanes.host(actor.id()), document, now))) {
            whenAdded.forEach(it -> it.accept(tx));
        }
        if (SeenKeys.note(tx, before, actor, now)) {
            followers.forEach(it -> it.accept(tx, actor));
        }
    }

    private boolean isFresh(Known actor) {
        return actor.fetchedAt().plus(FRESH).isAfter(clock.instant());
    }

    static Actor parse(Stored stored) {
        var thing = StrictJson.read(stored.document()).then(Thing::read).orElseThrow();
        if (thing instanceof Actor actor) {
            return actor;
        }
        throw new IllegalStateException(stored.id() + " is kept as an actor but is none");
    }
}
