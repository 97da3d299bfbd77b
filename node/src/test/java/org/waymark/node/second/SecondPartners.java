// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static org.waymark.node.second.SecondParty.nothing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.waymark.node.peer.Pair;

/// Our node and two servers of the other maker, one for each way to sign, as partners; and what a
/// person there is told of to begin with.
final class SecondPartners implements AutoCloseable {

    final Staff staff = new Staff();
    private final Map<Scheme, SecondParty> parties = new EnumMap<>(Scheme.class);

    SecondPartners() {
        for (var scheme : Scheme.values()) {
            var party = new SecondParty(scheme, staff.node.organizationActor());
            parties.put(scheme, party);
            peer(party);
            party.follow();
            staff.offerAgreement(party.actor());
            party.sign();
        }
        for (var party : parties.values()) {
            Staff.until(
                    "agreement in force",
                    () -> staff.agreement(party.actor()).inForce(LocalDate.now()));
            Staff.until("listing known", () -> staff.knows(party.server.listing));
        }
    }

    SecondParty party(Scheme scheme) {
        return Objects.requireNonNull(parties.get(scheme));
    }

    /// With one of them we ask, the other asks us.
    private void peer(SecondParty party) {
        var peers = staff.node.domains().peers();
        var acting = staff.node.acting();
        if (party.server.scheme == Scheme.CAVAGE) {
            peers.request(acting, party.server.base, true);
            party.acceptPeering();
        } else {
            var asking = Thread.ofVirtual().start(() -> party.askForPeering(staff.node.actor()));
            Staff.until("asked", () -> peers.find(acting, party.server.base).isPresent());
            var peer = peers.find(acting, party.server.base).orElseThrow();
            var pair = new Pair(staff.node.organization().id(), party.actor());
            peers.accept(acting, peer.id(), List.of(pair), true);
            Staff.until("accepted", () -> !asking.isAlive());
        }
    }

    /// With the least that the document asks for: what is optional is left out.
    static ObjectNode firstStep(URI listing) {
        var content =
                nothing()
                        .put("urgency", "three_days")
                        .put("respondBy", Instant.now().plus(Duration.ofDays(3)).toString())
                        .put("caseCode", UUID.randomUUID().toString());
        content.putObject("need")
                .put("service", listing.toString())
                .put("serviceName", "Beds for families")
                .put("topic", "housing")
                .put("reason", "needs a bed")
                .put("alreadyGiven", "");
        var fit = content.putObject("fit").put("adults", 1).put("children", 0).put("area", "");
        fit.putArray("wishes");
        fit.putArray("accessNeeds");
        content.putObject("consent")
                .put("basis", "consent")
                .put("until", LocalDate.now().plusMonths(6).toString())
                .put("outcomeBack", true)
                .putArray("items")
                .add("need")
                .add("fit")
                .add("contact");
        return content;
    }

    static ObjectNode contact() {
        return nothing()
                .put("preferredName", "Miriam")
                .put("channel", "call")
                .put("address", "+49 30 5550166")
                .put("phoneOwner", "own")
                .put("language", "ar")
                .put("ifAnotherAnswers", "")
                .put("safeTimes", "");
    }

    @Override
    public void close() {
        parties.values().forEach(SecondParty::close);
        staff.close();
    }
}
