// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.Relay;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Account;
import org.waymark.node.account.Role;
import org.waymark.node.exchange.ActivityHandler;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LifeCycle.State;

/// A shelter with Sara and a clinic with Carlo, partners, on two nodes. The clinic's beds are known
/// at the shelter.
final class Partnered implements AutoCloseable {

    final Relay shelterDoor = new Relay();
    final Relay clinicDoor = new Relay();
    final TwoNodes nodes;
    final Account saraAccount;
    final Acting sara;
    final Acting carlo;
    final Referrals shelter;
    final Referrals clinic;
    final ListingId beds;

    /// @param settings what both nodes have besides, as `key=value`
    Partnered(String... settings) {
        nodes = TwoNodes.behind(shelterDoor, clinicDoor, settings);
        var offered = nodes.clinic.domains().listings().add(nodes.clinic.acting(), Samples.beds());
        nodes.peer();
        nodes.partner();
        saraAccount = caseworker(nodes.shelter);
        sara = TestNode.acting(saraAccount, Purpose.HELP);
        carlo = TestNode.acting(caseworker(nodes.clinic), Purpose.HELP);
        shelter = nodes.shelter.domains().referrals();
        clinic = nodes.clinic.domains().referrals();
        beds = copyAtShelter(offered.uri());
    }

    /// A house for people in danger, which two people of the clinic show to partners; as the
    /// shelter has it.
    ListingId house() {
        var listings = nodes.clinic.domains().listings();
        var house =
                listings.add(
                        nodes.clinic.acting(),
                        Draft.named(Text.of("en", "House for women who fled violence"))
                                .referralPolicy(ReferralPolicy.TAKEN)
                                .build());
        var second =
                TestNode.acting(
                        nodes.clinic.person(UUID.randomUUID() + "@clinic.example", Role.MANAGER),
                        Purpose.HELP);
        for (var one : List.of(nodes.clinic.acting(), second)) {
            listings.publish(one, house.id(), Kind.HELP, Reach.PARTNERS, Place.PHONE_ONLY);
        }
        settle();
        return copyAtShelter(house.uri());
    }

    private static Account caseworker(TestNode node) {
        var slug = node.organization().slug();
        return node.person("caseworker@" + slug + ".example", Role.CASEWORKER);
    }

    private ListingId copyAtShelter(URI listing) {
        var listings = nodes.shelter.domains().listings();
        return listings.changesAfter(0, 100).stream()
                .flatMap(change -> listings.find(sara, change.id()).stream())
                .filter(it -> it.uri().equals(listing))
                .map(Listing::id)
                .findFirst()
                .orElseThrow();
    }

    void settle() {
        nodes.settle();
    }

    ReferralId draft(NewReferral wanted) {
        return ((MoveOutcome.Moved) shelter.draft(sara, wanted)).referral().id();
    }

    /// Written, agreed, sent and arrived.
    ReferralId sent() {
        var id = draft(Samples.wanted(beds));
        shelter.recordConsent(sara, id, Samples.spoken(nodes.clock));
        shelter.send(sara, id);
        settle();
        return id;
    }

    /// The same; what the clinic calls it, whatever became of that node meanwhile.
    ReferralId sentTo(TestNode clinicNow) {
        var id = sent();
        return clinicNow.domains().referrals().list(carlo).stream()
                .filter(it -> it.uri().toString().endsWith(id.toString()))
                .map(Referral::id)
                .findFirst()
                .orElseThrow();
    }

    OpenedReferral atShelter(ReferralId referral) {
        return shelter.find(sara, referral).orElseThrow();
    }

    OpenedReferral atClinic(ReferralId referral) {
        return clinic.find(carlo, clinicId(referral)).orElseThrow();
    }

    /// The clinic's own id for it.
    ReferralId clinicId(ReferralId referral) {
        return clinic.list(carlo).stream()
                .filter(it -> it.uri().toString().endsWith(referral.toString()))
                .map(Referral::id)
                .findFirst()
                .orElseThrow();
    }

    State stateAtShelter(ReferralId referral) {
        return atShelter(referral).referral().state();
    }

    State stateAtClinic(ReferralId referral) {
        return atClinic(referral).referral().state();
    }

    /// Gives a node an activity that it has had before, past the inbox that would have noticed.
    ActivityHandler.Result handleAgain(TestNode node, ObjectNode json) {
        var activity = Activity.read(json).orElseThrow();
        return node.domains()
                .referrals()
                .inbox()
                .handle(
                        new ReceivedActivity(
                                activity,
                                ReferralInbox.REFERRAL,
                                Optional.of(node.organization().id()),
                                nodes.clock.instant()));
    }

    /// Gives the clinic a well-sealed message of the shelter that our own code would not have sent.
    ActivityHandler.Result handleForged(
            Referral referral, ReferralEvent.Kind kind, Travelling content) {
        var key =
                TwoNodes.agreementOf(nodes.shelter, nodes.clinic)
                        .pinned()
                        .orElseThrow()
                        .key()
                        .raw();
        var to = new Message.Address.There(referral.partner(), key);
        var message =
                new Message(
                        referral.uri(),
                        kind,
                        content,
                        nodes.shelter.organizationActor(),
                        to,
                        referral.ownVersion() + 1,
                        referral.offer(),
                        referral.caseUri(),
                        Optional.of(nodes.shelter.url().resolve("/a/" + UUID.randomUUID())));
        var activity = ReferralActivities.write(message, Side.SENDER, to);
        return handleAgain(nodes.clinic, activity.json().deepCopy());
    }

    static List<Travelling> contents(OpenedReferral opened, ReferralEvent.Kind kind) {
        return opened.timeline().stream()
                .filter(it -> it.kind() == kind)
                .flatMap(it -> it.content().stream())
                .toList();
    }

    @Override
    public void close() {
        nodes.close();
        shelterDoor.close();
        clinicDoor.close();
    }
}
