// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestClock;
import org.waymark.node.account.Staffed;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.work.Work;

@TestInstance(Lifecycle.PER_CLASS)
class DeliveryTest {

    private static final URI SHELTER = URI.create("http://127.0.0.1:1");

    private final TestClock clock = new TestClock();
    private final Database database = Databases.inMemory();
    private final Work work = new Work(database, clock);
    private final Staffed staffed = new Staffed(database, clock);
    private final LocalActors actors =
            new LocalActors(BaseUrl.parse(SHELTER.toString()), staffed.organizations);
    private Outbox outbox;
    private Deliveries deliveries;
    private CaseKeys caseKeys;
    private RemoteActors remoteActors;
    private OtherServer clinic;
    private boolean paused;

    @BeforeAll
    void wire(@TempDir Path folder) {
        var random = new SecureRandom();
        var keyFolder = KeyFolder.open(folder.resolve("keys"), folder.resolve("data"));
        var master = MasterKey.create(keyFolder, random);
        caseKeys = new CaseKeys(keyFolder, master, clock, random);
        var keys = new ActorKeys(database, master, clock);
        var client =
                GuardedClient.of(
                        ClientSettings.of(
                                NetworkRules.allowing(List.of("127.0.0.0/8")), "Shelter/1"),
                        clock);
        remoteActors =
                new RemoteActors(
                        database, new Fetcher(client, keys, actors), staffed.access, clock);
        outbox = new Outbox(work, caseKeys, clock);
        var hosts = new RemoteHosts(database, staffed.access, clock, () -> 1.0);
        deliveries = new Deliveries(database, work, hosts, staffed.access, clock);
        new DeliveryWorker(
                database,
                work,
                client,
                keys,
                actors,
                caseKeys,
                remoteActors,
                hosts,
                deliveries,
                new Pausing(),
                clock,
                () -> 1.0);
    }

    @BeforeEach
    void openClinic() {
        clinic = new OtherServer(clock);
        assertThat(remoteActors.refresh(clinic.actor())).isPresent();
    }

    @AfterEach
    void closeClinic() {
        clinic.close();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void whatIsSentWhileTheOtherSideIsDownArrivesOnceAndInOrder() {
        clinic.answer(503);
        var first = send("first");
        var second = send("second");
        var third = send("third");
        work.runDue();

        assertThat(clinic.received()).isEmpty();
        assertThat(stateOf(first).failingSince()).contains(clock.instant());
        assertThat(stateOf(first).code()).contains("status-503");

        clinic.answer(202);
        clock.advance(Duration.ofMinutes(1));
        work.runDue();

        assertThat(clinic.received())
                .containsExactly(first.toString(), second.toString(), third.toString());
        assertThat(stateOf(third).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void oneLaneDoesNotHoldUpAnother() {
        clinic.answer(503);
        send("held", "/r/1");
        work.runDue();

        clinic.answer(202);
        var other = send("other", "/r/2");
        work.runDue();

        assertThat(clinic.received()).containsExactly(other.toString());
    }

    @Test
    void afterFourteenDaysItIsGivenUpVisiblyAndTheNextGoes() {
        clinic.answer(404);
        var first = send("first");
        var second = send("second");
        for (int halfDay = 0; halfDay < 30; halfDay++) {
            work.runDue();
            clock.advance(Duration.ofHours(12));
        }

        assertThat(stateOf(first).state()).isEqualTo(DeliveryState.GIVEN_UP);
        assertThat(stateOf(first).code()).contains("status-404");

        clinic.answer(202);
        clock.advance(Duration.ofHours(2));
        work.runDue();
        assertThat(clinic.received()).containsExactly(second.toString());

        deliveries.sendAgain(Acting.node(), first);
        work.runDue();
        assertThat(clinic.received()).containsExactly(second.toString(), first.toString());
    }

    @Test
    void sendAgainTriesAtOnce() {
        clinic.answer(500);
        var activity = send("first");
        for (int attempt = 0; attempt < 8; attempt++) {
            work.runDue();
            clock.advance(Duration.ofMinutes(20));
        }
        work.runDue();
        clinic.answer(202);

        deliveries.sendAgain(Acting.node(), activity);
        work.runDue();

        assertThat(clinic.received()).containsExactly(activity.toString());
    }

    @Test
    void whatIsHeldBackWaitsAndThenGoes() {
        paused = true;
        var activity = send("first");
        work.runDue();
        assertThat(clinic.received()).isEmpty();

        paused = false;
        database.run(tx -> deliveries.resume(tx, clinic.actor()));
        work.runDue();

        assertThat(clinic.received()).containsExactly(activity.toString());
    }

    @Test
    void aSealedBodyIsRefusedWithoutACase() {
        var sealed = activity("first", "AXeQ");

        assertThatThrownBy(() -> send(sealed, "/r/1", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSealedBodyLiesUnderTheKeyOfItsCaseAndGoesWithIt() {
        var caseId = new CaseId(UUID.randomUUID());
        caseKeys.create(caseId);
        clinic.answer(503);
        var sealed = activity("first", "MARKER");
        send(sealed, "/r/1", Optional.of(caseId));
        work.runDue();

        var stored = database.read(tx -> OutboxTable.find(tx, sealed.id())).orElseThrow();
        assertThat(
                        new String(
                                stored.body().orElseThrow(),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("MARKER");

        caseKeys.destroy(caseId, Part.CASE);
        clinic.answer(202);
        clock.advance(Duration.ofMinutes(1));
        work.runDue();

        assertThat(clinic.received()).isEmpty();
        assertThat(stateOf(sealed.id()).code()).contains("case-erased");
    }

    @Test
    void aDeliveredBodyIsDropped() {
        var activity = send("first");
        work.runDue();

        var stored = database.read(tx -> OutboxTable.find(tx, activity)).orElseThrow();
        assertThat(stored.body()).isEmpty();
    }

    private URI send(String name) {
        return send(name, "/r/1");
    }

    private URI send(String name, String orderKey) {
        var activity = activity(name, "");
        send(activity, orderKey, Optional.empty());
        return activity.id();
    }

    private void send(Activity activity, String orderKey, Optional<CaseId> protectedBy) {
        database.run(
                tx ->
                        outbox.send(
                                tx,
                                actors.node(),
                                clinic.actor(),
                                activity,
                                SHELTER.resolve(orderKey),
                                protectedBy));
    }

    private Activity activity(String name, String sealed) {
        var object = Draft.of("waymark:Referral", SHELTER.resolve("/r/1")).set("name", name);
        if (!sealed.isEmpty()) {
            object.set("waymark:sealed", sealed);
        }
        var draft =
                Draft.activity("Offer", actors.activity(UUID.randomUUID()), actors.node().id())
                        .set("object", object);
        return Activity.read(draft.document()).orElseThrow();
    }

    private Delivery stateOf(URI activity) {
        return deliveries.of(Acting.node(), activity).getFirst();
    }

    private final class Pausing implements Trust {
        @Override
        public Answer ask(Activity activity, String subject) {
            return new Answer.Welcome();
        }

        @Override
        public boolean isPaused(URI address) {
            return paused;
        }
    }
}
