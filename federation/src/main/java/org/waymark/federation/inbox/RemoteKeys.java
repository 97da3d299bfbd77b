// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.transport.Documents;
import org.waymark.federation.trust.Origin;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Thing;

/// Keys fetched from their owners' actor documents. Requests for one key that arrive together cause
/// one fetch; a key asked for again within a minute is not fetched again, found or not; one server
/// is asked in vain thirty times a minute, however many keys are named. An owner goes into the
/// store only when its key has verified something: anybody can name keys.
public final class RemoteKeys implements KeyDirectory {
    /// 1 min: how long an answer holds, so that a stranger with bad signatures cannot make us ask
    /// its victim more than once a minute.
    static final Duration HOLD = Duration.ofMinutes(1);

    // 10 000 answers of about 5 kB at worst; the oldest go first.
    private static final int MAX_RECENT = 10_000;

    // 30 a minute to one server: ten times what new actors of a large server need at the busiest,
    // and nothing to the server that somebody points us at.
    static final int MAX_VAIN_FETCHES = 30;

    private record Answer(Lookup lookup, Instant at, boolean isKept) {}

    private final Documents documents;
    private final ActorStore actors;
    private final Clock clock;
    private final Map<URI, CompletableFuture<Lookup>> underWay = new ConcurrentHashMap<>();
    private final Map<String, Integer> vain = new ConcurrentHashMap<>();
    private Instant vainEnds = Instant.MIN;
    private final LinkedHashMap<URI, Answer> recent =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<URI, Answer> eldest) {
                    return size() > MAX_RECENT;
                }
            };

    // 1,000 keys ready for use, about 1 kB each: reading one from its actor's document costs more
    // than verifying with it.
    private static final int MAX_READY = 1_000;

    private final LinkedHashMap<URI, Lookup.Found> ready =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<URI, Lookup.Found> eldest) {
                    return size() > MAX_READY;
                }
            };

    public RemoteKeys(Documents documents, ActorStore actors, Clock clock) {
        this.documents = documents;
        this.actors = actors;
        this.clock = clock;
    }

    @Override
    public Lookup find(URI keyId) {
        return actors.findByKey(keyId)
                .flatMap(it -> listed(it, keyId))
                .orElseGet(() -> refetch(keyId));
    }

    @Override
    public Lookup refetch(URI keyId) {
        return recent(keyId).orElseGet(() -> together(keyId));
    }

    @Override
    public Lookup findRemembered(URI keyId) {
        return actors.findRemembered(keyId)
                .flatMap(it -> listed(it, keyId))
                .orElseGet(() -> new Lookup.Missing("key-not-listed"));
    }

    @Override
    public boolean remembers(URI keyId) {
        return actors.remembers(keyId);
    }

    @Override
    public void verified(URI keyId, Actor owner) {
        if (wasFetched(keyId, owner)) {
            try {
                actors.put(owner);
            } catch (RuntimeException e) {
                // No room to keep it now: the next request tries again.
                notKept(keyId);
                throw e;
            }
            vain.computeIfPresent(host(keyId), (_, many) -> many - 1);
        }
    }

    private void notKept(URI keyId) {
        synchronized (recent) {
            recent.computeIfPresent(
                    keyId, (_, answer) -> new Answer(answer.lookup(), answer.at(), false));
        }
    }

    /// Whether this owner came from its server and not from the store; true once per fetch.
    private boolean wasFetched(URI keyId, Actor owner) {
        synchronized (recent) {
            var answer = recent.get(keyId);
            if (answer == null
                    || answer.isKept()
                    || !(answer.lookup() instanceof Lookup.Found(_, Actor fetched))
                    || !fetched.equals(owner)) {
                return false;
            }
            recent.put(keyId, new Answer(answer.lookup(), answer.at(), true));
            return true;
        }
    }

    /// The first who asks fetches; who asks meanwhile waits for its answer.
    private Lookup together(URI keyId) {
        var mine = new CompletableFuture<Lookup>();
        var first = underWay.putIfAbsent(keyId, mine);
        if (first != null) {
            // Broken there, so not known here: the sender comes again.
            return first.exceptionally(_ -> new Lookup.Unavailable("key-fetch-broken")).join();
        }
        try {
            // Somebody may have finished between the look at `recent` and here.
            Lookup lookup = recent(keyId).orElseGet(() -> fetchAndRemember(keyId));
            mine.complete(lookup);
            return lookup;
        } finally {
            underWay.remove(keyId, mine);
            // Whatever broke here, an Error too: nobody may wait for ever for what will not come.
            mine.completeExceptionally(new IllegalStateException("the fetch of a key broke"));
        }
    }

    private Lookup fetchAndRemember(URI keyId) {
        if (!mayAsk(host(keyId))) {
            return new Lookup.Unavailable("key-host-asked-too-often");
        }
        Lookup lookup = fetch(keyId);
        remember(keyId, lookup);
        return lookup;
    }

    /// Whether a server may be asked once more in this minute. Fetches that end in a verified
    /// signature do not count: only who is named by others runs out.
    private boolean mayAsk(String host) {
        synchronized (vain) {
            Instant now = clock.instant();
            if (!now.isBefore(vainEnds)) {
                vain.clear();
                vainEnds = now.plus(HOLD);
            }
        }
        return vain.merge(host, 1, Integer::sum) <= MAX_VAIN_FETCHES;
    }

    private static String host(URI keyId) {
        return Origin.of(keyId).map(Origin::authority).orElse("");
    }

    private Lookup fetch(URI keyId) {
        return switch (documents.fetch(keyId)) {
            case Documents.Fetched.Found(Actor actor) -> listing(actor, keyId);
            case Documents.Fetched.Found(Thing keyDocument) -> fetchOwner(keyDocument, keyId);
            case Documents.Fetched.Gone _ -> new Lookup.Gone();
            case Documents.Fetched.Refused(String code) -> new Lookup.Missing(code);
            case Documents.Fetched.Failed(String code) -> new Lookup.Unavailable(code);
        };
    }

    /// Some servers give a key a document of its own that names its owner.
    private Lookup fetchOwner(Thing keyDocument, URI keyId) {
        Optional<URI> owner =
                keyDocument
                        .reference("owner")
                        .flatMap(it -> it.id())
                        .filter(it -> Origins.same(it, keyId));
        if (owner.isEmpty()) {
            return new Lookup.Missing("key-owner-missing");
        }
        return switch (documents.fetch(owner.get())) {
            case Documents.Fetched.Found(Actor actor) -> listing(actor, keyId);
            case Documents.Fetched.Found(Thing _) -> new Lookup.Missing("key-owner-no-actor");
            case Documents.Fetched.Gone _ -> new Lookup.Gone();
            case Documents.Fetched.Refused(String code) -> new Lookup.Missing(code);
            case Documents.Fetched.Failed(String code) -> new Lookup.Unavailable(code);
        };
    }

    private static Lookup listing(Actor actor, URI keyId) {
        return switch (VerificationKey.listedBy(actor, keyId)) {
            case Reading.Read<VerificationKey>(VerificationKey key) -> new Lookup.Found(key, actor);
            case Reading.Refused<VerificationKey>(String code) -> new Lookup.Missing(code);
        };
    }

    private Optional<Lookup> listed(Actor actor, URI keyId) {
        synchronized (ready) {
            var known = ready.get(keyId);
            // Equal documents list equal keys; for one that the store kept in memory this is quick.
            if (known != null && known.owner().equals(actor)) {
                return Optional.of(known);
            }
        }
        var found =
                VerificationKey.listedBy(actor, keyId)
                        .found()
                        .map(it -> new Lookup.Found(it, actor));
        synchronized (ready) {
            found.ifPresentOrElse(it -> ready.put(keyId, it), () -> ready.remove(keyId));
        }
        return found.map(it -> it);
    }

    private Optional<Lookup> recent(URI keyId) {
        synchronized (recent) {
            return Optional.ofNullable(recent.get(keyId))
                    .filter(it -> it.at().plus(HOLD).isAfter(clock.instant()))
                    .map(Answer::lookup);
        }
    }

    private void remember(URI keyId, Lookup lookup) {
        synchronized (recent) {
            recent.putLast(keyId, new Answer(lookup, clock.instant(), false));
        }
    }
}
