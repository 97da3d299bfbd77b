// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;
import static org.waymark.node.TwoNodes.peerOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.peer.Vouches.Outcome;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Job;

/// The clinic is a partner of the kitchen and of the shelter. It vouches for the kitchen, which
/// asks the shelter to become a partner.
class VouchesTest {

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;
    private static final TestNode KITCHEN = TestNode.still(NODES.clock, "kitchen", "The Kitchen");

    @BeforeAll
    static void becomePartners() {
        KITCHEN.domains().peers().request(KITCHEN.acting(), CLINIC.url(), false);
        settle();
        CLINIC.domains()
                .peers()
                .accept(CLINIC.acting(), peerOf(CLINIC, KITCHEN).id(), List.of(), false);
        settle();
        // Each opens the agreement on its own side; the clinic's listings are asked for.
        assertThat(agreementOf(CLINIC, KITCHEN).state()).isEqualTo(AgreementState.LISTINGS);
    }

    @AfterAll
    static void close() {
        KITCHEN.close();
        NODES.close();
    }

    @BeforeEach
    void askNothing() {
        CLINIC.domains().vouches().takeBack(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id());
        KITCHEN.domains()
                .peers()
                .find(KITCHEN.acting(), SHELTER.url())
                .ifPresent(
                        it ->
                                KITCHEN.domains()
                                        .peers()
                                        .end(KITCHEN.acting(), it.id(), Copied.KEEP));
        settle();
        KITCHEN.database().run(tx -> tx.update("DELETE FROM received_vouch"));
    }

    @Test
    void whoAsksIsShownWithThePartnerThatVouchesForIt() {
        assertThat(vouch()).isEqualTo(Outcome.DONE);
        assertThat(vouch()).isEqualTo(Outcome.ALREADY_THERE);
        settle();
        ask();

        assertThat(vouchers())
                .containsExactly(new Voucher("The Clinic", "The Kitchen", NODES.clock.instant()));
        // A person decides.
        assertThat(peerOf(SHELTER, KITCHEN).state()).isEqualTo(PeerState.ASKED);
    }

    @Test
    void whatIsTakenBackIsShownNoMore() throws Exception {
        vouch();
        settle();
        var address = address();
        ask();
        assertThat(vouchers()).hasSize(1);
        assertThat(get(address).statusCode()).isEqualTo(200);

        CLINIC.domains().vouches().takeBack(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id());

        assertThat(get(address).statusCode()).isEqualTo(410);
        NODES.clock.advance(Duration.ofHours(1));
        settle();
        assertThat(vouchers()).isEmpty();
        // The kitchen was told, and names it to nobody any more.
        assertThat(received()).isEmpty();
    }

    @Test
    void whatTheVoucherDidNotConfirmForADayIsNotShown() {
        vouch();
        settle();
        ask();
        assertThat(vouchers()).hasSize(1);

        CLINIC.stop();
        NODES.clock.advance(Duration.ofHours(1));
        SHELTER.runDue();
        assertThat(vouchers()).hasSize(1);
        NODES.clock.advance(Duration.ofHours(24));
        SHELTER.runDue();

        assertThat(vouchers()).isEmpty();
        CLINIC.startAgain();
        settle();
    }

    @Test
    void aVouchEndsAfterAYear() throws Exception {
        vouch();
        settle();
        var address = address();

        NODES.clock.advance(Duration.ofDays(364));
        assertThat(get(address).statusCode()).isEqualTo(200);
        NODES.clock.advance(Duration.ofDays(1));

        assertThat(get(address).statusCode()).isEqualTo(410);
        assertThat(find()).isEmpty();
        ask();
        assertThat(vouchers()).isEmpty();
    }

    @Test
    void aVouchForSomebodyElseIsNotShown() {
        name(given(CLINIC, URI.create("http://127.0.0.9:9/o/" + UUID.randomUUID())));
        ask();

        assertThat(vouchers()).isEmpty();
    }

    @Test
    void nobodyVouchesForItselfAndStrangersForNobody() {
        name(given(KITCHEN, KITCHEN.organizationActor()));
        ask();

        assertThat(vouchers()).isEmpty();
        // Not even looked at: only our own peers are asked.
        assertThat(seen()).isEmpty();
    }

    @Test
    void anotherOrganizationOfAPeerIsNoPartner() {
        CLINIC.domains()
                .organizations()
                .add(Acting.node(), "The Annex", "annex", Optional.empty(), List.of("en"));
        var neighbour = CLINIC.domains().organizations().findBySlug("annex").orElseThrow();
        name(given(CLINIC, neighbour.id().value(), KITCHEN.organizationActor()));
        ask();

        // It is proven and about them, but nobody here has anything to do with the annex.
        assertThat(seen()).hasSize(1);
        assertThat(vouchers()).isEmpty();
    }

    @Test
    void aForgedVouchIsNotShown() throws Exception {
        vouch();
        settle();
        ask();
        var address = address();
        var genuine = StrictJson.read(get(address).body()).orElseThrow();

        assertThat(afterReading(genuine, it -> it)).hasSize(1);
        assertThat(afterReading(genuine, it -> it.put("endTime", "2099-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(afterReading(genuine, it -> without(it, "proof"))).isEmpty();
        assertThat(afterReading(genuine, it -> it.put("object", KITCHEN.organizationActor() + "2")))
                .isEmpty();
        assertThat(
                        afterReading(
                                genuine,
                                it -> it.put("attributedTo", SHELTER.organizationActor() + "")))
                .isEmpty();
        assertThat(afterReading(genuine, it -> it)).hasSize(1);
    }

    @Test
    void anEndedAgreementVouchesForNobody() throws Exception {
        vouch();
        settle();
        var address = address();
        CLINIC.domains()
                .agreements()
                .end(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id(), Copied.KEEP);
        settle();

        assertThat(get(address).statusCode()).isEqualTo(410);
        assertThat(vouch()).isEqualTo(Outcome.NOT_ALLOWED);

        for (var node : List.of(KITCHEN, CLINIC)) {
            var other = node == KITCHEN ? CLINIC : KITCHEN;
            node.domains().peers().end(node.acting(), peerOf(node, other).id(), Copied.KEEP);
        }
        NODES.clock.advance(Duration.ofHours(2));
        settle();
        becomePartners();
    }

    private static Outcome vouch() {
        return CLINIC.domains().vouches().give(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id());
    }

    private static Optional<Vouch> find() {
        return CLINIC.domains().vouches().find(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id());
    }

    private static URI address() {
        return CLINIC.url().resolve("/v/" + find().orElseThrow().id());
    }

    private static void ask() {
        KITCHEN.domains().peers().request(KITCHEN.acting(), SHELTER.url(), false);
        settle();
    }

    private static List<Voucher> vouchers() {
        return SHELTER.domains().vouches().list(SHELTER.acting(), peerOf(SHELTER, KITCHEN).id());
    }

    private static List<VouchTable.Seen> seen() {
        return SHELTER.database()
                .read(
                        tx ->
                                VouchTable.listSeen(
                                        tx,
                                        peerOf(SHELTER, KITCHEN).id(),
                                        java.time.Instant.EPOCH));
    }

    private static List<URI> received() {
        return KITCHEN.database().read(tx -> VouchTable.listReceived(tx, NODES.clock.instant(), 9));
    }

    /// What an organisation says of somebody, whoever they are to it.
    private static URI given(TestNode by, URI about) {
        return given(by, by.organization().id().value(), about);
    }

    private static URI given(TestNode by, UUID organization, URI about) {
        var now = NODES.clock.instant();
        var vouch =
                new Vouch(
                        UUID.randomUUID(),
                        new org.waymark.node.privacy.OrganizationId(organization),
                        about,
                        now,
                        now.plus(Duration.ofDays(9)),
                        Optional.empty());
        by.database().run(tx -> VouchTable.add(tx, vouch));
        return by.url().resolve("/v/" + vouch.id());
    }

    /// The kitchen names it when it asks, whatever it is.
    private static void name(URI vouch) {
        KITCHEN.database()
                .run(
                        tx ->
                                tx.update(
                                        "INSERT INTO received_vouch (uri, voucher, organization,"
                                                + " ends_at) VALUES (?, ?, ?, ?)",
                                        vouch,
                                        CLINIC.organizationActor(),
                                        KITCHEN.organization().id().value(),
                                        NODES.clock.instant().plus(Duration.ofDays(9))));
    }

    /// What the shelter shows when this is what it reads at the clinic's address.
    private static List<Voucher> afterReading(
            ObjectNode genuine, UnaryOperator<ObjectNode> change) {
        var read = Thing.read(change.apply(genuine.deepCopy())).orElseThrow();
        var lookup =
                new VouchLookup(
                        SHELTER.database(),
                        _ -> new Fetched.Found(read),
                        new TheirProofs(SHELTER.domains().remoteActors(), NODES.clock),
                        NODES.clock);
        lookup.look(new Job(VouchLookup.WORK, peerOf(SHELTER, KITCHEN).id().value() + "", "", 0));
        return vouchers();
    }

    private static ObjectNode without(ObjectNode json, String member) {
        json.remove(member);
        return json;
    }

    private static HttpResponse<byte[]> get(URI address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        }
    }

    private static void settle() {
        do {
            NODES.settle();
        } while (KITCHEN.runDue() > 0);
    }
}
