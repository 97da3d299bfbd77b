// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.SocialServer;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Status;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.OrganizationClosing;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine;

/// An organisation closes for ever while a partner is away.
class CloseCommandsTest {

    @Test
    void whoClosesAsksUntilEveryPartnerHasConfirmedAndThenAnswers410() throws Exception {
        try (var nodes = TwoNodes.peered();
                var social = new SocialServer(nodes.clock)) {
            var shelter = nodes.shelter;
            social.follow("alice", social.find(shelter.url(), "shelter"));
            shelter.runDue();
            shelter.domains().followers().accept(shelter.acting(), social.person("alice"));
            var kitchen =
                    shelter.domains()
                            .listings()
                            .add(
                                    shelter.acting(),
                                    Draft.named(Text.of("en", "Open kitchen"))
                                            .topics(Set.of(Topic.COMMUNITY))
                                            .build());
            nodes.settle();
            social.forget();

            assertThat(run(nodes, "shelter").status()).isEqualTo(2);
            assertThat(status(shelter.organizationActor())).isEqualTo(200);

            nodes.clinic.stop();
            var begun = run(nodes, "shelter", "--yes");
            assertThat(begun.status()).isEqualTo(3);
            assertThat(begun.said()).contains("not confirmed").contains("The Clinic");
            shelter.runDue();
            assertThat(social.shared())
                    .anySatisfy(
                            it -> {
                                assertThat(it.path("type").asText()).isEqualTo("Delete");
                                assertThat(it.path("object").asText())
                                        .isEqualTo(shelter.organizationActor().toString());
                            });
            assertThat(status(kitchen.uri())).isEqualTo(410);
            assertThat(status(shelter.organizationActor())).isEqualTo(200);

            // Longer than anything is delivered.
            for (int week = 0; week < 4; week++) {
                nodes.clock.advance(Duration.ofDays(7));
                shelter.runDue();
            }
            nodes.clinic.startAgain();
            for (int day = 0; day < 10; day++) {
                nodes.clock.advance(Duration.ofDays(1));
                nodes.settle();
            }

            assertThat(
                            nodes.clinic
                                    .domains()
                                    .listings()
                                    .find(nodes.clinic.acting(), kitchen.uri())
                                    .orElseThrow()
                                    .name()
                                    .base())
                    .isEmpty();
            var ended = run(nodes, "shelter");
            assertThat(ended.said()).doesNotContain("not confirmed");
            assertThat(ended.status()).isZero();
            settleFor(nodes, Duration.ofMinutes(11));
            assertThat(status(shelter.organizationActor())).isEqualTo(410);
            assertThat(status(URI.create(shelter.organizationActor() + "/outbox"))).isEqualTo(410);
            assertThat(posted(URI.create(shelter.organizationActor() + "/inbox"))).isEqualTo(410);
            assertThat(status(shelter.actor())).isEqualTo(200);
            assertThat(
                            shelter.domains()
                                    .farewells()
                                    .find(Acting.node(), shelter.organization().id())
                                    .orElseThrow()
                                    .goneAt())
                    .isPresent();
        }
    }

    @Test
    void thePartnerThatReadTheActorLongAgoBelievesItsLastWord() {
        try (var nodes = TwoNodes.partnered()) {
            var shelter = nodes.shelter;
            // An actor is read again after one day.
            nodes.clock.advance(Duration.ofDays(2));

            assertThat(run(nodes, "shelter", "--yes", "--finish").status()).isZero();
            nodes.settle();

            assertThat(TwoNodes.agreementOf(nodes.clinic, shelter).state())
                    .isEqualTo(AgreementState.ENDED);
            var asked = shelter.domains().purges().list(Acting.node(shelter.organization().id()));
            nodes.clock.advance(Duration.ofDays(8));
            nodes.settle();
            assertThat(asked).isNotEmpty();
            assertThat(shelter.domains().purges().list(Acting.node(shelter.organization().id())))
                    .isEqualTo(asked);
        }
    }

    @Test
    void whoClosesBeginsNothingNew() {
        try (var nodes = TwoNodes.partnered()) {
            var shelter = nodes.shelter;
            var domains = shelter.domains();
            var here = shelter.acting();
            var kitchen = domains.listings().add(here, Draft.named(Text.of("en", "Soup")).build());
            var agreement = TwoNodes.agreementOf(shelter, nodes.clinic);
            var terms = agreement.terms().orElseThrow();
            assertThat(run(nodes, "shelter", "--yes", "--finish").status()).isZero();
            nodes.settle();

            refused(() -> domains.listings().add(here, Draft.named(Text.of("en", "New")).build()));
            refused(() -> reopen(shelter, kitchen.id()));
            refused(() -> domains.agreements().offer(here, agreement.id(), terms));
            refused(() -> domains.moves().claim(here, nodes.clinic.organizationActor()));

            var theirs = TwoNodes.agreementOf(nodes.clinic, shelter);
            nodes.clinic.domains().agreements().offer(nodes.clinic.acting(), theirs.id(), terms);
            nodes.settle();
            assertThat(TwoNodes.agreementOf(shelter, nodes.clinic).state())
                    .isEqualTo(AgreementState.ENDED);
        }
    }

    @Test
    void whoeverWasInterruptedGoesOnWithTheSameCommand() throws Exception {
        try (var nodes = TwoNodes.partnered()) {
            var shelter = nodes.shelter;
            var draft = Draft.named(Text.of("en", "Open kitchen")).build();
            var kitchen = shelter.domains().listings().add(shelter.acting(), draft);
            nodes.settle();
            // As when the power went right after this.
            shelter.database()
                    .run(
                            tx ->
                                    tx.update(
                                            "INSERT INTO organization_farewell"
                                                    + " (organization, begun_at) VALUES (?, ?)",
                                            shelter.organization().id().value(),
                                            nodes.clock.instant()));

            assertThat(run(nodes, "shelter").status()).isEqualTo(3);

            assertThat(status(kitchen.uri())).isEqualTo(410);
            assertThat(TwoNodes.agreementOf(shelter, nodes.clinic).state())
                    .isEqualTo(AgreementState.ENDED);
            nodes.settle();
            assertThat(run(nodes, "shelter").status()).isZero();
        }
    }

    private static void refused(ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOf(OrganizationClosing.class);
    }

    private static void reopen(TestNode node, ListingId id) {
        var listings = node.domains().listings();
        var closed = listings.find(node.acting(), id).orElseThrow();
        listings.replace(
                node.acting(),
                id,
                closed.version(),
                listings.edit(node.acting(), id).orElseThrow().status(Status.ACTIVE).build());
    }

    @Test
    void thePartnerThatHasNotSeenTheNewKeysBelievesTheLastWordToo() {
        try (var nodes = TwoNodes.partnered()) {
            var shelter = nodes.shelter;
            shelter.domains()
                    .keyChanges()
                    .replace(Acting.node(), Optional.of(shelter.organization().id()));

            assertThat(run(nodes, "shelter", "--yes", "--finish").status()).isZero();
            nodes.settle();

            assertThat(TwoNodes.agreementOf(nodes.clinic, shelter).state())
                    .isEqualTo(AgreementState.ENDED);
        }
    }

    @Test
    void theAddressWaitsThreeDaysForAPartnerThatIsAwayAndNoLonger() throws Exception {
        try (var nodes = TwoNodes.peered()) {
            var shelter = nodes.shelter;
            nodes.clinic.stop();
            assertThat(run(nodes, "shelter", "--yes", "--finish").status()).isZero();
            shelter.runDue();
            nodes.clock.advance(Duration.ofDays(2));
            shelter.runDue();
            assertThat(status(shelter.organizationActor())).isEqualTo(200);

            nodes.clock.advance(Duration.ofDays(2));
            shelter.runDue();
            assertThat(status(shelter.organizationActor())).isEqualTo(410);
            nodes.clinic.startAgain();
        }
    }

    @Test
    void whoIsRefusedForEverReadsWhereAndWhy() throws Exception {
        try (var nodes = TwoNodes.peered()) {
            var shelter = nodes.shelter;
            nodes.clinic
                    .domains()
                    .peers()
                    .block(
                            nodes.clinic.acting(),
                            TwoNodes.peerOf(nodes.clinic, shelter).id(),
                            Copied.KEEP);
            nodes.settle();
            assertThat(run(nodes, "shelter", "--yes", "--finish").status()).isZero();
            nodes.settle();
            assertThat(run(nodes, "shelter", "--finish").said())
                    .contains(
                            "not arrived   "
                                    + nodes.clinic.url().resolve("/inbox")
                                    + "  status-403")
                    .contains("at the latest in three days");

            nodes.clock.advance(Duration.ofDays(4));
            nodes.settle();
            nodes.clock.advance(Duration.ofDays(15));
            nodes.settle();

            assertThat(status(shelter.organizationActor())).isEqualTo(410);
            assertThat(run(nodes, "shelter", "--finish").said())
                    .contains("status-403  given up")
                    .doesNotContain("at the latest in three days");
        }
    }

    @Test
    void aNodeThatClosedIsGoneForMachinesAndStillSaysSoToPeople() throws Exception {
        try (var nodes = TwoNodes.peered()) {
            var shelter = nodes.shelter;
            var account = "acct:shelter@" + shelter.url().getAuthority();
            var machines =
                    List.of(
                            "/actor",
                            "/actor/organizations",
                            "/nodeinfo/2.1",
                            "/.well-known/nodeinfo",
                            "/.well-known/webfinger?resource=" + account,
                            "/.well-known/webfinger?resource=" + shelter.url(),
                            "/o/" + shelter.organization().id(),
                            "/o/" + shelter.organization().id() + "/outbox",
                            "/o/" + shelter.organization().id() + "/listings");
            for (var path : machines) {
                assertThat(status(shelter.url().resolve(path))).as(path).isEqualTo(200);
            }
            assertThat(closeNode(nodes).status()).isEqualTo(2);
            assertThat(closeNode(nodes, "--yes").status()).isEqualTo(3);
            settleFor(nodes, Duration.ofMinutes(11));
            assertThat(status(shelter.actor())).isEqualTo(200);

            assertThat(closeNode(nodes, "--yes").status()).isZero();
            settleFor(nodes, Duration.ofMinutes(11));
            settleFor(nodes, Duration.ofMinutes(11));

            for (var path : machines) {
                assertThat(status(shelter.url().resolve(path))).as(path).isEqualTo(410);
            }
            for (var inbox : List.of("/inbox", "/o/" + shelter.organization().id() + "/inbox")) {
                var post =
                        HttpRequest.newBuilder(shelter.url().resolve(inbox))
                                .header("Content-Type", "application/activity+json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build();
                assertThat(
                                HttpClient.newHttpClient()
                                        .send(post, BodyHandlers.discarding())
                                        .statusCode())
                        .as(inbox)
                        .isEqualTo(410);
            }
            assertThat(status(shelter.url().resolve("/en/"))).isEqualTo(200);
            assertThat(
                            nodes.clinic
                                    .domains()
                                    .peers()
                                    .find(nodes.clinic.acting(), shelter.url())
                                    .orElseThrow()
                                    .state())
                    .isEqualTo(org.waymark.node.peer.PeerState.ENDED);
        }
    }

    private static void settleFor(TwoNodes nodes, Duration duration) {
        nodes.settle();
        nodes.clock.advance(duration);
        nodes.settle();
    }

    private static Ran closeNode(TwoNodes nodes, String... arguments) {
        var command = new CloseCommands.Node();
        new CommandLine(command).parseArgs(arguments);
        var terminal = new Lines();
        var status = command.run(nodes.shelter.domains(), terminal);
        return new Ran(status, String.join("\n", terminal.lines));
    }

    private record Ran(int status, String said) {}

    private static Ran run(TwoNodes nodes, String... arguments) {
        var command = new CloseCommands.Organization();
        new CommandLine(command).parseArgs(arguments);
        var terminal = new Lines();
        var status = command.run(nodes.shelter.domains(), terminal);
        return new Ran(status, String.join("\n", terminal.lines));
    }

    private static int status(URI address) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Accept", "application/activity+json")
                        .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }

    /// As programs post that accept whatever comes.
    private static int posted(URI address) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Accept", "text/html, */*")
                        .header("Content-Type", "application/activity+json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }

    private static final class Lines implements Terminal {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void error(String text) {
            lines.add(text);
        }

        @Override
        public Path directory() {
            return Path.of("");
        }

        @Override
        public void step(String what, long done, long total) {}
    }
}
