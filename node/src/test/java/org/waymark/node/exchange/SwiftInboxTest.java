// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.federation.inbox.Gate;
import org.waymark.federation.inbox.KeyDirectory;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.TestClock;
import org.waymark.node.account.Access;
import org.waymark.node.account.Staffed;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.database.SharedCommits;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.Inbox.Answer;
import org.waymark.node.exchange.InboxTable.State;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.KeyFolders;
import org.waymark.node.work.Work;

/// Activities whose effect is committed with them, and together with what comes beside them.
class SwiftInboxTest {

    private static final URI US = URI.create("https://shelter.example");
    private static final URI CLINIC = URI.create("https://clinic.example/actor");
    private static final KeyPair KEYS = keys();

    private final TestClock clock = new TestClock();
    private final Database database = Databases.inMemory();
    private final Work work = new Work(database, clock);
    private final SwiftHandler handler = new SwiftHandler(database, SwiftInboxTest::effect);
    private CaseKeys caseKeys;
    private Inbox inbox;

    @BeforeEach
    void wire(@TempDir Path folder) {
        database.run(tx -> tx.update("CREATE TABLE told (word VARCHAR(50) NOT NULL)"));
        caseKeys = KeyFolders.caseKeys(folder, clock);
        inbox = inbox();
        new InboxWorker(
                database,
                work,
                (_, _) -> Optional.of(handler),
                (_, _) -> new SealedBodies.Fate.Refused(),
                caseKeys,
                clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Tag("attack:poison-activity")
    @Test
    void aPoisonActivityHarmsNoneThatComeWithIt() {
        var words = new ArrayList<>(IntStream.range(0, 40).mapToObj(it -> "good " + it).toList());
        words.add(20, "poison");

        var answers = together(words.stream().map(this::create).map(this::signed).toList());

        assertThat(answers).allMatch(Answer.Taken.class::isInstance);
        assertThat(told()).hasSize(40).allSatisfy((_, often) -> assertThat(often).isEqualTo(1));
        assertThat(count(State.DONE)).isEqualTo(40);
        assertThat(count(State.WAITING)).isEqualTo(1);
        for (int attempt = 0; attempt < 10; attempt++) {
            work.runDue();
            clock.advance(Duration.ofHours(1));
        }
        assertThat(count(State.FAILED)).isEqualTo(1);
        assertThat(told()).hasSize(40);
    }

    @Test
    void anActivityAndItsEffectAreOneCommit() {
        // The row of one that was processed cannot be written, as if the power went there.
        database.run(
                tx ->
                        tx.update(
                                "ALTER TABLE inbox_activity ADD CONSTRAINT broken"
                                        + " CHECK (state <> 'DONE')"));
        var request = signed(create("good"));

        assertThat(inbox.receive(request, Optional.empty())).isInstanceOf(Answer.Taken.class);
        assertThat(told()).isEmpty();
        assertThat(count(State.WAITING)).isEqualTo(1);

        database.run(tx -> tx.update("ALTER TABLE inbox_activity DROP CONSTRAINT broken"));
        work.runDue();
        assertThat(told()).containsOnly(Map.entry("good", 1L));
        assertThat(count(State.DONE)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsKnownAgainAndHasNoEffect() {
        var refused = create("refused");

        assertThat(inbox.receive(signed(refused), Optional.empty()))
                .isInstanceOf(Answer.Taken.class);

        assertThat(count(State.REFUSED)).isEqualTo(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsTooEarlyWaits() {
        assertThat(inbox.receive(signed(create("early")), Optional.empty()))
                .isInstanceOf(Answer.Taken.class);

        assertThat(count(State.WAITING)).isEqualTo(1);
    }

    @Tag("attack:replay-after-restart")
    @Test
    void oneActivityCountsOnceHoweverItIsRepeated() {
        var good = create("good");
        var request = signed(good);
        var copies = IntStream.range(0, 8).mapToObj(_ -> request).toList();

        assertThat(together(copies)).filteredOn(Answer.Taken.class::isInstance).hasSize(1);
        var afterRestart = inbox();
        assertThat(afterRestart.receive(request, Optional.empty()))
                .isEqualTo(new Answer.Refused(401, "signature-replayed"));
        clock.advance(Duration.ofSeconds(5));
        assertThat(afterRestart.receive(signed(good), Optional.empty()))
                .isInstanceOf(Answer.Taken.class);
        assertThat(told()).containsOnly(Map.entry("good", 1L));
    }

    private static Function<Transaction, Result> effect(ReceivedActivity received) {
        var word = received.activity().name().orElseThrow();
        return tx -> {
            switch (word) {
                case "refused" -> {
                    return new Result.Refused("not-wanted");
                }
                case "early" -> {
                    return new Result.NotYet("too-early");
                }
                default -> tx.update("INSERT INTO told (word) VALUES (?)", word);
            }
            if (word.equals("poison")) {
                throw new IllegalStateException("poison");
            }
            return new Result.Done();
        };
    }

    private List<Answer> together(List<Request> requests) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return requests.stream()
                    .map(
                            it ->
                                    CompletableFuture.supplyAsync(
                                            () -> inbox.receive(it, Optional.empty()), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private Map<String, Long> told() {
        return database
                .read(tx -> tx.list("SELECT word FROM told", row -> row.text("word")))
                .stream()
                .collect(groupingBy(identity(), counting()));
    }

    private long count(State state) {
        return database.read(tx -> InboxTable.count(tx, state));
    }

    private ObjectNode create(String word) {
        return Draft.activity("Create", CLINIC.resolve("/a/" + UUID.randomUUID()), CLINIC)
                .set("name", word)
                .set("object", Draft.of("Note", CLINIC.resolve("/s/1")))
                .document();
    }

    private Request signed(ObjectNode activity) {
        var body = StrictJson.write(activity);
        var key = new SigningKey(URI.create(CLINIC + "#main-key"), KEYS.getPrivate());
        var headers = new Cavage(clock).sign(key, "POST", US.resolve("/inbox"), body);
        return new Request("POST", "/inbox", Headers.single(headers), body);
    }

    /// As after a start: the rows are there, the memory is not.
    private Inbox inbox() {
        var access = new Access(database);
        var hosts = new RemoteHosts(database, access, clock, () -> 1.0);
        var seen = new SeenSignatures(clock, new SecureRandom());
        return new Inbox(
                database,
                new SharedCommits(database),
                work,
                new org.waymark.federation.inbox.Inbox(new Gate(US, new OneKey(), clock), seen),
                seen,
                new Welcoming(),
                (_, _) -> Optional.of(handler),
                (_, _) -> new SealedBodies.Fate.Refused(),
                caseKeys,
                hosts,
                new HostSchemes(database, clock),
                deliveries(hosts),
                new RateLimit(1_000, clock),
                clock,
                UUID::randomUUID);
    }

    private Deliveries deliveries(RemoteHosts hosts) {
        // Its job is taken by the first inbox; the second one is for asking only.
        var staffed = new Staffed(database, clock);
        return new Deliveries(
                database,
                new Work(database, clock),
                hosts,
                new LocalActors(BaseUrl.parse(US.toString()), staffed.organizations),
                staffed.access,
                clock);
    }

    private static final class OneKey implements KeyDirectory {

        private final Lookup found;

        OneKey() {
            var document =
                    Draft.of("Application", CLINIC)
                            .set("inbox", CLINIC.resolve("/inbox"))
                            .set(
                                    "publicKey",
                                    Draft.of("Key", URI.create(CLINIC + "#main-key"))
                                            .set("owner", CLINIC)
                                            .set("publicKeyPem", PublicKeys.pem(KEYS.getPublic())))
                            .document();
            var actor = (Actor) Thing.read(document).orElseThrow();
            var key = VerificationKey.listedBy(actor, URI.create(CLINIC + "#main-key"));
            found = new Lookup.Found(key.orElseThrow(), actor);
        }

        @Override
        public Lookup find(URI keyId) {
            return found;
        }

        @Override
        public Lookup refetch(URI keyId) {
            return found;
        }

        @Override
        public boolean remembers(URI keyId) {
            return true;
        }

        @Override
        public void verified(URI keyId, Actor owner) {}
    }

    private static final class Welcoming implements Trust {
        @Override
        public boolean isPartner(URI actor) {
            return true;
        }

        @Override
        public Answer ask(Activity activity, String subject) {
            return new Answer.Welcome();
        }

        @Override
        public boolean isPaused(URI address) {
            return false;
        }

        @Override
        public boolean isNeeded(URI actor) {
            return true;
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
