// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.privacy.Purpose.HELP;
import static org.waymark.node.referral.LifeCycle.State.ACCEPTED;
import static org.waymark.node.referral.LifeCycle.State.COMPLETED;
import static org.waymark.node.referral.LifeCycle.State.INFO_NEEDED;
import static org.waymark.node.referral.LifeCycle.State.RECEIVED;
import static org.waymark.node.referral.LifeCycle.State.SENT;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.listing.ClosingDuties.Duty;
import org.waymark.node.listing.Closings.Closing;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.PeeringObserver.Copied;
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
        agree();

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
                                                "SELECT type FROM outbox_activity",
                                                row -> row.text("type")));
        assertThat(posted).isEmpty();

        closesAfterADecisionAboutEachRequest();
        endsForBoth();
    }

    private static void closesAfterADecisionAboutEachRequest() {
        var clinic = carlo.organization();
        var closings = node.domains().closings();
        var rooms = node.domains().listings().add(Acting.node(clinic), Samples.beds()).id();
        var waiting = send(rooms);
        var helped = send(rooms);
        var theirs =
                referrals.list(carlo).stream()
                        .filter(it -> it.listing().equals(Optional.of(rooms)))
                        .findFirst();
        referrals.accept(carlo, theirs.orElseThrow().id(), Samples.come());
        var editor = TestNode.acting(node.person("e@c.example", clinic, Role.EDITOR), HELP);
        var cem = TestNode.acting(node.person("boss@c.example", clinic, Role.MANAGER), HELP);

        assertThat(closings.close(editor, rooms, Map.of()))
                .isEqualTo(new Closing.OthersMustDecide(2));
        assertThat(closings.duties(editor, rooms)).isEmpty();
        var duties = closings.duties(cem, rooms);
        assertThat(duties).extracting(Duty::state).containsExactlyInAnyOrder("sent", "accepted");
        assertThat(closings.close(cem, rooms, Map.of())).isEqualTo(new Closing.Undecided(duties));

        var decisions =
                duties.stream().collect(toMap(Duty::id, it -> it.choices().iterator().next()));
        assertThat(closings.close(cem, rooms, decisions)).isEqualTo(new Closing.Closed());

        assertThat(Set.of(state(waiting), state(helped)))
                .containsExactlyInAnyOrder(State.DECLINED, ACCEPTED);
        assertThat(node.domains().listings().visit(rooms))
                .isInstanceOf(Listings.Visit.Closed.class);
        assertThat(node.domains().listings().alternatives(rooms, 5, _ -> List.of()))
                .extracting(Listing::id)
                .containsExactly(beds);
    }

    private static ReferralId send(ListingId listing) {
        var drafted = referrals.draft(sara, Samples.wanted(listing));
        var id = ((MoveOutcome.Moved) drafted).referral().id();
        referrals.recordConsent(sara, id, Samples.spoken(CLOCK));
        referrals.send(sara, id);
        return id;
    }

    private static void endsForBoth() {
        var agreements = node.domains().agreements();
        var ours =
                agreements
                        .find(Acting.node(), sara.organization(), actor(carlo.organization()))
                        .orElseThrow();
        agreements.end(Acting.node(sara.organization()), ours.id(), Copied.KEEP);

        assertThat(agreement(sara, carlo)).isEqualTo(AgreementState.ENDED);
        assertThat(agreement(carlo, sara)).isEqualTo(AgreementState.ENDED);
        assertThat(referrals.draft(sara, Samples.wanted(beds)))
                .isEqualTo(new MoveOutcome.Refused(Why.AGREEMENT_MISSING));
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

    /// The shelter offers, the clinic signs: staff of both, as on their pages.
    private static void agree() {
        nameFocalPoints(sara.organization());
        nameFocalPoints(carlo.organization());
        var agreements = node.domains().agreements();
        var shelter = manager("mona@shelter.example", sara.organization());
        var clinic = manager("cem@clinic.example", carlo.organization());
        var opened = agreements.open(shelter, sara.organization(), carlo.organization());
        var terms = AgreementTerms.shortest(LocalDate.now(CLOCK).plusYears(1));
        var id = ((Agreements.Outcome.Done) opened).agreement().id();
        assertThat(agreements.offer(shelter, id, terms))
                .isInstanceOf(Agreements.Outcome.Done.class);
        var received = agreements.list(clinic, carlo.organization()).getFirst();
        assertThat(received.state()).isEqualTo(AgreementState.RECEIVED);
        assertThat(received.partnerName()).isEqualTo("The Shelter");
        assertThat(agreements.sign(clinic, received.id()))
                .isInstanceOf(Agreements.Outcome.Done.class);
    }

    private static AgreementState agreement(Acting ours, Acting theirs) {
        return node.domains()
                .agreements()
                .find(Acting.node(), ours.organization(), actor(theirs.organization()))
                .orElseThrow()
                .state();
    }

    private static void nameFocalPoints(OrganizationId organization) {
        for (var duty : FocalPoint.Duty.values()) {
            var point =
                    new FocalPoint(
                            duty,
                            "Shift lead",
                            "+49 30 5550100",
                            "",
                            List.of(),
                            LocalDate.now(CLOCK));
            node.domains().focalPoints().replace(Acting.node(organization), organization, point);
        }
    }

    private static Acting manager(String email, OrganizationId organization) {
        return TestNode.acting(node.person(email, organization, Role.MANAGER), Purpose.PARTNERSHIP);
    }

    private static URI actor(OrganizationId organization) {
        return node.url().resolve("/o/" + organization.value());
    }
}
