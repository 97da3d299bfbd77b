// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.Agreements.SealingKey;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;

/// Somebody answers at the clinic's address and lists keys of their own beside the clinic's.
class ForeignKeysTest {

    private static final TwoNodes NODES = new TwoNodes();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;

    @AfterAll
    static void close() {
        NODES.close();
    }

    @BeforeEach
    void partnerAnew() {
        // An alarm holds back what would end the agreement of the test before.
        SHELTER.database().run(tx -> tx.update("UPDATE agreement SET changed_key = NULL"));
        NODES.separate();
        NODES.peer();
        NODES.partner();
    }

    @Test
    @Tag("attack:foreign-key-beside")
    void aForeignEd25519KeyBeforeTheKnownOneStopsBothWays() {
        var actor = clinic();
        actor.withArray("assertionMethod").insert(0, multikey(actor));

        assertStopped(actor);
    }

    @Test
    @Tag("attack:foreign-key-beside")
    void aForeignEd25519KeyBehindTheKnownOneStopsBothWays() {
        var actor = clinic();
        actor.withArray("assertionMethod").add(multikey(actor));

        assertStopped(actor);
    }

    @Test
    @Tag("attack:foreign-key-beside")
    void aForeignRsaKeyBesideTheKnownOneStopsBothWays() {
        var actor = clinic();
        var both = actor.arrayNode().add(actor.get("publicKey")).add(pemKey(actor));
        actor.set("publicKey", both);

        assertStopped(actor);
    }

    @Test
    @Tag("attack:foreign-key-beside")
    void aForeignRsaKeyAloneStopsBothWays() {
        var actor = clinic();
        actor.remove("assertionMethod");
        actor.set("publicKey", pemKey(actor));

        assertStopped(actor);
    }

    @Test
    @Tag("attack:foreign-key-beside")
    void anAgreementThatIsSignedBesideAForeignKeyBeginsWithTheAlarm() {
        partAndPeerAnew();
        offer(CLINIC, SHELTER);
        var actor = clinic();
        actor.withArray("assertionMethod").add(multikey(actor));
        SHELTER.domains().remoteActors().put(new Actor(actor));

        SHELTER.domains().agreements().sign(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id());

        assertThat(agreementOf(SHELTER, CLINIC).state()).isEqualTo(AgreementState.IN_FORCE);
        assertThat(agreementOf(SHELTER, CLINIC).hasNewSigner()).isTrue();
    }

    @Test
    @Tag("attack:foreign-key-beside")
    void anAgreementThatIsCountersignedBesideAForeignKeyBeginsWithTheAlarm() {
        partAndPeerAnew();
        offer(SHELTER, CLINIC);
        var actor = clinic();
        actor.withArray("assertionMethod").add(multikey(actor));
        SHELTER.domains().remoteActors().put(new Actor(actor));

        CLINIC.domains().agreements().sign(CLINIC.acting(), agreementOf(CLINIC, SHELTER).id());
        NODES.settle();

        assertThat(agreementOf(SHELTER, CLINIC).state()).isEqualTo(AgreementState.IN_FORCE);
        assertThat(agreementOf(SHELTER, CLINIC).hasNewSigner()).isTrue();
    }

    private static void partAndPeerAnew() {
        NODES.separate();
        NODES.peer();
    }

    private static void offer(TestNode by, TestNode to) {
        var terms = AgreementTerms.shortest(LocalDate.now(NODES.clock).plusYears(1));
        by.domains().agreements().offer(by.acting(), agreementOf(by, to).id(), terms);
        NODES.settle();
    }

    @Test
    void theKnownKeyReadOutByPhoneDoesNotAdmitTheOneBesideIt() {
        var actor = clinic();
        actor.withArray("assertionMethod").add(multikey(actor));
        SHELTER.domains().remoteActors().put(new Actor(actor));

        confirm();

        assertStopped(actor);
    }

    @Test
    void whenTheForeignKeyIsGoneTheKnownKeyReadOutByPhoneEndsTheAlarm() {
        var actor = clinic();
        actor.withArray("assertionMethod").insert(0, multikey(actor));
        SHELTER.domains().remoteActors().put(new Actor(actor));
        var known = agreementOf(SHELTER, CLINIC).pinned().orElseThrow().signer();

        SHELTER.domains().remoteActors().put(new Actor(clinic()));

        assertThat(sealingKey()).isInstanceOf(SealingKey.Changed.class);
        assertThat(agreementOf(SHELTER, CLINIC).changedKey()).contains(known);
        confirm();
        assertThat(sealingKey()).isInstanceOf(SealingKey.Use.class);
    }

    @Test
    void keysThatComeInTheUsualWayRaiseNoAlarmWhileTheOldOnesAreListed() {
        for (var days : new int[] {2, 2, 10}) {
            CLINIC.domains()
                    .keyChanges()
                    .replace(Acting.node(), Optional.of(CLINIC.organization().id()));
            assertThat(new Actor(clinic()).publicKeys()).hasSizeGreaterThan(1);
            NODES.clock.advance(Duration.ofDays(days));
            assertThat(sealingKey()).isInstanceOf(SealingKey.Use.class);
        }
    }

    private static void assertStopped(ObjectNode actor) {
        SHELTER.domains().remoteActors().put(new Actor(actor));
        assertThat(agreementOf(SHELTER, CLINIC).hasNewSigner()).isTrue();
        assertThat(sealingKey()).isInstanceOf(SealingKey.Changed.class);

        CLINIC.domains()
                .agreements()
                .end(CLINIC.acting(), agreementOf(CLINIC, SHELTER).id(), Copied.KEEP);
        NODES.settle();
        assertThat(agreementOf(SHELTER, CLINIC).state()).isEqualTo(AgreementState.IN_FORCE);
    }

    private static void confirm() {
        var agreement = agreementOf(SHELTER, CLINIC);
        SHELTER.domains()
                .agreements()
                .confirmKey(SHELTER.acting(), agreement.id(), agreement.changedKey().orElseThrow());
    }

    private static SealingKey sealingKey() {
        return SHELTER.domains()
                .agreements()
                .sealingKey(
                        SHELTER.acting(), SHELTER.organization().id(), CLINIC.organizationActor());
    }

    /// As the clinic's server shows it now.
    private static ObjectNode clinic() {
        return SHELTER.domains()
                .remoteActors()
                .refresh(CLINIC.organizationActor())
                .orElseThrow()
                .json()
                .deepCopy();
    }

    private static JsonNode multikey(ObjectNode actor) {
        return actor.objectNode()
                .put("id", CLINIC.organizationActor() + "#foreign-ed25519")
                .put("type", "Multikey")
                .put("controller", CLINIC.organizationActor().toString())
                .put("publicKeyMultibase", PublicKeys.multikey(key("Ed25519")).multibase());
    }

    private static JsonNode pemKey(ObjectNode actor) {
        return actor.objectNode()
                .put("id", CLINIC.organizationActor() + "#foreign-rsa")
                .put("owner", CLINIC.organizationActor().toString())
                .put("publicKeyPem", PublicKeys.pem(key("RSA")));
    }

    private static PublicKey key(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
