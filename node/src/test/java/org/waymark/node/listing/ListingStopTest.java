// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Note;
import org.waymark.node.TwoNodes;
import org.waymark.node.database.Databases;
import org.waymark.node.database.Transaction;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.peer.Peers;

class ListingStopTest {

    @Test
    void whatArrivesJustAsItsCopiesAreStoppedChangesNothing() {
        try (var nodes = TwoNodes.peered()) {
            var ours = nodes.shelter.domains().listings();
            var theirs = nodes.clinic.domains().listings();
            var acting = nodes.shelter.acting();
            var listing = ours.add(acting, Draft.named(Text.of("en", "Coat room")).build());
            nodes.settle();

            // The name in capitals: what is remembered of it stays, as when somebody commits this
            // between the question and the transaction.
            nodes.clinic.database().run(tx -> tx.update("UPDATE AGREEMENT SET copies = 'OFF'"));
            var changed = Draft.of(listing).name(Text.of("en", "Coat hall")).build();
            ours.replace(acting, listing.id(), listing.version(), changed);
            nodes.settle();

            var copy = theirs.find(nodes.clinic.acting(), listing.uri()).orElseThrow();
            assertThat(copy.name().base()).isEqualTo("Coat room");
        }
    }

    static List<List<String>> engines() {
        return Databases.postgresAvailable()
                ? List.of(List.of(), List.of("database.url=" + Databases.newPostgres()))
                : List.of(List.of());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aBlockWhileThePartnerFloodsWaitsItsTurnAndHidesEverything(List<String> settings)
            throws Exception {
        try (var nodes = TwoNodes.peered(settings.toArray(String[]::new))) {
            var isPostgres = !settings.isEmpty();
            var clinic = nodes.clinic;
            var owner = nodes.shelter.organizationActor();
            var peer = TwoNodes.peerOf(clinic, nodes.shelter).id();
            var copies =
                    new ListingCopies(
                            clinic.domains().listings().directory(),
                            clinic.domains().agreements(),
                            nodes.clock,
                            UUID::randomUUID);
            var notes = Stream.of("Coat room", "Coat hall").map(it -> note(nodes, it)).toList();

            // As many arrivals share one commit.
            var block =
                    clinic.database()
                            .write(
                                    tx -> {
                                        copies.take(tx, owner, "Shelter", notes.getFirst());
                                        var begun =
                                                CompletableFuture.supplyAsync(
                                                        () ->
                                                                clinic.domains()
                                                                        .peers()
                                                                        .block(
                                                                                clinic.acting(),
                                                                                peer,
                                                                                Copied.HIDE));
                                        awaitSomebodyWaits(tx, isPostgres, begun);
                                        copies.take(tx, owner, "Shelter", notes.getLast());
                                        return begun;
                                    });

            assertThat(block.get(10, TimeUnit.SECONDS)).isInstanceOf(Peers.Outcome.Done.class);
            for (var note : notes) {
                boolean isShown = clinic.database().read(tx -> copies.isShown(tx, note.id()));
                assertThat(isShown).isFalse();
            }
        }
    }

    private static Note note(TwoNodes nodes, String name) {
        var note =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "Note")
                        .put("id", nodes.shelter.url() + "/s/" + UUID.randomUUID())
                        .put("attributedTo", nodes.shelter.organizationActor().toString())
                        .put("to", Contexts.PUBLIC.toString())
                        .put("waymark:version", 5);
        note.putObject("hsdsService").put("name", name).put("status", "active");
        return new Note(note);
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

    @Test
    void whatIsBeingReadJustAsItsCopiesAreHiddenStaysHidden() {
        try (var nodes = TwoNodes.peered()) {
            var theirs = nodes.clinic.domains().listings();
            var owner = nodes.shelter.organizationActor();
            var listing =
                    nodes.shelter
                            .domains()
                            .listings()
                            .add(
                                    nodes.shelter.acting(),
                                    Draft.named(Text.of("en", "Coat room")).build());
            nodes.settle();
            var copies =
                    new ListingCopies(
                            theirs.directory(), (_, _) -> true, nodes.clock, UUID::randomUUID);

            // As above: what a block does, without anybody hearing of it.
            nodes.clinic
                    .database()
                    .run(
                            tx -> {
                                tx.update("UPDATE AGREEMENT SET copies = 'OFF'");
                                copies.hide(tx, owner);
                                ListingPullTable.remove(tx, owner);
                                tx.update(
                                        "INSERT INTO job (kind, work_group, job_key, payload, due,"
                                                + " attempts, revision)"
                                                + " VALUES ('listing-pull', '', ?, '', 0, 0, 1)",
                                        owner);
                            });
            nodes.settle();

            var clinic = nodes.clinic.database();
            boolean isShown = clinic.read(tx -> copies.isShown(tx, listing.uri()));
            assertThat(isShown).isFalse();
            Optional<?> reading = clinic.read(tx -> ListingPullTable.find(tx, owner));
            assertThat(reading).isEmpty();
        }
    }
}
