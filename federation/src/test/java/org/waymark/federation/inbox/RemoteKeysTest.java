// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Keys;
import org.waymark.federation.MovingClock;
import org.waymark.federation.Site;
import org.waymark.federation.inbox.KeyDirectory.Lookup;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Documents;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;

class RemoteKeysTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Keys SELF = Keys.of("http://127.0.0.1/actor");

    private static final GuardedClient CLIENT =
            GuardedClient.of(
                    ClientSettings.of(NetworkRules.allowing(List.of("127.0.0.0/8")), "test"),
                    Clock.systemUTC());

    private final AtomicReference<byte[]> document = new AtomicReference<>(new byte[0]);
    private final AtomicReference<Status> status = new AtomicReference<>(Status.OK_200);
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Site site =
            new Site(
                    it ->
                            it.any(
                                    (_, response) -> {
                                        fetches.incrementAndGet();
                                        await();
                                        response.status(status.get());
                                        response.header(
                                                HeaderNames.CONTENT_TYPE,
                                                "application/activity+json");
                                        response.send(document.get());
                                    }));
    private final Keys shelter = Keys.of(site.at("/o/1").toString());
    private final MovingClock clock = new MovingClock(Instant.parse("2026-02-03T04:05:06Z"));
    private final MapStore store = new MapStore();
    private final RemoteKeys keys =
            new RemoteKeys(new Documents(CLIENT, SELF::rsaKey), store, clock);

    @AfterEach
    void stop() {
        answer.countDown();
        site.close();
    }

    @Test
    void sixteenWhoAskTogetherCauseOneFetch() throws Exception {
        document.set(shelter.draft().bytes());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Lookup>> tasks =
                    IntStream.range(0, 16)
                            .<Callable<Lookup>>mapToObj(_ -> () -> keys.find(shelter.rsaId()))
                            .toList();
            var lookups = tasks.stream().map(threads::submit).toList();
            answer.countDown();

            for (var lookup : lookups) {
                assertThat(lookup.get(10, TimeUnit.SECONDS)).isInstanceOf(Lookup.Found.class);
            }
        }

        assertThat(fetches).hasValue(1);
    }

    @Tag("attack:keyid-points-at-victim")
    @Test
    void asksAgainOnlyAfterAMinute() {
        answer.countDown();
        status.set(Status.NOT_FOUND_404);

        assertThat(keys.find(shelter.rsaId())).isEqualTo(new Lookup.Missing("document-not-shown"));
        document.set(shelter.draft().bytes());
        status.set(Status.OK_200);
        clock.move(Duration.ofSeconds(59));
        assertThat(keys.find(shelter.rsaId())).isInstanceOf(Lookup.Missing.class);
        clock.move(Duration.ofSeconds(2));
        assertThat(keys.find(shelter.rsaId())).isInstanceOf(Lookup.Found.class);

        assertThat(fetches).hasValue(2);
    }

    @Tag("attack:keyid-points-at-victim")
    @Test
    void aServerThatOthersNameIsAskedThirtyTimesAMinuteHoweverManyKeysTheyName() {
        answer.countDown();
        status.set(Status.NOT_FOUND_404);

        for (int i = 0; i < 200; i++) {
            keys.find(site.at("/users/" + i + "#main-key"));
        }

        assertThat(fetches).hasValue(RemoteKeys.MAX_VAIN_FETCHES);
        assertThat(keys.find(site.at("/users/x#main-key")))
                .isEqualTo(new Lookup.Unavailable("key-host-asked-too-often"));
        clock.move(Duration.ofSeconds(61));
        keys.find(site.at("/users/x#main-key"));
        assertThat(fetches).hasValue(RemoteKeys.MAX_VAIN_FETCHES + 1);
    }

    @Test
    void aServerWhoseActorsReallySpeakIsAskedForAllOfThem() {
        answer.countDown();

        for (int i = 0; i < 100; i++) {
            var actor = shelter.draft().set("id", site.at("/users/" + i));
            var keyId = site.at("/users/" + i + "#main-key");
            var key = JSON.objectNode();
            key.put("id", keyId.toString());
            key.put("owner", site.at("/users/" + i).toString());
            key.put("publicKeyPem", PublicKeys.pem(shelter.rsa().getPublic()));
            document.set(actor.set("publicKey", key).bytes());

            var found = (Lookup.Found) keys.find(keyId);
            keys.verified(keyId, found.owner());
        }

        assertThat(fetches).hasValue(100);
    }

    @Tag("attack:inbox-on-our-host")
    @Test
    void refusesAnActorThatReceivesOnAnotherServer() {
        answer.countDown();
        document.set(shelter.draft().set("inbox", URI.create("https://b.example/inbox")).bytes());

        assertThat(keys.find(shelter.rsaId()))
                .isEqualTo(new Lookup.Missing("inbox-of-other-origin"));
    }

    @Test
    void whatIsKeptIsNotFetched() {
        answer.countDown();
        store.put(shelter.document());

        assertThat(keys.find(shelter.ed25519Id())).isInstanceOf(Lookup.Found.class);
        assertThat(fetches).hasValue(0);
    }

    @Test
    void anOwnerIsKeptOnceItsKeyHasVerifiedSomething() {
        answer.countDown();
        document.set(shelter.draft().bytes());

        var found = (Lookup.Found) keys.find(shelter.rsaId());
        assertThat(store.findByKey(shelter.rsaId())).isEmpty();

        keys.verified(shelter.rsaId(), found.owner());
        assertThat(store.findByKey(shelter.rsaId())).contains(found.owner());
    }

    @Tag("attack:key-document-of-other-url")
    @Tag("attack:fetched-object-names-other-id")
    @Test
    void refusesADocumentThatCarriesAnotherId() {
        answer.countDown();
        document.set(Keys.of(site.at("/o/2").toString()).draft().bytes());

        assertThat(keys.find(shelter.rsaId())).isEqualTo(new Lookup.Missing("document-id-differs"));
    }

    @Tag("attack:key-of-other-owner")
    @Test
    void refusesAnOwnerThatDoesNotListTheKey() {
        answer.countDown();
        document.set(shelter.draft().bytes());

        assertThat(keys.find(URI.create(shelter.actor() + "#other")))
                .isEqualTo(new Lookup.Missing("key-not-listed"));
    }

    @Test
    void refusesADocumentThatIsNoActor() {
        answer.countDown();
        document.set(Draft.of("Note", shelter.actor()).bytes());

        assertThat(keys.find(shelter.rsaId())).isEqualTo(new Lookup.Missing("key-owner-missing"));
    }

    @Test
    void aFetchThatBreaksLeavesNobodyWaiting() throws Exception {
        answer.countDown();
        document.set(shelter.draft().bytes());
        var asked = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var breaks = new AtomicBoolean(true);
        var breaking =
                new RemoteKeys(
                        new Documents(
                                CLIENT,
                                () -> {
                                    if (breaks.get()) {
                                        asked.countDown();
                                        awaitQuietly(goOn);
                                        throw new StackOverflowError("broken on purpose");
                                    }
                                    return SELF.rsaKey();
                                }),
                        store,
                        clock);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> breaking.find(shelter.rsaId()));
            asked.await();
            var second =
                    CompletableFuture.supplyAsync(() -> breaking.find(shelter.rsaId()), threads)
                            // It came when the first was through, and broke itself.
                            .exceptionally(_ -> new Lookup.Unavailable("key-fetch-broken"));
            goOn.countDown();

            assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StackOverflowError.class);
            assertThat(second.get(10, TimeUnit.SECONDS))
                    .isEqualTo(new Lookup.Unavailable("key-fetch-broken"));
        }
        breaks.set(false);
        assertThat(breaking.find(shelter.rsaId())).isInstanceOf(Lookup.Found.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void triesAgainToKeepAnOwnerForWhomThereWasNoRoom() {
        answer.countDown();
        document.set(shelter.draft().bytes());
        var owner = ((Lookup.Found) keys.find(shelter.rsaId())).owner();
        store.hasRoom = false;
        assertThatThrownBy(() -> keys.verified(shelter.rsaId(), owner))
                .isInstanceOf(IllegalStateException.class);

        store.hasRoom = true;
        keys.verified(shelter.rsaId(), owner);

        assertThat(store.findByKey(shelter.rsaId())).contains(owner);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void knowsAnActorThatIsGone() {
        answer.countDown();
        status.set(Status.GONE_410);

        assertThat(keys.find(shelter.rsaId())).isEqualTo(new Lookup.Gone());
    }

    private void await() {
        try {
            answer.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class MapStore implements ActorStore {
        private final Map<URI, Actor> actors = new ConcurrentHashMap<>();
        private boolean hasRoom = true;

        @Override
        public Optional<Actor> findByKey(URI keyId) {
            return actors.values().stream()
                    .filter(it -> keyId.toString().startsWith(it.id() + "#"))
                    .findFirst();
        }

        @Override
        public void put(Actor actor) {
            if (!hasRoom) {
                throw new IllegalStateException("no room");
            }
            actors.put(actor.id(), actor);
        }
    }
}
