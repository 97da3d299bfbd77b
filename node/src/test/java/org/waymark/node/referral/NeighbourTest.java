// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// What another organisation on a partner's own server can do to what is between two others, and
/// what a partner can answer that was never asked. All of it is signed with keys that are genuine.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NeighbourTest {

    private static Partnered two;
    private static GuardedClient client;

    @BeforeAll
    static void partner() {
        two = new Partnered();
        client =
                GuardedClient.of(
                        ClientSettings.of(
                                NetworkRules.allowing(List.of("127.0.0.0/8")), "neighbour"),
                        two.nodes.clock);
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Tag("attack:take-over-same-host-accept")
    @Test
    void aNeighboursYesHasNoEffectAndTheReceiversOwnHas() {
        var referral = two.sent();
        var neighbour = neighbour(two.nodes.clinic, "clinic-neighbour-yes");
        var forged = accept(two.atShelter(referral).referral(), actor(neighbour));

        post(two.nodes.shelter, forged, neighbour);
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.SENT);

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.ACCEPTED);
    }

    @Tag("attack:take-over-same-host-undo")
    @Test
    @Order(Integer.MAX_VALUE) // it ends what the others need
    void aNeighbourEndsNoAgreementOfOthers() {
        var offer = TwoNodes.agreementOf(two.nodes.clinic, two.nodes.shelter).offer().orElseThrow();
        var neighbour = neighbour(two.nodes.shelter, "shelter-neighbour-undo");

        for (var said : List.of("Undo", "Reject")) {
            assertThat(post(two.nodes.clinic, about(said, neighbour, offer), neighbour))
                    .isEqualTo(202);
            two.settle();
            assertThat(agreementAtClinic()).isEqualTo(AgreementState.IN_FORCE);
        }

        var shelter = new Speaker(two.nodes.shelter, two.nodes.shelter.organization().id());
        post(two.nodes.clinic, about("Undo", shelter, offer), shelter);
        two.settle();
        assertThat(agreementAtClinic()).isEqualTo(AgreementState.ENDED);
    }

    @Tag("attack:accept-never-offered")
    @Test
    void aYesToWhatWasNeverAskedHasNoEffect() {
        var clinic = clinic();
        var never = two.nodes.shelter.url().resolve("/a/" + UUID.randomUUID());
        var referral = two.atShelter(two.sent()).referral();
        var toNothing = accept(referral, actor(clinic));
        toNothing.put("object", never.toString());
        var elsewhere = two.nodes.shelter.url().resolve("/r/" + UUID.randomUUID()).toString();
        toNothing.put("context", elsewhere);

        post(two.nodes.shelter, toNothing, clinic);
        post(two.nodes.shelter, about("Accept", clinic, never), clinic);
        for (var asked : List.of(Draft.of("Follow", never), offerOf(never))) {
            post(two.nodes.shelter, about("Accept", clinic, asked.json()), clinic);
        }
        two.settle();

        assertThat(two.shelter.find(two.sara, referral.id()).orElseThrow().referral().state())
                .isEqualTo(State.SENT);
        assertThat(TwoNodes.agreementOf(two.nodes.shelter, two.nodes.clinic).offer())
                .isNotEqualTo(Optional.of(never));

        // The neighbour: the same yes to what was asked.
        assertThat(post(two.nodes.shelter, accept(referral, actor(clinic)), clinic)).isEqualTo(202);
        two.settle();
        assertThat(two.shelter.find(two.sara, referral.id()).orElseThrow().referral().state())
                .isEqualTo(State.ACCEPTED);
    }

    @Test
    void aNeighbourHearsOfAnErasedCaseWhatItHearsOfOneThatNeverWas() {
        var referral = two.atShelter(two.sent()).referral();
        var neighbour = neighbour(two.nodes.clinic, "clinic-neighbour-late");
        var settings = two.nodes.shelter.settings();
        var folder = KeyFolder.open(settings.keysDirectory(), settings.data());
        new CaseKeys(folder, MasterKey.open(folder), two.nodes.clock, new SecureRandom())
                .destroy(referral.caseId(), CaseKeys.Part.CASE);

        assertThat(post(two.nodes.shelter, accept(referral, actor(neighbour)), neighbour))
                .isEqualTo(403);
        assertThat(post(two.nodes.shelter, accept(referral, actor(clinic())), clinic()))
                .isEqualTo(202);

        var never = accept(referral, actor(clinic()));
        never.put("context", two.nodes.shelter.url().resolve("/r/" + UUID.randomUUID()).toString());
        assertThat(post(two.nodes.shelter, never, clinic())).isEqualTo(403);
    }

    private record Speaker(TestNode node, OrganizationId organization) {}

    private static AgreementState agreementAtClinic() {
        return TwoNodes.agreementOf(two.nodes.clinic, two.nodes.shelter).state();
    }

    private static Speaker clinic() {
        return new Speaker(two.nodes.clinic, two.nodes.clinic.organization().id());
    }

    private static Speaker neighbour(TestNode node, String slug) {
        var added =
                node.domains()
                        .organizations()
                        .add(Acting.node(), slug, slug, Optional.empty(), List.of("en"));
        return new Speaker(node, ((HostedOrganizations.Outcome.Done) added).organization().id());
    }

    private static URI actor(Speaker speaker) {
        return speaker.node().url().resolve("/o/" + speaker.organization().value());
    }

    /// A yes as our own code would write it, well sealed to the shelter, by whoever says it.
    private static ObjectNode accept(Referral referral, URI by) {
        var key =
                TwoNodes.agreementOf(two.nodes.clinic, two.nodes.shelter)
                        .pinned()
                        .orElseThrow()
                        .key()
                        .raw();
        var to = new Message.Address.There(two.nodes.shelter.organizationActor(), key);
        var message =
                new Message(
                        referral.uri(),
                        Kind.ACCEPT,
                        Samples.come(),
                        by,
                        to,
                        referral.ownVersion() + 1,
                        referral.offer(),
                        Optional.of(by.resolve("/c/" + UUID.randomUUID())),
                        Optional.of(by.resolve("/a/" + UUID.randomUUID())));
        return ReferralActivities.write(message, Side.RECEIVER, to).json().deepCopy();
    }

    private static Draft offerOf(URI activity) {
        return Draft.of("Offer", activity).set("object", Draft.anonymous("waymark:Agreement"));
    }

    private static ObjectNode about(String verb, Speaker by, URI activity) {
        return about(verb, by, JsonNodeFactory.instance.textNode(activity.toString()));
    }

    private static ObjectNode about(String verb, Speaker by, JsonNode object) {
        var id = actor(by).resolve("/a/" + UUID.randomUUID());
        return Draft.activity(verb, id, actor(by)).set("object", object).document();
    }

    private static int post(TestNode to, ObjectNode activity, Speaker by) {
        var inbox = URI.create(to.organizationActor() + "/inbox");
        var exchange = client.post(inbox, StrictJson.write(activity), key(by));
        return ((Exchange.Answer) exchange).status();
    }

    private static SigningKey key(Speaker speaker) {
        var settings = speaker.node().settings();
        var master = MasterKey.open(KeyFolder.open(settings.keysDirectory(), settings.data()));
        var actors =
                new LocalActors(
                        speaker.node().domains().baseUrl(),
                        speaker.node().domains().organizations());
        return new ActorKeys(speaker.node().database(), master, two.nodes.clock)
                .of(actors.of(speaker.organization()))
                .rsaSigningKey();
    }
}
