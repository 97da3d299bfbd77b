// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.waymark.packaging.Eventually.until;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.waymark.node.Node;
import org.waymark.node.NodeSettings;
import org.waymark.node.Relay;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.Role;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementTerms;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.peer.PeerState;
import org.waymark.node.privacy.Acting;
import org.waymark.packaging.PackagedNode;

/// A shelter and a clinic that signed a partner agreement. The shelter knows the clinic's beds.
///
/// They become partners in this process, over real HTTP; then each runs as it ships, in its own.
///
/// @param beds the listing at the shelter, a copy
/// @param ownBeds the same at the clinic
/// @param shelterListings more of them, of the shelter
/// @param clinicListings more of them, of the clinic
record Partners(
        Side shelter,
        Side clinic,
        ListingId beds,
        ListingId ownBeds,
        List<ListingId> shelterListings,
        List<ListingId> clinicListings)
        implements AutoCloseable {

    private static final String NETWORKS = "127.0.0.0/8";

    static Partners start(Path scratch) {
        return start(scratch, 0);
    }

    /// @param more how many listings each side has besides
    static Partners start(Path scratch, int more) {
        var shelter = side(scratch.resolve("shelter"), "Shelter");
        var clinic = side(scratch.resolve("clinic"), "Clinic");
        var partners = partner(shelter, clinic, more);
        for (var side : List.of(shelter, clinic)) {
            side.node.environment("WAYMARK_FEDERATION_ALLOW_NETWORKS", NETWORKS).start();
            side.takeToken();
        }
        return partners;
    }

    private static Side side(Path folder, String name) {
        var relay = new Relay();
        var node = PackagedNode.behind(relay.port(), PackagedNode.IMAGE, folder, name);
        relay.passOnTo(node.port());
        return new Side(node, relay);
    }

    private static Partners partner(Side shelter, Side clinic, int more) {
        try (var ours = open(shelter);
                var theirs = open(clinic)) {
            ours.start();
            theirs.start();
            var at = ours.domains();
            var there = theirs.domains();
            var own = there.listings().add(acting(there), familyBeds());
            peer(at, there);
            sign(at, there);
            until("beds known", () -> at.listings().find(acting(at), own.uri()).isPresent());
            addPerson(shelter, at);
            addPerson(clinic, there);
            var copy = at.listings().find(acting(at), own.uri()).orElseThrow();
            return new Partners(
                    shelter, clinic, copy.id(), own.id(), add(at, more), add(there, more));
        }
    }

    private static Node open(Side side) {
        var settings =
                List.of("http.port=" + side.node.port(), "federation.allow-networks=" + NETWORKS);
        return Node.open(NodeSettings.load(Path.of(side.node.data()), Map.of(), settings));
    }

    private static void peer(Domains at, Domains there) {
        at.peers().request(acting(at), there.baseUrl().uri(), true);
        var asking = at.baseUrl().uri();
        until(
                "asked",
                () ->
                        there.peers()
                                .find(acting(there), asking)
                                .filter(it -> it.state() == PeerState.ASKED)
                                .isPresent());
        var peer = there.peers().find(acting(there), asking).orElseThrow();
        there.peers().accept(acting(there), peer.id(), List.of(), true);
        until("agreement at the shelter", () -> !agreements(at).isEmpty());
    }

    private static void sign(Domains at, Domains there) {
        nameFocalPoints(at);
        nameFocalPoints(there);
        var terms = AgreementTerms.shortest(LocalDate.now(at.clock()).plusYears(1));
        at.agreements().offer(acting(at), agreements(at).getFirst().id(), terms);
        until("terms offered", () -> agreements(there).getFirst().terms().isPresent());
        there.agreements().sign(acting(there), agreements(there).getFirst().id());
        until(
                "agreement in force",
                () -> agreements(at).getFirst().inForce(LocalDate.now(at.clock())));
    }

    private static void nameFocalPoints(Domains domains) {
        for (var duty : Duty.values()) {
            var point =
                    new FocalPoint(
                            duty,
                            "Shift lead",
                            "+49 30 23125 010",
                            "Mon-Fri 9-17",
                            List.of("en", "ar"),
                            LocalDate.now(domains.clock()));
            domains.focalPoints().replace(acting(domains), organization(domains).id(), point);
        }
    }

    private static void addPerson(Side side, Domains domains) {
        domains.accounts()
                .add(
                        Acting.node(),
                        side.email(),
                        Side.PASSWORD,
                        organization(domains).id(),
                        Set.of(Role.CASEWORKER, Role.EDITOR));
    }

    private static List<ListingId> add(Domains domains, int many) {
        return IntStream.range(0, many)
                .mapToObj(_ -> domains.listings().add(acting(domains), familyBeds()).id())
                .toList();
    }

    private static Draft familyBeds() {
        return Draft.named(Text.of("en", "Beds for families"))
                .topics(Set.of(Topic.HOUSING))
                .referralPolicy(ReferralPolicy.TAKEN)
                .build();
    }

    private static List<Agreement> agreements(Domains domains) {
        return domains.agreements().list(acting(domains), organization(domains).id());
    }

    private static HostedOrganization organization(Domains domains) {
        return domains.organizations().list().getFirst();
    }

    private static Acting acting(Domains domains) {
        return Acting.node(organization(domains).id());
    }

    /// Drafts, agrees and returns the referral's URI; it is not sent yet.
    URI agreed(Person person) {
        return agreed(person, person.consent());
    }

    /// @param consent as the API takes it
    URI agreed(Person person, String consent) {
        var draft = shelter.draft(person.wanted(beds));
        var uri = URI.create(draft.path("uri").asText());
        shelter.move(uri, "consent", consent);
        return uri;
    }

    @Override
    public void close() {
        shelter.close();
        clinic.close();
    }
}
