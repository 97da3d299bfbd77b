// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.second.SecondParty.nothing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.waymark.node.peer.Pair;

/// A server written from FEDERATION.md alone becomes our partner and moves referrals, both ways
/// round and under both ways to sign.
final class SecondImplementationTest {

    private static Staff staff;
    private static final Map<Scheme, SecondParty> PARTIES = new EnumMap<>(Scheme.class);

    @BeforeAll
    static void partner() {
        staff = new Staff();
        for (var scheme : Scheme.values()) {
            var party = new SecondParty(scheme, staff.node.organizationActor());
            PARTIES.put(scheme, party);
            peer(party);
            party.follow();
            staff.offerAgreement(party.actor());
            party.sign();
        }
        for (var party : PARTIES.values()) {
            Staff.until(
                    "agreement in force",
                    () -> staff.agreement(party.actor()).inForce(LocalDate.now()));
            Staff.until("listing known", () -> staff.knows(party.server.listing));
        }
    }

    private static SecondParty party(Scheme scheme) {
        return Objects.requireNonNull(PARTIES.get(scheme));
    }

    /// With one of them we ask, the other asks us.
    private static void peer(SecondParty party) {
        var peers = staff.node.domains().peers();
        var acting = staff.node.acting();
        if (party.server.scheme == Scheme.CAVAGE) {
            peers.request(acting, party.server.base, true);
            party.acceptPeering();
        } else {
            var asking = Thread.ofVirtual().start(() -> party.askForPeering(staff.node.actor()));
            Staff.until("asked", () -> peers.find(acting, party.server.base).isPresent());
            var peer = peers.find(acting, party.server.base).orElseThrow();
            var pair = new Pair(staff.node.organization().id(), party.actor());
            peers.accept(acting, peer.id(), List.of(pair), true);
            Staff.until("accepted", () -> !asking.isAlive());
        }
    }

    @AfterAll
    static void close() {
        PARTIES.values().forEach(SecondParty::close);
        staff.close();
    }

    @ParameterizedTest
    @EnumSource
    void itReadsAsksAcceptsAndCompletesWhatWeSend(Scheme scheme) {
        var party = party(scheme);
        var referral = staff.sent(party.server.listing);

        var offer = party.await(referral, "send");
        assertThat(offer.scheme()).isEqualTo(scheme);
        assertThat(offer.content().path("need").path("reason").asText()).isEqualTo("needs a bed");
        assertThat(offer.text().toString()).doesNotContain("Zarquilla", "5550177");
        party.say("Read", offer.id(), referral, "receive", nothing());
        staff.reaches(referral, "received");
        party.say("TentativeReject", offer.id(), referral, "ask", nothing().put("text", "Stairs?"));
        staff.reaches(referral, "info_needed");
        staff.move(referral, "answer", "{\"text\": \"No stairs\"}");
        var answer = party.await(referral, "answer");
        assertThat(answer.content().path("text").asText()).isEqualTo("No stairs");
        var theCase = party.file();
        party.answer(
                "Accept", offer.id(), referral, theCase, "accept", nothing().put("text", "Come"));
        staff.reaches(referral, "accepted");
        assertThat(party.await(referral, "contact").content().toString())
                .contains("Zarquilla", "+49 30 5550177")
                .doesNotContain("local");
        var outcome = nothing().put("outcome", "partly").put("on", LocalDate.now().toString());
        party.update("waymark:Case", theCase, referral, "complete", outcome);
        staff.reaches(referral, "completed");

        assertThat(staff.timeline(referral))
                .containsSubsequence(
                        "send", "receive", "ask", "answer", "accept", "contact", "complete");
    }

    @ParameterizedTest
    @EnumSource
    void itSaysNoAndWhy(Scheme scheme) {
        var party = party(scheme);
        var referral = staff.sent(party.server.listing);
        var offer = party.await(referral, "send");

        var no = nothing().put("reason", "no_place").put("note", "Full until May");
        no.putArray("alternatives").add(party.server.listing.toString());
        party.say("Reject", offer.id(), referral, "decline", no);

        staff.reaches(referral, "declined");
        assertThat(staff.referral(referral).path("timeline").toString())
                .contains("no_place", "Full until May");
    }

    @ParameterizedTest
    @EnumSource
    void itHearsThatThePersonStoppedItAndSaysThatItForgot(Scheme scheme) {
        var party = party(scheme);
        var referral = staff.sent(party.server.listing);
        var offer = party.await(referral, "send");

        staff.move(referral, "withdraw", "{\"eraseNow\": true}");
        var stop = party.await(referral, "withdraw");
        assertThat(stop.activity().path("type").asText()).isEqualTo("Undo");
        assertThat(stop.activity().path("object").asText()).isEqualTo(offer.id().toString());
        assertThat(stop.content().path("eraseNow").asBoolean()).isTrue();
        party.update("waymark:Case", party.file(), referral, "erased", nothing());

        Staff.until("erased there", () -> staff.timeline(referral).contains("erased"));
        assertThat(staff.state(referral)).isEqualTo("withdrawn");
    }

    @ParameterizedTest
    @EnumSource
    void itOffersAndReadsOurAnswers(Scheme scheme) {
        var party = party(scheme);
        var referral = party.server.base.resolve("/refs/" + UUID.randomUUID());
        var offer = party.offer(referral, firstStep());
        staff.reaches(referral, "sent");

        staff.move(referral, "receive", "");
        assertThat(party.await(referral, "receive").activity().path("object").asText())
                .isEqualTo(offer.toString());
        staff.move(referral, "ask", "{\"text\": \"Which tongue?\"}");
        assertThat(party.await(referral, "ask").content().path("text").asText())
                .isEqualTo("Which tongue?");
        party.update(
                "waymark:Referral", referral, referral, "answer", nothing().put("text", "Arabic"));
        staff.reaches(referral, "received");
        staff.move(referral, "accept", "{\"text\": \"Come at nine\"}");
        var yes = party.await(referral, "accept");
        assertThat(yes.content().path("text").asText()).isEqualTo("Come at nine");
        party.update("waymark:Referral", referral, referral, "contact", contact());
        Staff.until("contact", () -> staff.referral(referral).path("contact").isObject());
        assertThat(staff.referral(referral).path("contact").path("preferredName").asText())
                .isEqualTo("Miriam");
        staff.move(
                referral,
                "complete",
                "{\"outcome\": \"partly\", \"on\": \"%s\"}".formatted(LocalDate.now()));
        var end = party.await(referral, "complete");
        assertThat(end.content().path("outcome").asText()).isEqualTo("partly");
        assertThat(end.activity().path("object").path("id").asText())
                .isEqualTo(yes.activity().path("result").path("id").asText());
    }

    @Test
    void whatIsReadHereIsNotReadByStrangers() {
        var party = party(Scheme.CAVAGE);
        var stranger = party(Scheme.RFC_9421);
        var referral = staff.sent(party.server.listing);
        var version = party.await(referral, "send").version();

        var shown = party.server.get(referral);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("waymark:version").asLong()).isEqualTo(version);
        assertThat(shown.body().has("waymark:sealed")).isFalse();
        assertThat(stranger.server.get(referral).status()).isEqualTo(404);
    }

    @Test
    void itOpensThePacketOfTheDocument() throws IOException {
        var example = Path.of("src/test/resources/wire/sealed-packet.json");
        var json = new JsonMapper().readTree(example.toFile());
        var key =
                new KeyPair(
                        Multikeys.X25519.publicKey(bytes(json.path("publicKey"))),
                        Multikeys.X25519.privateKey(bytes(json.path("privateKey"))));
        var packet =
                new Packet(
                        URI.create(json.path("referral").asText()),
                        URI.create(json.path("sender").asText()),
                        URI.create(json.path("receiver").asText()),
                        json.path("version").asLong());

        assertThat(packet.open(key, json.path("packet").asText()).toString())
                .isEqualTo(json.path("plaintext").asText());
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText());
    }

    /// What it knows, it has from the document.
    @Test
    void itSharesNoLineWithThisNode() {
        noClasses()
                .that()
                .resideInAPackage("org.waymark.node.second")
                .and()
                .haveNameNotMatching(".*(Staff|SecondImplementationTest)(\\$.*)?")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.waymark..")
                                .and(resideOutsideOfPackage("org.waymark.node.second")))
                .check(new ClassFileImporter().importPackages("org.waymark.node.second"));
    }

    /// With the least that the document asks for: what is optional is left out.
    private static ObjectNode firstStep() {
        var content =
                nothing()
                        .put("urgency", "three_days")
                        .put("respondBy", Instant.now().plus(Duration.ofDays(3)).toString())
                        .put("caseCode", UUID.randomUUID().toString());
        content.putObject("need")
                .put("service", staff.listing().toString())
                .put("serviceName", "Beds for families")
                .put("topic", "housing")
                .put("reason", "needs a bed")
                .put("alreadyGiven", "");
        var fit = content.putObject("fit").put("adults", 1).put("children", 0).put("area", "");
        fit.putArray("wishes");
        fit.putArray("accessNeeds");
        content.putObject("consent")
                .put("basis", "consent")
                .put("until", LocalDate.now().plusMonths(6).toString())
                .put("outcomeBack", true)
                .putArray("items")
                .add("need")
                .add("fit")
                .add("contact");
        return content;
    }

    private static ObjectNode contact() {
        return nothing()
                .put("preferredName", "Miriam")
                .put("channel", "call")
                .put("address", "+49 30 5550166")
                .put("phoneOwner", "own")
                .put("language", "ar")
                .put("ifAnotherAnswers", "")
                .put("safeTimes", "");
    }
}
