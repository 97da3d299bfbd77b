// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.peerOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.oversight.witness.AuditKeepers.Partner;
import org.waymark.node.oversight.witness.Keeping.State;
import org.waymark.node.peer.PeerId;
import org.waymark.node.privacy.Audit.Fault;
import org.waymark.node.privacy.Audit.Finding;
import org.waymark.node.privacy.Audit.Reason;
import org.waymark.node.privacy.Audit.Verdict;
import org.waymark.node.privacy.AuditCare;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.StatedHead;
import org.waymark.node.work.Work;

/// The clinic asks the shelter to keep the end of its audit.
class AuditKeepersTest {

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;

    @AfterAll
    static void close() {
        NODES.close();
    }

    @BeforeEach
    void begin() {
        for (var node : List.of(SHELTER, CLINIC)) {
            for (var table : List.of("audit_keeping", "audit_kept_head", "audit_claim")) {
                node.database().run(tx -> tx.update("DELETE FROM " + table));
            }
        }
    }

    @Test
    void nothingIsKeptBeforeAPersonOnEachSideSaidSo() {
        dayPasses();
        assertThat(kept()).isEmpty();

        assertThat(ask()).isTrue();
        assertThat(ask()).as("once").isFalse();
        NODES.settle();
        assertThat(atShelter().asks()).isTrue();
        dayPasses();
        assertThat(kept()).as("asked, and no more said").hasSize(1);
        assertThat(ours().state()).isEqualTo(State.ASKED);

        assertThat(agree()).isTrue();
        NODES.settle();
        assertThat(ours().state()).isEqualTo(State.AGREED);
        dayPasses();
        dayPasses();
        assertThat(kept()).containsExactly(1L, 2L, 3L);
        assertThat(ours().heardAt()).contains(NODES.clock.instant());
        assertThat(verify().stands()).isTrue();
        assertThat(atShelter().hasForked()).isFalse();
    }

    @Test
    void whatGoesTellsNothingOfWhatWasDone() {
        act("someone-was-here");
        begun();
        act("someone-was-here");
        dayPasses();

        var documents =
                SHELTER.database()
                        .read(
                                tx ->
                                        tx.list(
                                                "SELECT document FROM audit_kept_head",
                                                row -> row.text("document")));
        assertThat(documents).hasSize(2);
        var seals =
                CLINIC.database()
                        .read(
                                tx ->
                                        tx.list(
                                                "SELECT seal FROM audit_entry"
                                                        + " WHERE seal IS NOT NULL",
                                                row -> row.text("seal")));
        assertThat(seals).isNotEmpty();
        for (var document : documents) {
            assertThat(seals).noneMatch(document::contains);
            assertThat(document).doesNotContain("someone");
        }
    }

    @Test
    void anAuditThatWasCutOffWithAllItsTracesShows() throws IOException {
        begun();
        var before = image();
        act("done-and-to-be-forgotten");
        dayPasses();
        assertThat(verify().stands()).isTrue();

        putBack(before);
        assertThat(verify().stands()).as("nothing here tells").isTrue();
        act("done-instead");
        dayPasses();

        assertThat(atShelter().hasForked()).isTrue();
        assertThat(faults()).containsExactly(Fault.NOT_AS_KEPT);
        assertThat(verify().open().getFirst().claim().orElseThrow().keeper())
                .isEqualTo(peerOf(CLINIC, SHELTER).name());
        // Who knows why says so; both go on.
        var finding = verify().open().getFirst().key();
        assertThat(
                        CLINIC.domains()
                                .auditDesk()
                                .accept(CLINIC.acting(), finding, Reason.BACKUP_RESTORED))
                .isTrue();
        assertThat(SHELTER.domains().auditKeepers().noticed(SHELTER.acting(), clinicThere()))
                .isTrue();
        dayPasses();
        dayPasses();
        assertThat(verify().stands()).isTrue();
        assertThat(atShelter().hasForked()).isFalse();
    }

    @Test
    void whoRewritesTheirAuditAndGoesOnIsRemindedOfWhatItWas() throws IOException {
        begun();
        var before = image();
        act("done-and-to-be-forgotten");
        dayPasses();
        var number = ours().number();

        putBack(before);
        act("done-instead");
        // They even count on from where they were.
        CLINIC.database().run(tx -> tx.update("UPDATE audit_keeping SET head_number = ?", number));
        dayPasses();

        assertThat(atShelter().hasForked()).as("to a keeper it looks in order").isFalse();
        assertThat(faults()).containsExactly(Fault.NOT_AS_KEPT);
    }

    @Test
    void whatWasPutBackAndLostNothingIsInOrder() throws IOException {
        begun();
        var before = image();
        dayPasses();

        putBack(before);
        dayPasses();

        assertThat(atShelter().hasForked()).isFalse();
        assertThat(verify().stands()).isTrue();
    }

    @Test
    void whatWeNeverSaidIsNoEndOfOurs() {
        begun();
        var forged = new StatedHead(7, "ab".repeat(32), NODES.clock.instant(), "cd".repeat(32));

        assertThat(
                        CLINIC.database()
                                .<Boolean>write(
                                        tx -> CLINIC.domains().audit().claim(tx, forged, "them")))
                .isFalse();
        assertThat(verify().stands()).isTrue();
    }

    @Test
    void whoRefusesIsSentNoMore() {
        ask();
        NODES.settle();
        assertThat(SHELTER.domains().auditKeepers().refuse(SHELTER.acting(), clinicThere()))
                .isTrue();
        NODES.settle();
        dayPasses();

        assertThat(ours().state()).isEqualTo(State.REFUSED);
        assertThat(kept()).containsExactly(1L);
        assertThat(ask()).as("a person may ask again").isTrue();
        NODES.settle();
        assertThat(atShelter().asks()).isTrue();
    }

    @Test
    void whoStopsSendsNoMore() {
        begun();
        assertThat(CLINIC.domains().auditKeepers().stop(CLINIC.acting(), shelterThere())).isTrue();
        NODES.settle();
        dayPasses();

        assertThat(kept()).containsExactly(1L);
        assertThat(atShelter().theirs().orElseThrow().state()).isEqualTo(State.ENDED);
    }

    @Test
    void theEndOfAnothersAuditIsRefused() {
        begun();
        var offer = lastOffer();
        var document = (ObjectNode) offer.path("object");

        document.put("attributedTo", SHELTER.actor().toString());
        assertThat(offered(offer)).isEqualTo(new Result.Refused("audit-head-of-others"));
        document.put("attributedTo", CLINIC.actor().toString());
        document.put("waymark:number", 99);
        assertThat(offered(offer)).isEqualTo(new Result.Refused("proof-wrong"));
        document.put("waymark:headDigest", "short");
        assertThat(offered(offer)).isEqualTo(new Result.Refused("audit-head-not-readable"));
    }

    @Test
    void whoIsNotAgreedWithFillsNothing() {
        ask();
        NODES.settle();
        for (long number = 2; number < 6; number++) {
            assertThat(offered(offerOf(number, "ab", NODES.clock.instant())))
                    .isEqualTo(new Result.Done());
        }
        assertThat(kept()).containsExactly(1L);

        agree();
        var offer = offerOf(6, "ab", NODES.clock.instant());
        assertThat(offered(offer)).isEqualTo(new Result.Done());
        assertThat(offered(offer)).as("twice").isEqualTo(new Result.Done());
        assertThat(kept()).containsExactly(1L, 6L);
        var tooLong = (ObjectNode) offerOf(7, "ab", NODES.clock.instant()).path("object");
        tooLong.put("content", "x".repeat(16 * 1024));
        assertThat(offered(offer(tooLong)))
                .isEqualTo(new Result.Refused("audit-head-not-readable"));
    }

    @Test
    void anEndThatComesLateIsNoOther() {
        begun();
        var before = NODES.clock.instant();
        NODES.clock.advance(Duration.ofDays(2));
        var after = NODES.clock.instant();
        offered(offerOf(5, "ab", after));

        offered(offerOf(4, "cd", before));
        assertThat(atShelter().hasForked()).as("late").isFalse();
        offered(offerOf(4, "ef", after));
        assertThat(atShelter().hasForked()).as("counted back").isTrue();
    }

    @Test
    void whatIsOlderThanEntriesAreKeptIsNotLookedFor() throws IOException {
        begun();
        var before = image();
        act("something");
        dayPasses();
        var head =
                SHELTER.database()
                        .read(tx -> KeepingTable.findNewest(tx, clinicThere()))
                        .orElseThrow()
                        .json();
        putBack(before);

        accepted(head, 0);
        assertThat(verify().stands()).isTrue();
        accepted(head, 36);
        assertThat(faults()).containsExactly(Fault.NOT_AS_KEPT);
    }

    /// As the clinic would sign it.
    private static ObjectNode offerOf(long number, String digit, Instant at) {
        var id = CLINIC.url().resolve("/a/" + UUID.randomUUID());
        var head =
                new StatedHead(
                        number,
                        digit.repeat(32),
                        at.truncatedTo(ChronoUnit.SECONDS),
                        "cd".repeat(32));
        var settings = CLINIC.settings();
        var master = MasterKey.open(KeyFolder.open(settings.keysDirectory(), settings.data()));
        var proofs =
                new OurProofs(
                        new LocalActors(
                                CLINIC.domains().baseUrl(), CLINIC.domains().organizations()),
                        new ActorKeys(CLINIC.database(), master, NODES.clock));
        return offer(proofs.sign(CLINIC.actor(), HeadDocument.write(id, CLINIC.actor(), head), at));
    }

    private static ObjectNode offer(ObjectNode document) {
        return Draft.activity(
                        "Offer", CLINIC.url().resolve("/a/" + UUID.randomUUID()), CLINIC.actor())
                .set("object", document)
                .document();
    }

    /// The shelter says to the clinic what it keeps.
    private static void accepted(ObjectNode head, int months) {
        var accept =
                Draft.activity("Accept", SHELTER.url().resolve("/a/1"), SHELTER.actor())
                        .set("object", ours().offer())
                        .set(HeadDocument.KEPT, head)
                        .document();
        assertThat(activities(CLINIC, months).accepted(received(accept)))
                .isEqualTo(new Result.Done());
    }

    private static ObjectNode lastOffer() {
        var document =
                SHELTER.database()
                        .read(
                                tx ->
                                        tx.find(
                                                "SELECT document FROM audit_kept_head",
                                                row -> row.text("document")))
                        .orElseThrow();
        return Draft.activity("Offer", CLINIC.url().resolve("/a/1"), CLINIC.actor())
                .set(
                        "object",
                        StrictJson.read(document.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .document();
    }

    private static Result offered(ObjectNode offer) {
        return activities(SHELTER, 36).offered(received(offer));
    }

    private static AuditKeeperActivities activities(TestNode node, int months) {
        var domains = node.domains();
        var work = new Work(node.database(), NODES.clock);
        return new AuditKeeperActivities(
                node.database(),
                domains.peers(),
                new TheirProofs(domains.remoteActors(), NODES.clock),
                domains.audit(),
                new AuditCare(node.database(), work, domains.audit(), months, NODES.clock),
                domains.auditKeepers(),
                NODES.clock);
    }

    private static ReceivedActivity received(ObjectNode activity) {
        return new ReceivedActivity(
                Activity.read(activity).orElseThrow(),
                "waymark:AuditHead",
                Optional.empty(),
                NODES.clock.instant());
    }

    private static boolean ask() {
        return CLINIC.domains().auditKeepers().ask(CLINIC.acting(), shelterThere());
    }

    private static boolean agree() {
        return SHELTER.domains().auditKeepers().agree(SHELTER.acting(), clinicThere());
    }

    private static void begun() {
        ask();
        NODES.settle();
        agree();
        NODES.settle();
    }

    private static void act(String action) {
        CLINIC.database()
                .run(
                        tx ->
                                CLINIC.domains()
                                        .audit()
                                        .record(
                                                tx,
                                                CLINIC.acting(),
                                                action,
                                                UUID.randomUUID().toString()));
    }

    private static void dayPasses() {
        NODES.clock.advance(Duration.ofDays(1));
        NODES.settle();
    }

    private static Verdict verify() {
        CLINIC.domains().audit().sealWaiting();
        return CLINIC.domains().audit().verify();
    }

    private static List<Fault> faults() {
        return verify().open().stream().map(Finding::fault).toList();
    }

    private static List<Long> kept() {
        return SHELTER.database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT head_number FROM audit_kept_head"
                                                + " ORDER BY head_number",
                                        row -> row.number("head_number")));
    }

    private static Keeping ours() {
        return CLINIC.domains()
                .auditKeepers()
                .list(CLINIC.acting())
                .getFirst()
                .ours()
                .orElseThrow();
    }

    private static Partner atShelter() {
        return SHELTER.domains().auditKeepers().list(SHELTER.acting()).getFirst();
    }

    private static PeerId shelterThere() {
        return peerOf(CLINIC, SHELTER).id();
    }

    private static PeerId clinicThere() {
        return peerOf(SHELTER, CLINIC).id();
    }

    /// What somebody keeps aside of the disk of today, to put it back tomorrow.
    private record Image(long number, String seal, byte[] remembered, long said, Instant at) {}

    private static Image image() throws IOException {
        CLINIC.domains().audit().sealWaiting();
        var remembered = Files.readAllBytes(headFile());
        return CLINIC.database()
                .read(
                        tx ->
                                tx.find(
                                        "SELECT chain_number, seal FROM audit_head",
                                        row ->
                                                new Image(
                                                        row.number("chain_number"),
                                                        row.text("seal"),
                                                        remembered,
                                                        ours().number(),
                                                        NODES.clock.instant())))
                .orElseThrow();
    }

    private static void putBack(Image image) throws IOException {
        CLINIC.domains().audit().sealWaiting();
        CLINIC.database()
                .run(
                        tx -> {
                            tx.update(
                                    "DELETE FROM audit_entry WHERE chain_number > ?",
                                    image.number());
                            tx.update(
                                    "UPDATE audit_head SET chain_number = ?, seal = ?",
                                    image.number(),
                                    image.seal());
                            tx.update("UPDATE audit_keeping SET head_number = ?", image.said());
                            tx.update("DELETE FROM audit_claim WHERE stated_at > ?", image.at());
                        });
        Files.write(headFile(), image.remembered());
    }

    private static Path headFile() {
        return CLINIC.settings().keysDirectory().resolve("audit-head");
    }
}
