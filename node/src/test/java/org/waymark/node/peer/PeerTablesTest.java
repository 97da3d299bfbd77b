// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

@ParameterizedClass
@MethodSource("databases")
class PeerTablesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final URI CLINIC = URI.create("https://clinic.example/o/1");

    @Parameter Database database;

    static List<Database> databases() {
        return Databases.all();
    }

    @AfterParameterizedClassInvocation
    static void close(Database database) {
        database.close();
    }

    @Test
    void aPeerComesBackAsItWasKept() {
        var peer =
                new Peer(
                        new PeerId(UUID.randomUUID()),
                        URI.create("https://clinic.example"),
                        URI.create("https://clinic.example/actor"),
                        "Клініка",
                        PeerState.ASKED,
                        Optional.of(URI.create("https://clinic.example/a/1")),
                        true,
                        NOW,
                        NOW);

        database.run(tx -> PeerTable.add(tx, peer));

        var found = database.read(tx -> PeerTable.findByBaseUrl(tx, peer.baseUrl()));
        assertThat(found).contains(peer);
    }

    @Test
    void aSignedAgreementComesBackAsItWasSigned() {
        var organization = new OrganizationId(UUID.randomUUID());
        var document = document(organization);
        var signer = new Multikey(Multikey.Kind.ED25519, new byte[32]);
        var agreement =
                Agreement.about(
                                new AgreementId(UUID.randomUUID()),
                                organization,
                                new PeerOrganization(
                                        CLINIC, new PeerId(UUID.randomUUID()), "Clinic"),
                                NOW)
                        .change(NOW)
                        .received(document, URI.create("https://clinic.example/a/2"))
                        .signed(document, new AccountId(UUID.randomUUID()))
                        .inForce(signer)
                        .made();

        database.run(tx -> AgreementTable.replace(tx, agreement));

        var found = database.read(tx -> AgreementTable.find(tx, organization, CLINIC));
        assertThat(found).contains(agreement);
    }

    @Test
    void anAgreementIsInForceUntilItsLastDay() {
        var organization = new OrganizationId(UUID.randomUUID());
        var agreement =
                Agreement.about(
                                new AgreementId(UUID.randomUUID()),
                                organization,
                                new PeerOrganization(
                                        CLINIC, new PeerId(UUID.randomUUID()), "Clinic"),
                                NOW)
                        .change(NOW)
                        .received(document(organization), URI.create("https://clinic.example/a/3"))
                        .inForce(new Multikey(Multikey.Kind.ED25519, new byte[32]))
                        .made();

        assertThat(agreement.inForce(LocalDate.of(2026, 12, 31))).isTrue();
        assertThat(agreement.inForce(LocalDate.of(2027, 1, 1))).isFalse();
    }

    @Test
    void aDocumentThatLacksADutyIsNoAgreement() {
        var whole = document(new OrganizationId(UUID.randomUUID())).json();
        var lacking = whole.deepCopy();
        lacking.withArray("waymark:focalPoints").remove(0);

        assertThat(AgreementDocument.read(whole)).isPresent();
        assertThat(AgreementDocument.read(lacking)).isEmpty();
    }

    @Test
    void everyStateLeadsOnlyToStatesThatAreNamed() {
        assertThat(PeerState.values())
                .allSatisfy(state -> assertThat(state.next()).doesNotContain(state));
        assertThat(PeerState.BLOCKED.allows(PeerState.ACTIVE)).isFalse();
        assertThat(PeerState.ENDED.allows(PeerState.ACTIVE)).isFalse();
    }

    private static AgreementDocument document(OrganizationId organization) {
        var points =
                Arrays.stream(Duty.values())
                        .map(
                                duty ->
                                        new FocalPoint(
                                                duty,
                                                "Shift lead",
                                                "+49 30 5550100",
                                                "Mon-Fri 9-17",
                                                List.of("en", "ar"),
                                                LocalDate.of(2026, 3, 1)))
                        .toList();
        var written =
                AgreementDocument.write(
                        URI.create(CLINIC + "/agreements/1"),
                        Optional.empty(),
                        CLINIC,
                        URI.create("https://shelter.example/o/" + organization.value()),
                        AgreementTerms.shortest(LocalDate.of(2026, 12, 31)),
                        points,
                        new Multikey(Multikey.Kind.X25519, new byte[32]));
        // As it is read from the wire: a number keeps its value there, not its Java type.
        var read = StrictJson.read(StrictJson.write(written.json())).orElseThrow();
        return AgreementDocument.read(read).orElseThrow();
    }
}
