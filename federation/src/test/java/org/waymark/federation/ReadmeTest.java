// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.waymark.federation.delivery.Attempt;
import org.waymark.federation.inbox.ActorStore;
import org.waymark.federation.inbox.Gate;
import org.waymark.federation.inbox.Inbox;
import org.waymark.federation.inbox.Received;
import org.waymark.federation.inbox.RemoteKeys;
import org.waymark.federation.signature.MemoryReplayGuard;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Documents;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;

/// The example of the README, run between two servers, and compared with the README word by word.
class ReadmeTest {
    private final AtomicReference<Inbox> inbox = new AtomicReference<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<byte[]> actorDocument = new AtomicReference<>(new byte[0]);

    @Test
    void oneServerFollowsAnotherAndPosts() {
        try (var b =
                        new Site(
                                it ->
                                        it.post(
                                                "/inbox",
                                                (request, response) -> {
                                                    received.add(
                                                            inbox.get()
                                                                    .receive(
                                                                            Site.received(
                                                                                    request)));
                                                    response.status(Status.ACCEPTED_202).send();
                                                }));
                var a =
                        new Site(
                                it ->
                                        it.get(
                                                "/actor",
                                                (_, response) -> {
                                                    response.header(
                                                            HeaderNames.CONTENT_TYPE,
                                                            "application/activity+json");
                                                    response.send(actorDocument.get());
                                                }))) {
            var keys = Keys.of(a.at("/actor").toString());
            actorDocument.set(keys.draft().bytes());

            inbox.set(inbox(b.at("/"), keys.rsaKey(), new Actors()));

            var other =
                    new Actor(
                            Draft.of("Application", b.at("/actor"))
                                    .set("inbox", b.at("/inbox"))
                                    .json());
            assertThat(followAndPost(keys.actor(), other, keys.rsaKey()))
                    .containsExactly(new Attempt.Delivered(202), new Attempt.Delivered(202));
            assertThat(received).hasSize(2).allSatisfy(it -> assertThat(answer(it)).isEqualTo(202));
        }
    }

    @Test
    void theReadmeShowsWhatIsRunHere() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String test =
                Files.readString(Path.of("src/test/java/org/waymark/federation/ReadmeTest.java"));

        for (String region : List.of("send", "receive")) {
            String start = "// region " + region + "\n";
            int from = test.indexOf(start) + start.length();
            String code = test.substring(from, test.indexOf("// endregion", from)).stripIndent();
            assertThat(readme).contains(code.strip());
        }
    }

    // region send
    static List<Attempt> followAndPost(URI me, Actor other, SigningKey key) {
        var clock = Clock.systemUTC();
        var rules = NetworkRules.allowing(List.of("127.0.0.0/8")); // public networks, and this one
        var client = GuardedClient.of(ClientSettings.of(rules, "Example/1.0"), clock);
        var follow =
                Draft.activity("Follow", me.resolve("/a/1"), me)
                        .to(other.id())
                        .set("object", other.id());
        var note =
                Draft.of("Note", me.resolve("/n/1"))
                        .set("attributedTo", me)
                        .set("content", "<p>Soup at noon, for everybody.</p>")
                        .to(Contexts.PUBLIC);
        var post =
                Draft.activity("Create", me.resolve("/a/2"), me)
                        .to(Contexts.PUBLIC)
                        .set("object", note);
        return Stream.of(follow, post)
                .map(it -> Attempt.make(client, other.inbox(), it.bytes(), key, clock))
                .toList();
    }

    // endregion

    // region receive
    static Inbox inbox(URI baseUrl, SigningKey key, ActorStore actors) {
        var clock = Clock.systemUTC();
        var rules = NetworkRules.allowing(List.of("127.0.0.0/8"));
        var client = GuardedClient.of(ClientSettings.of(rules, "Example/1.0"), clock);
        var keys = new RemoteKeys(new Documents(client, () -> key), actors, clock);
        return new Inbox(new Gate(baseUrl, keys, clock), new MemoryReplayGuard(clock, 100_000));
    }

    static int answer(Received received) {
        return switch (received) {
            case Received.Accepted(Activity.Follow follow, Actor actor, _, _) -> {
                System.out.println(actor.id() + " follows " + follow.object());
                yield 202;
            }
            case Received.Accepted _, Received.Forwarded _, Received.Ignored _ -> 202;
            case Received.Refused(int status, String code) -> {
                System.out.println("refused: " + code);
                yield status;
            }
        };
    }

    // endregion

    private static final class Actors implements ActorStore {
        private final Map<URI, Actor> actors = new ConcurrentHashMap<>();

        @Override
        public Optional<Actor> findByKey(URI keyId) {
            return actors.values().stream()
                    .filter(it -> keyId.toString().startsWith(it.id() + "#"))
                    .findFirst();
        }

        @Override
        public void put(Actor actor) {
            actors.put(actor.id(), actor);
        }
    }
}
