// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.second.SecondParty.nothing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server written from FEDERATION.md alone becomes our partner and moves referrals, both ways
/// round and under both ways to sign.
final class SecondImplementationTest {

    private static SecondPartners partners;
    private static Staff staff;

    @BeforeAll
    static void partner() {
        partners = new SecondPartners();
        staff = partners.staff;
    }

    @AfterAll
    static void close() {
        partners.close();
    }

    private static SecondParty party(Scheme scheme) {
        return partners.party(scheme);
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
        var offer = party.offer(referral, SecondPartners.firstStep(staff.listing()));
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
        party.update("waymark:Referral", referral, referral, "contact", SecondPartners.contact());
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
                .haveNameNotMatching(".*(Staff|SecondPartners|Test)(\\$.*)?")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.waymark..")
                                .and(resideOutsideOfPackage("org.waymark.node.second")))
                .check(new ClassFileImporter().importPackages("org.waymark.node.second"));
    }
}
