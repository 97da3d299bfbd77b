// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;

/// An agreement counts when the partner organisation's own proof stands on it, whoever brought it.
class AgreementProofTest {

    private static final TwoNodes NODES = new TwoNodes();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;

    @BeforeAll
    static void peer() {
        NODES.peer();
        NODES.nameFocalPoints(SHELTER);
        NODES.nameFocalPoints(CLINIC);
    }

    @AfterAll
    static void close() {
        NODES.close();
    }

    @Test
    void bothDocumentsCarryTheProofOfTheirOrganization() {
        NODES.separate();
        NODES.peer();
        NODES.partner();

        var atClinic = agreementOf(CLINIC, SHELTER);

        for (var document : Stream.of(atClinic.ours(), atClinic.theirs()).toList()) {
            var json = document.orElseThrow().json();
            assertThat(json.path("proof").path("verificationMethod").asText())
                    .isEqualTo(json.path("attributedTo").asText() + "#ed25519-key");
            assertThat(json.path("proof").path("cryptosuite").asText()).isEqualTo("eddsa-jcs-2022");
        }
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                document("as it was signed", "", UnaryOperator.identity()),
                document("without proof", "proof-missing", it -> it.without("proof")),
                document(
                        "with other terms than signed",
                        "proof-wrong",
                        it -> it.put("waymark:retention", "for ever")),
                document(
                        "with an option added after signing",
                        "proof-wrong",
                        it -> {
                            ((ObjectNode) it.path("proof")).put("expires", "2099-01-01T00:00:00Z");
                            return it;
                        }),
                document(
                        "signed by the partner's node",
                        "proof-key-unknown",
                        it -> signed(it, keys(CLINIC, true).ed25519SigningKey())),
                document(
                        "signed by ourselves",
                        "proof-key-unknown",
                        it -> signed(it, keys(SHELTER, false).ed25519SigningKey())),
                document(
                        "signed by a stranger under the partner's name",
                        "proof-wrong",
                        it -> signed(it, stranger())),
                document(
                        "signed for another purpose",
                        "proof-purpose-wrong",
                        it -> {
                            ((ObjectNode) it.path("proof")).put("proofPurpose", "authentication");
                            return it;
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void anOfferCountsOnlyWithTheProofOfWhoOffers(
            String name, String code, UnaryOperator<ObjectNode> change) {
        NODES.separate();
        NODES.peer();
        var handler = handler();
        var document = change.apply(offered());

        var result = handler.offer(received("Offer", document));

        assertThat(result)
                .as(name)
                .isEqualTo(code.isEmpty() ? new Result.Done() : new Result.Refused(code));
        assertThat(agreementOf(SHELTER, CLINIC).state())
                .isEqualTo(code.isEmpty() ? AgreementState.RECEIVED : AgreementState.LISTINGS);
    }

    private static Arguments document(String name, String code, UnaryOperator<ObjectNode> change) {
        return Arguments.arguments(name, code, change);
    }

    /// What the clinic would sign.
    private static ObjectNode offered() {
        var clinic = CLINIC.organizationActor();
        var written =
                AgreementDocument.write(
                        URI.create(clinic + "/agreements/" + UUID.randomUUID()),
                        Optional.empty(),
                        clinic,
                        SHELTER.organizationActor(),
                        AgreementTerms.shortest(LocalDate.of(2027, 12, 31)),
                        CLINIC.domains()
                                .focalPoints()
                                .list(CLINIC.acting(), CLINIC.organization().id()),
                        Multikey.read("z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc")
                                .orElseThrow());
        var document = written.json().objectNode();
        document.set("@context", Contexts.sent());
        document.setAll(written.json());
        return signed(document, keys(CLINIC, false).ed25519SigningKey());
    }

    private static ObjectNode signed(ObjectNode document, SigningKey key) {
        return ObjectProofs.sign(key, document, NODES.clock.instant());
    }

    private static ReceivedActivity received(String type, ObjectNode document) {
        var clinic = CLINIC.organizationActor();
        var activity =
                Draft.activity(type, clinic.resolve("/a/" + UUID.randomUUID()), clinic)
                        .set("object", document)
                        .to(SHELTER.organizationActor())
                        .document();
        return new ReceivedActivity(
                Activity.read(activity).orElseThrow(),
                AgreementDocument.TYPE,
                Optional.of(SHELTER.organization().id()),
                NODES.clock.instant());
    }

    private static AgreementActivities handler() {
        var domains = SHELTER.domains();
        return new AgreementActivities(
                SHELTER.database(),
                new LocalActors(domains.baseUrl(), domains.organizations()),
                domains.remoteActors(),
                domains.peers(),
                domains.audit(),
                NODES.clock);
    }

    private static SigningKey stranger() {
        try {
            return new SigningKey(
                    URI.create(CLINIC.organizationActor() + "#ed25519-key"),
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ActorKeys.Pairs keys(TestNode node, boolean ofTheNode) {
        var settings = node.settings();
        var master = MasterKey.open(KeyFolder.open(settings.keysDirectory(), settings.data()));
        var actors = new LocalActors(node.domains().baseUrl(), node.domains().organizations());
        return new ActorKeys(node.database(), master, NODES.clock)
                .of(ofTheNode ? actors.node() : actors.of(node.organization().id()));
    }
}
