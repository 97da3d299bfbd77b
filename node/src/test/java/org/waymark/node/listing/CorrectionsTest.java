// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.exchange.SocialServer;
import org.waymark.node.listing.Correction.Side;
import org.waymark.node.listing.Correction.State;
import org.waymark.node.listing.Corrections.Outcome;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// "This is wrong" goes to whoever owns a listing, and the answer comes back.
class CorrectionsTest {

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;
    private static final SocialServer SOCIAL = new SocialServer(NODES.clock);
    private static final ObjectNode ACCOUNT = SOCIAL.find(SHELTER.url(), "shelter");

    @AfterAll
    static void close() {
        SOCIAL.close();
        NODES.close();
    }

    @Test
    void whatIsWrongWithACopyReachesItsOwnerAndTheAnswerComesBack() {
        var listing = add("Open kitchen", Reach.PUBLIC);
        var bo = CLINIC.person("bo@clinic.example", Role.VOLUNTEER);

        var sent =
                clinic().send(
                                TestNode.acting(bo, Purpose.DIRECTORY),
                                copyOf(listing),
                                "They <b>moved</b>");
        NODES.settle();

        assertThat(sent).isEqualTo(Outcome.DONE);
        var received = only(listing);
        assertThat(received.side()).isEqualTo(Side.RECEIVED);
        assertThat(received.said()).isEqualTo("They  moved");
        // The organisation said it, nobody in it.
        assertThat(received.other()).isEqualTo(CLINIC.organizationActor());
        assertThat(received.otherName()).isEqualTo("The Clinic");
        assertThat(clinic().send(CLINIC.acting(), copyOf(listing), "Again"))
                .isEqualTo(Outcome.ALREADY_THERE);

        var answered =
                shelter()
                        .answer(
                                SHELTER.acting(),
                                received.id(),
                                State.RESOLVED,
                                "Thank you, mended");
        NODES.settle();

        assertThat(answered).isEqualTo(Outcome.DONE);
        assertThat(shelter().answer(SHELTER.acting(), received.id(), State.DECLINED, ""))
                .isEqualTo(Outcome.ALREADY_THERE);
        var back = clinic().listAnswered(CLINIC.acting()).getFirst();
        assertThat(back.side()).isEqualTo(Side.SENT);
        assertThat(back.state()).isEqualTo(State.RESOLVED);
        assertThat(back.answer()).contains("Thank you, mended");
    }

    @Test
    void visitorsSilenceNeitherEachOtherNorStaff() {
        var listing = add("Loud kitchen", Reach.PUBLIC);
        for (int i = 0; i < 10; i++) {
            assertThat(clinic().hear(copyOf(listing), "Moved"))
                    .isInstanceOf(Corrections.Heard.Noted.class);
            assertThat(shelter().hear(listing.id(), "Moved"))
                    .isInstanceOf(Corrections.Heard.Noted.class);
        }

        assertThat(clinic().hear(copyOf(listing), "Moved"))
                .isInstanceOf(Corrections.Heard.PhoneUs.class);
        assertThat(shelter().hear(listing.id(), "Moved"))
                .isInstanceOf(Corrections.Heard.PhoneUs.class);
        assertThat(shelter().hear(add("Other kitchen", Reach.PUBLIC).id(), "Moved"))
                .isInstanceOf(Corrections.Heard.Noted.class);
        assertThat(clinic().send(CLINIC.acting(), copyOf(listing), "We checked: they moved"))
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void anOwnerMaySayThatItIsRight() {
        var listing = add("Sewing room", Reach.PUBLIC);
        clinic().send(CLINIC.acting(), copyOf(listing), "Closed on Mondays");
        NODES.settle();

        shelter().answer(SHELTER.acting(), only(listing).id(), State.DECLINED, "");
        NODES.settle();

        var back = clinic().listAnswered(CLINIC.acting()).getFirst();
        assertThat(back.state()).isEqualTo(State.DECLINED);
        assertThat(back.answer()).isEmpty();
    }

    @Test
    void nobodyAnswersForTheOwner() {
        var listing = add("Bicycle workshop", Reach.PUBLIC);
        clinic().send(CLINIC.acting(), copyOf(listing), "Wrong phone");
        NODES.settle();
        var flag = only(listing).flag();
        var accept =
                Draft.activity(
                                "Accept",
                                SOCIAL.fresh("mallory", "accept"),
                                SOCIAL.person("mallory"))
                        .set("object", flag);

        var status = SOCIAL.post("mallory", SOCIAL.find(CLINIC.url(), "clinic"), accept.document());
        NODES.settle();

        assertThat(status).isEqualTo(403);
        assertThat(clinic().listOpen(CLINIC.acting())).extracting(Correction::flag).contains(flag);
    }

    @Test
    void aStrangersReportIsATaskInPlainTextAndGetsNoAnswer() {
        var listing = add("Language tandem", Reach.PUBLIC);

        var status = report("alice", listing.uri(), "<script>x</script>Spam <a href='x'>here</a>");
        NODES.settle();

        assertThat(status).isEqualTo(202);
        var received = only(listing);
        assertThat(received.said()).isEqualTo("Spam  here");
        assertThat(received.answerable()).isFalse();
        assertThat(received.otherName()).isEqualTo(SOCIAL.person("alice").getRawAuthority());

        SOCIAL.forget();
        shelter().answer(SHELTER.acting(), received.id(), State.DECLINED, "No");
        NODES.settle();
        assertThat(SOCIAL.personal()).isEmpty();
        assertThat(SOCIAL.shared()).isEmpty();
    }

    @Test
    void whatNeverLeftCannotBeReported() {
        var hidden = add("Quiet house", Reach.SITE);

        report("bob", hidden.uri(), "Is this there?");
        NODES.settle();

        // The report of the organisation stays; the listing is not among what it names.
        assertThat(shelter().listOpen(SHELTER.acting()))
                .noneMatch(it -> it.listing().equals(Optional.of(hidden.uri())));
    }

    @Test
    void whatIsForPartnersCanBeReportedByThemAndIsNotThereForStrangers() {
        var shared = add("Quiet room", Reach.PARTNERS);

        report("carol", shared.uri(), "Is this there?");
        NODES.settle();
        assertThat(shelter().listOpen(SHELTER.acting()))
                .noneMatch(it -> it.listing().equals(Optional.of(shared.uri())));

        clinic().send(CLINIC.acting(), copyOf(shared), "The key moved");
        NODES.settle();
        assertThat(only(shared).said()).isEqualTo("The key moved");
    }

    @Test
    void whatANeighbourOnThisNodeMayNotSeeIsNotThereForIt() {
        var garden =
                SHELTER.domains()
                        .organizations()
                        .add(
                                Acting.node(),
                                "The Garden",
                                "garden",
                                Optional.empty(),
                                List.of("en"));
        var neighbour =
                Acting.node(((HostedOrganizations.Outcome.Done) garden).organization().id());
        var hidden = add("Secret house", Reach.STAFF);
        var shown = add("Open house", Reach.PUBLIC);

        assertThat(shelter().send(neighbour, hidden.id(), "Is this there?"))
                .isEqualTo(Outcome.NOT_FOUND);
        assertThat(shelter().listOpen(neighbour)).isEmpty();
        assertThat(shelter().send(neighbour, shown.id(), "Wrong door")).isEqualTo(Outcome.DONE);
    }

    @Test
    void oneHostFillsNobodysList() {
        try (var flood = new SocialServer(NODES.clock)) {
            var listing = add("Chess evening", Reach.PUBLIC);
            for (int number = 0; number < 15; number++) {
                flood.post(
                        "eve" + number, ACCOUNT, flag(flood, "eve" + number, listing.uri(), "x"));
                NODES.settle();
            }

            var host = flood.person("eve").getRawAuthority();
            assertThat(shelter().listOpen(SHELTER.acting()))
                    .filteredOn(it -> it.otherName().equals(host))
                    .hasSize(10);
        }
    }

    private static int report(String person, URI listing, String words) {
        return SOCIAL.post(person, ACCOUNT, flag(SOCIAL, person, listing, words));
    }

    /// As Mastodon reports: the account first, then what of it is meant.
    private static ObjectNode flag(SocialServer server, String person, URI listing, String words) {
        return Draft.activity("Flag", server.fresh(person, "flag"), server.person(person))
                .set(
                        "object",
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(ACCOUNT.path("id").asText())
                                .add(listing.toString()))
                .set("content", words)
                .document();
    }

    private static Corrections shelter() {
        return SHELTER.domains().corrections();
    }

    private static Corrections clinic() {
        return CLINIC.domains().corrections();
    }

    private static Correction only(Listing listing) {
        return shelter().listOpen(SHELTER.acting()).stream()
                .filter(it -> it.listing().filter(listing.uri()::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Listing add(String name, Reach reach) {
        var draft =
                org.waymark.node.listing.Draft.named(Text.of("en", name))
                        .topics(Set.of(Topic.COMMUNITY))
                        .reach(reach)
                        .build();
        var listing = SHELTER.domains().listings().add(SHELTER.acting(), draft);
        NODES.settle();
        return listing;
    }

    private static ListingId copyOf(Listing listing) {
        return CLINIC.domains()
                .listings()
                .find(CLINIC.acting(), listing.uri())
                .map(Listing::id)
                .orElseThrow();
    }
}
