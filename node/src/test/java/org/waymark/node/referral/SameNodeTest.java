// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.referral.LifeCycle.State.ACCEPTED;
import static org.waymark.node.referral.LifeCycle.State.COMPLETED;
import static org.waymark.node.referral.LifeCycle.State.INFO_NEEDED;
import static org.waymark.node.referral.LifeCycle.State.RECEIVED;
import static org.waymark.node.referral.LifeCycle.State.SENT;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.ReferralEvent.Kind;

/// A shelter refers a person to a clinic hosted by the same node: the same life, without a wire.
class SameNodeTest {

    private static final TestClock CLOCK = new TestClock();

    private static TestNode node;
    private static Referrals referrals;
    private static Acting sara;
    private static Acting carlo;
    private static ListingId beds;

    @BeforeAll
    static void open() {
        node = TestNode.still(CLOCK, "shelter", "The Shelter");
        var added =
                node.domains()
                        .organizations()
                        .add(Acting.node(), "The Clinic", "clinic", Optional.empty(), List.of());
        var clinic = ((HostedOrganizations.Outcome.Done) added).organization().id();
        sara = caseworker("sara@shelter.example", node.organization().id());
        carlo = caseworker("carlo@clinic.example", clinic);
        referrals = node.domains().referrals();
        beds = node.domains().listings().add(Acting.node(clinic), Samples.beds()).id();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @Test
    void theLoopClosesOnOneNodeOnceBothHaveAgreed() {
        assertThat(referrals.draft(sara, Samples.wanted(beds)))
                .isEqualTo(new MoveOutcome.Refused(Why.AGREEMENT_MISSING));
        agree(sara.organization(), carlo.organization());
        agree(carlo.organization(), sara.organization());

        var id = ((MoveOutcome.Moved) referrals.draft(sara, Samples.wanted(beds))).referral().id();
        referrals.recordConsent(sara, id, Samples.spoken(CLOCK));
        referrals.send(sara, id);
        var theirs = referrals.list(carlo).getFirst();
        assertThat(theirs.state()).isEqualTo(SENT);
        assertThat(theirs.partnerName()).isEqualTo("The Shelter");
        assertThat(theirs.listing()).contains(beds);
        assertThat(theirs.caseId()).isNotEqualTo(referrals.list(sara).getFirst().caseId());

        referrals.ask(carlo, theirs.id(), "How many?");
        assertThat(state(id)).isEqualTo(INFO_NEEDED);
        referrals.answer(sara, id, "Three");
        assertThat(state(id)).isEqualTo(RECEIVED);
        assertThat(opened(carlo, theirs.id()).contact()).isEmpty();

        referrals.accept(carlo, theirs.id(), Samples.come());
        assertThat(state(id)).isEqualTo(ACCEPTED);
        assertThat(opened(carlo, theirs.id()).contact().orElseThrow().address())
                .isEqualTo(Samples.PHONE);
        assertThat(opened(carlo, theirs.id()).notes()).isEmpty();

        referrals.complete(carlo, theirs.id(), Samples.helped(CLOCK));
        assertThat(state(id)).isEqualTo(COMPLETED);
        assertThat(Partnered.contents(opened(sara, id), Kind.COMPLETE))
                .containsExactly(Samples.helped(CLOCK));
        var posted =
                node.database()
                        .read(
                                tx ->
                                        tx.list(
                                                "SELECT type FROM outbox_activity"
                                                        + " WHERE case_id IS NOT NULL",
                                                row -> row.text("type")));
        assertThat(posted).isEmpty();
    }

    private static State state(ReferralId id) {
        return opened(sara, id).referral().state();
    }

    private static OpenedReferral opened(Acting acting, ReferralId id) {
        return referrals.find(acting, id).orElseThrow();
    }

    private static Acting caseworker(String email, OrganizationId organization) {
        var person = node.person(email, organization, Role.CASEWORKER);
        return TestNode.acting(person, Purpose.HELP);
    }

    /// There is no page yet on which two organisations of one node sign, so the row is written
    /// here.
    private static void agree(OrganizationId organization, OrganizationId partner) {
        var peer = UUID.nameUUIDFromBytes(new byte[0]);
        var partnerActor = actor(partner);
        node.database()
                .run(
                        tx -> {
                            var known =
                                    !tx.list(
                                                    "SELECT id FROM peer WHERE id = ?",
                                                    row -> row.uuid("id"),
                                                    peer)
                                            .isEmpty();
                            if (!known) {
                                tx.update(
                                        "INSERT INTO peer (id, base_url, actor, name, state,"
                                                + " wants_copies, created_at, changed_at)"
                                                + " VALUES (?, ?, ?, 'here', 'ACTIVE', ?, 0, 0)",
                                        peer,
                                        node.url(),
                                        node.actor(),
                                        false);
                            }
                            tx.update(
                                    "INSERT INTO agreement (id, organization, partner, peer_id,"
                                            + " partner_name, copies, state, ends_on, changed_at)"
                                            + " VALUES (?, ?, ?, ?, '', 'OFF', 'IN_FORCE',"
                                            + " '2027-01-01', 0)",
                                    UUID.randomUUID(),
                                    organization.value(),
                                    partnerActor,
                                    peer);
                        });
    }

    private static URI actor(OrganizationId organization) {
        return node.url().resolve("/o/" + organization.value());
    }
}
