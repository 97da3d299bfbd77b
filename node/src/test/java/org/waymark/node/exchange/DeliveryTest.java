// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.LockedTime;

@TestInstance(Lifecycle.PER_CLASS)
class DeliveryTest {

    private Sending shelter;
    private OtherServer clinic;

    @BeforeAll
    void wire(@TempDir Path folder) {
        shelter = new Sending(folder);
    }

    @BeforeEach
    void openClinic() {
        clinic = new OtherServer(shelter.clock);
        assertThat(shelter.remoteActors.refresh(clinic.actor())).isPresent();
    }

    @AfterEach
    void closeClinic() {
        clinic.close();
    }

    @AfterAll
    void close() {
        shelter.close();
    }

    @Test
    void whatIsSentWhileTheOtherSideIsDownArrivesOnceAndInOrder() {
        clinic.answer(503);
        var first = send();
        var second = send();
        var third = send();
        shelter.work.runDue();

        assertThat(clinic.received()).isEmpty();
        assertThat(shelter.stateOf(first).failingSince()).contains(shelter.clock.instant());
        assertThat(shelter.stateOf(first).code()).contains("status-503");

        clinic.answer(202);
        shelter.clock.advance(Duration.ofMinutes(1));
        shelter.work.runDue();

        assertThat(clinic.received())
                .containsExactly(first.toString(), second.toString(), third.toString());
        assertThat(shelter.stateOf(third).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void oneLaneDoesNotHoldUpAnother() {
        clinic.answer(503);
        shelter.send(clinic, "/r/1");
        shelter.work.runDue();

        clinic.answer(202);
        var other = shelter.send(clinic, "/r/2");
        shelter.work.runDue();

        assertThat(clinic.received()).containsExactly(other.toString());
    }

    @Test
    void afterFourteenDaysItIsGivenUpVisiblyAndTheNextGoes() {
        clinic.answer(404);
        var first = send();
        var second = send();
        for (int halfDay = 0; halfDay < 30; halfDay++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(12));
        }

        assertThat(shelter.stateOf(first).state()).isEqualTo(DeliveryState.GIVEN_UP);
        assertThat(shelter.stateOf(first).code()).contains("status-404");

        clinic.answer(202);
        shelter.clock.advance(Duration.ofHours(2));
        shelter.work.runDue();
        assertThat(clinic.received()).containsExactly(second.toString());

        shelter.deliveries.sendAgain(Acting.node(), first);
        shelter.work.runDue();
        assertThat(clinic.received()).containsExactly(second.toString(), first.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void theTimeInWhichTheKeysWereLockedDoesNotCount(int answer) {
        clinic.answer(answer);
        var first = send();
        var second = send();
        shelter.work.runDue();
        shelter.clock.advance(Duration.ofHours(2));
        shelter.work.runDue();
        lockedFor(Duration.ofDays(20));

        for (int halfDay = 0; halfDay < 26; halfDay++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(12));
        }
        assertThat(shelter.stateOf(first).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(shelter.stateOf(second).state()).isEqualTo(DeliveryState.QUEUED);

        for (int halfDay = 0; halfDay < 4; halfDay++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(12));
        }
        assertThat(shelter.stateOf(first).state()).isEqualTo(DeliveryState.GIVEN_UP);
    }

    private void lockedFor(Duration length) {
        shelter.database.run(tx -> LockedTime.begin(tx, shelter.clock.instant()));
        shelter.clock.advance(length);
        shelter.database.run(tx -> LockedTime.end(tx, shelter.clock.instant()));
    }

    @Test
    void sendingAgainToOneServerQueuesNothingForAnother() {
        try (var garden = new OtherServer(shelter.clock)) {
            clinic.answer(404);
            garden.answer(404);
            assertThat(shelter.remoteActors.refresh(garden.actor())).isPresent();
            var activity = shelter.sendToAll(List.of(clinic.actor(), garden.actor()), "/s/1");
            for (int halfDay = 0; halfDay < 30; halfDay++) {
                shelter.work.runDue();
                shelter.clock.advance(Duration.ofHours(12));
            }
            assertThat(shelter.deliveries.of(Acting.node(), activity))
                    .hasSize(2)
                    .allMatch(it -> it.state() == DeliveryState.GIVEN_UP);

            clinic.answer(202);
            garden.answer(202);
            shelter.deliveries.sendAgainTo(Acting.node(), clinic.actor().getAuthority());
            shelter.work.runDue();

            assertThat(clinic.received()).containsExactly(activity.toString());
            assertThat(garden.received()).isEmpty();
        }
    }

    @Test
    void anOrganizationSeesAndRepeatsItsOwnAndTheNodesAndNoOthers() {
        var ours = shelter.staffed.organization("amal");
        var theirs = shelter.staffed.organization("bahr");
        var acting = shelter.staffed.acting(ours, Role.MANAGER);
        clinic.answer(404);
        var own = shelter.sendAs(ours, clinic, "/r/own");
        var other = shelter.sendAs(theirs, clinic, "/r/other");
        var common = shelter.send(clinic, "/r/common");
        for (int halfDay = 0; halfDay < 30; halfDay++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(12));
        }
        var host = clinic.actor().getAuthority();
        var deliveries = shelter.deliveries;

        assertThat(deliveries.failing(acting, host))
                .extracting(Delivery::activity)
                .containsExactlyInAnyOrder(own, common);
        assertThat(deliveries.of(acting, other)).isEmpty();
        assertThat(deliveries.of(acting, own)).hasSize(1);
        assertThat(deliveries.about(acting, Sending.SHELTER.resolve("/r/other"))).isEmpty();
        assertThat(deliveries.about(acting, Sending.SHELTER.resolve("/r/own"))).hasSize(1);

        clinic.answer(202);
        deliveries.sendAgain(acting, other);
        deliveries.sendAgainAbout(acting, Sending.SHELTER.resolve("/r/other"));
        deliveries.sendAgainTo(acting, host);
        assertThat(deliveries.countQueued(acting, host)).isEqualTo(2);
        shelter.work.runDue();
        assertThat(clinic.received()).containsExactlyInAnyOrder(own.toString(), common.toString());
    }

    @Test
    void sendAgainTriesAtOnce() {
        clinic.answer(500);
        var activity = send();
        for (int attempt = 0; attempt < 8; attempt++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofMinutes(20));
        }
        shelter.work.runDue();
        clinic.answer(202);

        shelter.deliveries.sendAgain(Acting.node(), activity);
        shelter.work.runDue();

        assertThat(clinic.received()).containsExactly(activity.toString());
    }

    @Test
    void whatIsHeldBackWaitsAndThenGoes() {
        shelter.paused = true;
        var activity = send();
        shelter.work.runDue();
        assertThat(clinic.received()).isEmpty();

        shelter.paused = false;
        shelter.database.run(tx -> shelter.deliveries.resume(tx, clinic.actor()));
        shelter.work.runDue();

        assertThat(clinic.received()).containsExactly(activity.toString());
    }

    @Test
    void aSealedBodyIsRefusedWithoutACase() {
        var sealed = shelter.activity("AXeQ");

        assertThatThrownBy(() -> shelter.send(clinic, sealed, "/r/1", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSealedBodyLiesUnderTheKeyOfItsCaseAndGoesWithIt() {
        var caseId = new CaseId(UUID.randomUUID());
        shelter.caseKeys.create(caseId);
        clinic.answer(503);
        var sealed = shelter.activity("MARKER");
        shelter.send(clinic, sealed, "/r/1", Optional.of(caseId));
        shelter.work.runDue();

        var stored = shelter.database.read(tx -> OutboxTable.find(tx, sealed.id())).orElseThrow();
        assertThat(
                        new String(
                                stored.body().orElseThrow(),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("MARKER");

        shelter.caseKeys.destroy(caseId, Part.CASE);
        clinic.answer(202);
        shelter.clock.advance(Duration.ofMinutes(1));
        shelter.work.runDue();

        assertThat(clinic.received()).isEmpty();
        assertThat(shelter.stateOf(sealed.id()).code()).contains("case-erased");
    }

    @Test
    void aDeliveredBodyIsDropped() {
        var activity = send();
        shelter.work.runDue();

        var stored = shelter.database.read(tx -> OutboxTable.find(tx, activity)).orElseThrow();
        assertThat(stored.body()).isEmpty();
    }

    private URI send() {
        return shelter.send(clinic, "/r/1");
    }
}
