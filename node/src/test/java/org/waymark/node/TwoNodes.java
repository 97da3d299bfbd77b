// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeeringObserver.Copied;

/// A shelter and a clinic, each with its node, in one process on one clock. Share one per test
/// class. What they send arrives when the test calls [#settle()].
public final class TwoNodes implements AutoCloseable {

    public final TestClock clock;
    public final TestNode shelter;
    public final TestNode clinic;

    /// @param clinicSettings what the clinic has besides, as `key=value`
    public TwoNodes(String... clinicSettings) {
        clock = new TestClock();
        shelter = TestNode.still(clock, "shelter", "The Shelter");
        clinic = TestNode.still(clock, "clinic", "The Clinic", clinicSettings);
    }

    private TwoNodes(TestClock clock, TestNode shelter, TestNode clinic) {
        this.clock = clock;
        this.shelter = shelter;
        this.clinic = clinic;
    }

    /// Two nodes that reach each other only through relays, which see all they say.
    ///
    /// @param settings what both have besides, as `key=value`
    public static TwoNodes behind(Relay shelterDoor, Relay clinicDoor, String... settings) {
        var clock = new TestClock();
        return new TwoNodes(
                clock,
                TestNode.behind(shelterDoor, clock, "shelter", "The Shelter", settings),
                TestNode.behind(clinicDoor, clock, "clinic", "The Clinic", settings));
    }

    /// Two nodes whose organisations share listings both ways.
    ///
    /// @param clinicSettings what the clinic has besides, as `key=value`
    public static TwoNodes peered(String... clinicSettings) {
        var nodes = new TwoNodes(clinicSettings);
        nodes.peer();
        return nodes;
    }

    /// Two nodes whose organisations may refer people to each other.
    public static TwoNodes partnered() {
        var nodes = peered();
        nodes.partner();
        return nodes;
    }

    /// Lets everything arrive that can arrive now.
    public void settle() {
        while (shelter.runDue() + clinic.runDue() > 0) {
            continue;
        }
    }

    /// The shelter asks, the clinic accepts for all organisations, both want copies.
    public void peer() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        settle();
        clinic.domains()
                .peers()
                .accept(clinic.acting(), peerOf(clinic, shelter).id(), List.of(), true);
        settle();
    }

    /// Ends whatever is between them, so that a test can begin anew on the same nodes.
    public void separate() {
        for (var node : List.of(shelter, clinic)) {
            var other = node == shelter ? clinic : shelter;
            node.domains()
                    .peers()
                    .find(node.acting(), other.url())
                    .ifPresent(
                            it -> node.domains().peers().end(node.acting(), it.id(), Copied.KEEP));
        }
        clock.advance(Duration.ofHours(2));
        settle();
    }

    /// Both name their focal points; the shelter offers an agreement, the clinic signs it.
    public void partner() {
        nameFocalPoints(shelter);
        nameFocalPoints(clinic);
        var terms = AgreementTerms.shortest(LocalDate.now(clock).plusYears(1));
        shelter.domains()
                .agreements()
                .offer(shelter.acting(), agreementOf(shelter, clinic).id(), terms);
        settle();
        clinic.domains().agreements().sign(clinic.acting(), agreementOf(clinic, shelter).id());
        settle();
    }

    /// How one node sees the other.
    public static Peer peerOf(TestNode node, TestNode other) {
        return node.domains().peers().find(node.acting(), other.url()).orElseThrow();
    }

    /// How one organisation sees its agreement with the other.
    public static Agreement agreementOf(TestNode node, TestNode other) {
        Agreements agreements = node.domains().agreements();
        return agreements
                .find(node.acting(), node.organization().id(), other.organizationActor())
                .orElseThrow();
    }

    /// Names somebody for every duty.
    public void nameFocalPoints(TestNode node) {
        for (var duty : Duty.values()) {
            node.domains()
                    .focalPoints()
                    .replace(
                            node.acting(),
                            node.organization().id(),
                            new FocalPoint(
                                    duty,
                                    "Shift lead",
                                    "+49 30 5550100",
                                    "Mon-Fri 9-17",
                                    List.of("en", "ar"),
                                    LocalDate.now(clock)));
        }
    }

    @Override
    public void close() {
        shelter.close();
        clinic.close();
    }
}
