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
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.KeyRenewal;
import org.waymark.node.exchange.KeyRenewal.Made;
import org.waymark.node.peer.Agreements.SealingKey;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.RecoveryKey;

/// Two partners whose nodes were made without a recovery sheet. Which later one is believed?
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoverySheetTest {

    private static final TwoNodes NODES = new TwoNodes();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;

    private static RecoveryKey sheet = RecoveryKey.create(new SecureRandom()).key();

    @BeforeAll
    static void partner() {
        NODES.peer();
        NODES.partner();
    }

    @AfterAll
    static void close() {
        NODES.close();
    }

    @Test
    @Order(1)
    void aNodeWithoutASheetGetsOneAndAnotherOnlyOnItsWord() {
        sheet = sheet(renewal(CLINIC).firstSheet(Acting.node()));

        assertThat(renewal(CLINIC).firstSheet(Acting.node())).isInstanceOf(Made.NotTheFirst.class);
        var other = RecoveryKey.create(new SecureRandom()).key();
        assertThat(renewal(CLINIC).nextSheet(Acting.node(), other))
                .isInstanceOf(Made.OtherSheet.class);
        assertThat(renewal(SHELTER).nextSheet(Acting.node(), other))
                .isInstanceOf(Made.OtherSheet.class);
    }

    @Test
    @Order(2)
    @Tag("attack:key-lost")
    void partnersBelieveAFirstSheetOnTheWordOfTheKeysTheyKnew() {
        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);

        assertThat(renewal(CLINIC).renew(Acting.node(), sheet)).isEqualTo(KeyRenewal.Outcome.DONE);

        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);
    }

    @Test
    @Order(3)
    void partnersFollowFromSheetToSheet() {
        var first = sheet;
        var second = sheet(renewal(CLINIC).nextSheet(Acting.node(), first));
        sheet = sheet(renewal(CLINIC).nextSheet(Acting.node(), second));

        assertThat(renewal(CLINIC).renew(Acting.node(), first))
                .isEqualTo(KeyRenewal.Outcome.OTHER_SHEET);
        assertThat(renewal(CLINIC).renew(Acting.node(), sheet)).isEqualTo(KeyRenewal.Outcome.DONE);
        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);
    }

    @Test
    @Order(4)
    void aSheetThatIsReplacedRightAfterItsUseIsFollowed() {
        renewal(CLINIC).renew(Acting.node(), sheet);
        sheet = sheet(renewal(CLINIC).nextSheet(Acting.node(), sheet));

        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);
        assertThat(provenSigners()).as("what was given up vouches for nothing").isOne();
    }

    private static long provenSigners() {
        return SHELTER.database()
                .read(
                        tx ->
                                tx.find(
                                        "SELECT COUNT(*) AS many FROM remote_key WHERE actor = ?"
                                                + " AND algorithm = ? AND proven = TRUE",
                                        row -> row.number("many"),
                                        CLINIC.organizationActor(),
                                        "Ed25519"))
                .orElse(0L);
    }

    @Test
    @Order(5)
    @Tag("attack:key-stolen")
    void whoeverHasTheKeysButNotTheSheetReplacesNoSheet() {
        sheet = sheet(renewal(CLINIC).lostSheet(Acting.node()));
        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);

        renewal(CLINIC).renew(Acting.node(), sheet);

        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Changed.class);
    }

    @Test
    @Order(6)
    void onceAPersonComparedAKeyTheNewSheetIsBelieved() {
        confirm(SHELTER, CLINIC);
        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);

        renewal(CLINIC).renew(Acting.node(), sheet);

        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);
    }

    @Test
    @Order(7)
    @Tag("attack:key-stolen")
    void aSheetThatComesTogetherWithNewKeysIsNotBelieved() {
        var thief = RecoveryKey.create(new SecureRandom());
        ActorKeys.keepRecovery(SHELTER.database(), thief.publicHalf(), NODES.clock);
        renewal(SHELTER).renew(Acting.node(), thief.key());

        assertThat(seen(CLINIC, SHELTER)).isInstanceOf(SealingKey.Changed.class);
        // Nor later, on the word of keys that nobody compared.
        renewal(SHELTER).renew(Acting.node(), thief.key());
        assertThat(seen(CLINIC, SHELTER)).isInstanceOf(SealingKey.Changed.class);
    }

    @Test
    @Order(8)
    void aSheetThatWasUsedIsReplacedWithoutAlarmAndNoneIsMadeThatPartnersWouldNotFollow() {
        renewal(CLINIC).renew(Acting.node(), sheet);
        // Partners may be down between the two.
        sheet = sheet(renewal(CLINIC).nextSheet(Acting.node(), sheet));
        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);

        for (int more = 1; more < 20; more++) {
            sheet = sheet(renewal(CLINIC).nextSheet(Acting.node(), sheet));
        }

        assertThat(renewal(CLINIC).nextSheet(Acting.node(), sheet))
                .isInstanceOf(Made.TooMany.class);
        assertThat(seen(SHELTER, CLINIC)).isInstanceOf(SealingKey.Use.class);
    }

    private static KeyRenewal renewal(TestNode node) {
        return node.domains().keyRenewal();
    }

    /// As it was printed.
    private static RecoveryKey sheet(Made made) {
        assertThat(made).isInstanceOf(Made.Sheet.class);
        var printed = ((Made.Sheet) made).sheet();
        assertThat(printed).contains("\n1   ").contains("\n16   ");
        return RecoveryKey.read(printed);
    }

    /// What one of them makes of the other's keys two days later.
    private static SealingKey seen(TestNode node, TestNode other) {
        NODES.clock.advance(Duration.ofDays(2));
        return node.domains()
                .agreements()
                .sealingKey(node.acting(), node.organization().id(), other.organizationActor());
    }

    private static void confirm(TestNode node, TestNode other) {
        var agreement = agreementOf(node, other);
        node.domains()
                .agreements()
                .confirmKey(node.acting(), agreement.id(), agreement.changedKey().orElseThrow());
    }
}
