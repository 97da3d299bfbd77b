// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;
import static org.waymark.node.TwoNodes.peerOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.database.Databases;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.peer.PeeringObserver.Copied;

/// Staff block a partner, or end what is between them, in the very moment in which it says
/// something.
class BlockUnderWayTest {

    static List<List<String>> engines() {
        return Databases.postgresAvailable()
                ? List.of(List.of(), List.of("database.url=" + Databases.newPostgres()))
                : List.of(List.of());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theBlockStands(List<String> settings) throws Exception {
        try (var nodes = TwoNodes.peered(settings.toArray(String[]::new))) {
            var clinic = nodes.clinic;
            var isPostgres = !settings.isEmpty();

            var block =
                    meanwhile(
                            nodes,
                            isPostgres,
                            tx -> move(tx, nodes, PeerState.ENDED),
                            () ->
                                    clinic.domains()
                                            .peers()
                                            .block(
                                                    clinic.acting(),
                                                    peerOf(clinic, nodes.shelter).id(),
                                                    Copied.HIDE));
            assertThat(block).isInstanceOf(Peers.Outcome.Done.class);
            assertThat(peerOf(clinic, nodes.shelter).state()).isEqualTo(PeerState.BLOCKED);

            nodes.separate();
            var asked =
                    meanwhile(
                            nodes,
                            isPostgres,
                            tx -> move(tx, nodes, PeerState.BLOCKED),
                            () ->
                                    clinic.domains()
                                            .peers()
                                            .peering()
                                            .asked(
                                                    PeerLetters.follow(
                                                            activity(nodes.shelter),
                                                            actor(nodes.shelter),
                                                            actor(clinic))));
            assertThat(asked).isEqualTo(new Result.Refused("blocked"));
            assertThat(peerOf(clinic, nodes.shelter).state()).isEqualTo(PeerState.BLOCKED);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatWasEndedIsNotWrittenBack(List<String> settings) throws Exception {
        try (var nodes = TwoNodes.peered(settings.toArray(String[]::new))) {
            nodes.partner();
            var clinic = nodes.clinic;
            var isPostgres = !settings.isEmpty();

            meanwhile(
                    nodes,
                    isPostgres,
                    tx -> block(tx, nodes),
                    () -> {
                        clinic.domains().remoteActors().put(withForeignKey(nodes));
                        return true;
                    });
            assertThat(agreementOf(clinic, nodes.shelter).state()).isEqualTo(AgreementState.ENDED);

            // What is listed beside the known key is gone again.
            clinic.domains().remoteActors().refresh(nodes.shelter.organizationActor());
            nodes.separate();
            nodes.peer();
            var follow =
                    PeerLetters.follow(
                            activity(nodes.shelter),
                            nodes.shelter.organizationActor(),
                            clinic.organizationActor());
            meanwhile(
                    nodes,
                    isPostgres,
                    tx -> block(tx, nodes),
                    () ->
                            activities(clinic)
                                    .follow(
                                            new ReceivedActivity(
                                                    follow,
                                                    follow.id().toString(),
                                                    Optional.of(clinic.organization().id()),
                                                    nodes.clock.instant())));
            assertThat(agreementOf(clinic, nodes.shelter).state()).isEqualTo(AgreementState.ENDED);
        }
    }

    private static PeerActivities activities(TestNode node) {
        return new PeerActivities(
                node.database(),
                new LocalActors(node.domains().baseUrl(), node.domains().organizations()),
                node.domains().peers(),
                node.domains().followers());
    }

    /// What a block does, in a transaction of the test.
    private static void block(Transaction tx, TwoNodes nodes) {
        var peer = PeerTable.findByBaseUrl(tx, nodes.shelter.url()).orElseThrow();
        move(tx, nodes, PeerState.BLOCKED);
        nodes.clinic.domains().peers().sharing().endAll(tx, peer, Copied.HIDE);
    }

    private static void move(Transaction tx, TwoNodes nodes, PeerState to) {
        var peer = PeerTable.findByBaseUrl(tx, nodes.shelter.url()).orElseThrow();
        PeerTable.move(tx, peer, to, nodes.clock.instant());
    }

    /// Does the one while the transaction of the other is still open.
    private static <T> T meanwhile(
            TwoNodes nodes, boolean isPostgres, Consumer<Transaction> change, Supplier<T> other)
            throws Exception {
        CompletableFuture<T> begun =
                nodes.clinic
                        .database()
                        .write(
                                tx -> {
                                    change.accept(tx);
                                    var started = CompletableFuture.supplyAsync(other);
                                    awaitSomebodyWaits(tx, isPostgres, started);
                                    return started;
                                });
        return begun.get(10, TimeUnit.SECONDS);
    }

    private static void awaitSomebodyWaits(
            Transaction tx, boolean isPostgres, CompletableFuture<?> other) {
        // 10 s: far longer than it takes; a test that finds nobody shall fail, not stand still.
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!other.isDone() && !somebodyWaits(tx, isPostgres)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static boolean somebodyWaits(Transaction tx, boolean isPostgres) {
        return !tx.list(
                        isPostgres
                                ? "SELECT pid FROM pg_locks WHERE NOT granted"
                                : "SELECT xid FROM syscs_diag.lock_table WHERE state = 'WAIT'",
                        _ -> true)
                .isEmpty();
    }

    private static URI activity(TestNode node) {
        return node.url().resolve("/a/" + UUID.randomUUID());
    }

    private static URI actor(TestNode node) {
        return node.url().resolve("/actor");
    }

    private static Actor withForeignKey(TwoNodes nodes) {
        var actor = nodes.shelter.organizationActor();
        ObjectNode json =
                nodes.clinic
                        .domains()
                        .remoteActors()
                        .refresh(actor)
                        .orElseThrow()
                        .json()
                        .deepCopy();
        try {
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
            json.withArray("assertionMethod")
                    .addObject()
                    .put("id", actor + "#foreign-ed25519")
                    .put("type", "Multikey")
                    .put("controller", actor.toString())
                    .put("publicKeyMultibase", PublicKeys.multikey(key).multibase());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new Actor(json);
    }
}
