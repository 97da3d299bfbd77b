// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;

import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.KeyRenewal;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.RecoveryKey;

/// The clinic's keys were stolen. What does the shelter believe?
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRenewalTest {

    private static final TwoNodes NODES = new TwoNodes();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;
    private static final RecoveryKey.Created SHEET = RecoveryKey.create(new SecureRandom());
    private static final RecoveryKey.Created THIEF = RecoveryKey.create(new SecureRandom());

    @BeforeAll
    static void partner() {
        ActorKeys.keepRecovery(CLINIC.database(), SHEET.publicHalf(), NODES.clock);
        NODES.peer();
        NODES.partner();
    }

    @AfterAll
    static void close() {
        NODES.close();
    }

    @Test
    @Order(1)
    void theSheetIsReadAsItWasPrintedAndNoOtherIsTaken() {
        assertThat(renew(RecoveryKey.read(THIEF.key().sheet())))
                .isEqualTo(KeyRenewal.Outcome.OTHER_SHEET);
        assertThat(SHELTER.domains().keyRenewal().renew(Acting.node(), SHEET.key()))
                .isEqualTo(KeyRenewal.Outcome.NO_RECOVERY_KEY);
    }

    @Test
    @Order(2)
    @Tag("attack:key-lost")
    void newKeysOnTheWordOfTheSheetAreTakenWithoutAsking() {
        var before = agreementOf(SHELTER, CLINIC).pinned().orElseThrow().signer();

        assertThat(renew(RecoveryKey.read(SHEET.key().sheet()))).isEqualTo(KeyRenewal.Outcome.DONE);
        NODES.clock.advance(Duration.ofDays(2));

        assertThat(sealingKey()).isInstanceOf(Agreements.SealingKey.Use.class);
        assertThat(agreementOf(SHELTER, CLINIC).pinned().orElseThrow().signer())
                .isNotEqualTo(before);
        assertThat(agreementOf(SHELTER, CLINIC).changedKey()).isEmpty();
    }

    @Test
    @Order(3)
    @Tag("attack:key-stolen")
    void newKeysOnTheWordOfAnyOtherSheetWaitForAPhoneCall() {
        ActorKeys.keepRecovery(CLINIC.database(), THIEF.publicHalf(), NODES.clock);
        assertThat(renew(THIEF.key())).isEqualTo(KeyRenewal.Outcome.DONE);
        NODES.clock.advance(Duration.ofDays(2));

        assertThat(sealingKey()).isInstanceOf(Agreements.SealingKey.Changed.class);
        var changed = agreementOf(SHELTER, CLINIC).changedKey().orElseThrow();
        assertThat(changed.kind()).isEqualTo(Multikey.Kind.ED25519);
        // Whatever is signed with the new key waits at its sender.
        CLINIC.domains()
                .agreements()
                .end(
                        CLINIC.acting(),
                        agreementOf(CLINIC, SHELTER).id(),
                        PeeringObserver.Copied.KEEP);
        NODES.settle();
        assertThat(agreementOf(SHELTER, CLINIC).state()).isEqualTo(AgreementState.IN_FORCE);

        SHELTER.domains()
                .agreements()
                .confirmKey(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), changed);
        assertThat(sealingKey()).isInstanceOf(Agreements.SealingKey.Use.class);
    }

    private static KeyRenewal.Outcome renew(RecoveryKey sheet) {
        return CLINIC.domains().keyRenewal().renew(Acting.node(), sheet);
    }

    private static Agreements.SealingKey sealingKey() {
        return SHELTER.domains()
                .agreements()
                .sealingKey(
                        SHELTER.acting(), SHELTER.organization().id(), CLINIC.organizationActor());
    }
}
