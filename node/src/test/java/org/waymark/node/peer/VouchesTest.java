// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;
import static org.waymark.node.TwoNodes.peerOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.exchange.SignedGet;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.peer.Vouches.Outcome;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

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
        // Who asks again within the hour waits.
        NODES.clock.advance(Duration.ofHours(1));
    }

    @Test
    void whoAsksIsShownWithThePartnerThatVouchesForIt() {
        assertThat(vouch()).isEqualTo(Outcome.DONE);
        assertThat(vouch()).isEqualTo(Outcome.ALREADY_THERE);
        settle();
        ask();

        assertThat(vouchers())
                .containsExactly(
                        new Voucher(
                                "The Clinic",
                                "The Kitchen",
                                KITCHEN.url().getRawAuthority(),
                                NODES.clock.instant()));
        // A person decides.
        assertThat(peerOf(SHELTER, KITCHEN).state()).isEqualTo(PeerState.ASKED);
    }

    @Test
    void whatIsTakenBackIsShownNoMore() {
        vouch();
        settle();
        var address = address();
        ask();
        assertThat(vouchers()).hasSize(1);
        assertThat(get(address)).isInstanceOf(Fetched.Found.class);

        CLINIC.domains().vouches().takeBack(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id());

        assertThat(get(address)).isInstanceOf(Fetched.Gone.class);
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
    void aVouchEndsAfterAYear() {
        vouch();
        settle();
        var address = address();

        NODES.clock.advance(Duration.ofDays(364));
        assertThat(get(address)).isInstanceOf(Fetched.Found.class);
        NODES.clock.advance(Duration.ofDays(1));

        assertThat(get(address)).isInstanceOf(Fetched.Gone.class);
        assertThat(find()).isEmpty();
        ask();
        assertThat(vouchers()).isEmpty();
    }

    @Test
    void aVouchForSomebodyElseIsNotShown() {
        var other = given(CLINIC, SHELTER.organizationActor());
        name(other);
        ask();

        assertThat(get(other)).isInstanceOf(Fetched.Found.class);

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
    void aForgedVouchIsNotShown() {
        vouch();
        settle();
        ask();
        var address = address();
        var genuine = ((Fetched.Found) get(address)).thing().json();

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
    void anEndedAgreementVouchesForNobody() {
        vouch();
        settle();
        var address = address();
        CLINIC.domains()
                .agreements()
                .end(CLINIC.acting(), agreementOf(CLINIC, KITCHEN).id(), Copied.KEEP);
        settle();

        assertThat(get(address)).isInstanceOf(Fetched.Gone.class);
        assertThat(vouch()).isEqualTo(Outcome.NOT_ALLOWED);

        for (var node : List.of(KITCHEN, CLINIC)) {
            var other = node == KITCHEN ? CLINIC : KITCHEN;
            node.domains().peers().end(node.acting(), peerOf(node, other).id(), Copied.KEEP);
        }
        NODES.clock.advance(Duration.ofHours(2));
        settle();
        becomePartners();
    }

    /// A club of the same house asks; nobody of the kitchen was asked.
    @Test
    void onlyThosePartnersAreNamedThatWhoAsksChose() {
        vouch();
        settle();
        KITCHEN.domains()
                .organizations()
                .add(Acting.node(), "The Club", "club", Optional.empty(), List.of("en"));
        var club = KITCHEN.domains().organizations().findBySlug("club").orElseThrow();
        var clubber =
                TestNode.acting(
                        KITCHEN.person("cleo@club.example", club.id(), Role.MANAGER),
                        Purpose.PARTNERSHIP);
        assertThat(received()).extracting(VouchForUs::name).containsExactly("The Clinic");
        assertThat(KITCHEN.domains().vouches().listForUs(clubber)).isEmpty();

        ask(clubber, List.of(CLINIC.organizationActor()));
        assertThat(named()).isEmpty();
        askNothing();
        vouch();
        settle();
        ask(KITCHEN.acting(), List.of());
        assertThat(named()).isEmpty();
        askNothing();
        vouch();
        settle();
        ask();
        assertThat(named()).containsExactly(address());
    }

    @Test
    void whoIsNoPeerIsNotNamed() {
        vouch();
        settle();
        var clinic = peerOf(KITCHEN, CLINIC).id();
        KITCHEN.domains().peers().pause(KITCHEN.acting(), clinic);

        assertThat(received()).isEmpty();

        KITCHEN.domains().peers().accept(KITCHEN.acting(), clinic, List.of(), false);
        assertThat(received()).hasSize(1);
    }

    @Test
    void strangersDoNotReadAVouch() throws Exception {
        var vouch = given(SHELTER, CLINIC.organizationActor());

        try (var client = HttpClient.newHttpClient()) {
            var unsigned =
                    client.send(HttpRequest.newBuilder(vouch).build(), BodyHandlers.ofString());
            assertThat(unsigned.statusCode()).isEqualTo(404);
        }
        assertThat(SignedGet.fetch(KITCHEN, NODES.clock, vouch))
                .as("signed by who is no peer of the shelter")
                .isInstanceOf(Fetched.Refused.class);
        assertThat(SignedGet.fetch(CLINIC, NODES.clock, vouch)).isInstanceOf(Fetched.Found.class);
    }

    @Test
    void whatWeWouldNotSayNowIsNotSaid() {
        vouch();
        var address = address();
        var kitchen = peerOf(CLINIC, KITCHEN).id();
        CLINIC.domains().peers().pause(CLINIC.acting(), kitchen);
        assertThat(get(address)).as("paused").isInstanceOf(Fetched.Refused.class);
        CLINIC.domains().peers().accept(CLINIC.acting(), kitchen, List.of(), false);
        assertThat(get(address)).isInstanceOf(Fetched.Found.class);

        var agreement = agreementOf(CLINIC, KITCHEN);
        var somebodyElse = new Multikey(Multikey.Kind.ED25519, new byte[32]).multibase();
        changeKey(agreement, Optional.of(somebodyElse));
        assertThat(get(address)).as("a new key").isInstanceOf(Fetched.Gone.class);
        changeKey(agreement, Optional.empty());
        assertThat(get(address)).isInstanceOf(Fetched.Found.class);
    }

    private static void changeKey(Agreement agreement, Optional<String> key) {
        CLINIC.database()
                .run(
                        tx ->
                                tx.update(
                                        "UPDATE agreement SET changed_key = ? WHERE id = ?",
                                        key,
                                        agreement.id().value()));
    }

    @Test
    void aLaterEndSaysNoMoreThanAYear() {
        var json = ((Fetched.Found) get(given(CLINIC, KITCHEN.organizationActor()))).thing().json();
        var from = Instant.parse(json.path("published").asText());

        var read = VouchDocument.read(json.put("endTime", "2099-01-01T00:00:00Z")).orElseThrow();

        assertThat(read.endsAt()).isEqualTo(from.plus(Duration.ofDays(366)));
        assertThat(read.stands(from.plus(Duration.ofDays(366)))).isFalse();
    }

    @Test
    void whoAsksAgainAndAgainDoesNotDriveUsToOurPeers() {
        vouch();
        settle();
        ask();
        var due = due();
        assertThat(due).containsExactly(NODES.clock.instant().plus(Duration.ofHours(1)));
        NODES.clock.advance(Duration.ofMinutes(20));

        asksAgain(List.of(address()));
        assertThat(due()).as("the same list").isEqualTo(due);

        var paths =
                Stream.of("/v/1", "/hsds/services", "/s/1", "/s/2", "/s/3")
                        .map(CLINIC.url()::resolve)
                        .toList();
        asksAgain(paths);
        assertThat(due())
                .as("another list")
                .containsExactly(NODES.clock.instant().plus(Duration.ofHours(1)));
        assertThat(named()).as("three at one server").hasSize(3);

        NODES.clock.advance(Duration.ofDays(30));
        SHELTER.runDue();
        assertThat(due()).as("nobody decides this any more").isEmpty();
        assertThat(named()).isEmpty();
        settle();
    }

    /// The same node sends its `Follow` once more.
    private static void asksAgain(List<URI> vouches) {
        var follow =
                PeerLetters.follow(
                        KITCHEN.url().resolve("/a/" + UUID.randomUUID()),
                        KITCHEN.actor(),
                        SHELTER.actor(),
                        vouches);
        var peer = peerOf(SHELTER, KITCHEN);
        SHELTER.database()
                .run(
                        tx ->
                                VouchLookup.note(
                                        tx,
                                        new Work(SHELTER.database(), NODES.clock),
                                        peer.id(),
                                        Optional.of(peer),
                                        follow,
                                        NODES.clock.instant()));
    }

    private static List<Instant> due() {
        return SHELTER.database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT due FROM job WHERE kind = ?",
                                        row -> row.instant("due"),
                                        VouchLookup.WORK));
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
        ask(KITCHEN.acting(), List.of(CLINIC.organizationActor()));
    }

    private static void ask(Acting acting, List<URI> naming) {
        KITCHEN.domains().peers().request(acting, SHELTER.url(), false, naming);
        settle();
    }

    private static List<URI> named() {
        return SHELTER.database()
                .read(tx -> VouchTable.listNamed(tx, peerOf(SHELTER, KITCHEN).id()));
    }

    private static List<Voucher> vouchers() {
        return SHELTER.domains().vouches().list(SHELTER.acting(), peerOf(SHELTER, KITCHEN).id());
    }

    private static List<VouchTable.Seen> seen() {
        return SHELTER.database()
                .read(tx -> VouchTable.listSeen(tx, peerOf(SHELTER, KITCHEN).id(), Instant.EPOCH));
    }

    private static List<VouchForUs> received() {
        return KITCHEN.domains().vouches().listForUs(KITCHEN.acting());
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

    /// As the shelter reads it, which is a partner of the clinic.
    private static Fetched get(URI address) {
        return SignedGet.fetch(SHELTER, NODES.clock, address);
    }

    private static void settle() {
        do {
            NODES.settle();
        } while (KITCHEN.runDue() > 0);
    }
}
