// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.exchange.SocialServer;
import org.waymark.node.peer.Follower;
import org.waymark.node.peer.Follower.State;
import org.waymark.node.peer.Followers;

/// Somebody on an ordinary server follows an organisation.
class FollowersTest {

    private static final TestClock CLOCK = new TestClock();
    private static final TestNode OPEN =
            TestNode.still(CLOCK, "open", "Open Kitchen", "federation.mode=open-listings");
    private static final TestNode ASKED = TestNode.still(CLOCK, "asked", "The Shelter");
    private static final TestNode CLOSED =
            TestNode.still(CLOCK, "closed", "The Clinic", "federation.mode=closed");
    private static final SocialServer SOCIAL = new SocialServer(CLOCK);
    private static final ObjectNode KITCHEN = SOCIAL.find(OPEN.url(), "open");
    private static final ObjectNode SHELTER = SOCIAL.find(ASKED.url(), "asked");

    @BeforeEach
    void anHourLater() {
        CLOCK.advance(Duration.ofHours(30));
        OPEN.runDue();
        ASKED.runDue();
        SOCIAL.forget();
    }

    @AfterAll
    static void close() {
        SOCIAL.close();
        OPEN.close();
        ASKED.close();
        CLOSED.close();
    }

    @Test
    void whereListingsAreOpenWhoeverAsksFollowsAtOnce() {
        var status = SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();

        assertThat(status).isEqualTo(202);
        assertThat(KITCHEN.path("manuallyApprovesFollowers").asBoolean()).isFalse();
        assertThat(types(SOCIAL.personal())).containsExactly("Accept");
        assertThat(SOCIAL.personal().getFirst().at("/object/actor").asText())
                .isEqualTo(SOCIAL.person("alice").toString());
        assertThat(followersOf(KITCHEN)).isPositive();
    }

    @Test
    void otherwiseStaffDecide() {
        SOCIAL.follow("bob", SHELTER);
        SOCIAL.follow("carol", SHELTER);
        ASKED.runDue();

        assertThat(SHELTER.path("manuallyApprovesFollowers").asBoolean()).isTrue();
        assertThat(SOCIAL.personal()).isEmpty();
        assertThat(waiting())
                .extracting(Follower::handle)
                .contains("@bob@" + SOCIAL.person("bob").getRawAuthority());
        assertThat(followersOf(SHELTER)).isZero();

        assertThat(followers().accept(ASKED.acting(), SOCIAL.person("bob")))
                .isEqualTo(Followers.Outcome.DONE);
        assertThat(followers().reject(ASKED.acting(), SOCIAL.person("carol")))
                .isEqualTo(Followers.Outcome.DONE);
        ASKED.runDue();

        assertThat(types(SOCIAL.personal())).containsExactlyInAnyOrder("Accept", "Reject");
        assertThat(followersOf(SHELTER)).isEqualTo(1);
        assertThat(waiting()).isEmpty();
        assertThat(followers().reject(ASKED.acting(), SOCIAL.person("bob")))
                .isEqualTo(Followers.Outcome.DONE);
        assertThat(followersOf(SHELTER)).isZero();
    }

    @Test
    void aClosedNodeTakesNoFollow() {
        assertThat(SOCIAL.follow("alice", SOCIAL.find(CLOSED.url(), "closed"))).isEqualTo(403);
    }

    @Test
    void aListingAppearsAsAPostAndChangesAndGoes() {
        SOCIAL.follow("alice", KITCHEN);
        SOCIAL.follow("dan", KITCHEN);
        OPEN.runDue();

        var listing = add(draft("Open kitchen").build());

        // Two people of one server: it is told once.
        var create = only("Create");
        var note = create.path("object");
        assertThat(create.path("to").get(0).asText()).endsWith("#Public");
        assertThat(create.path("cc").get(0).asText()).isEqualTo(KITCHEN.path("followers").asText());
        assertThat(note.path("type").asText()).isEqualTo("Note");
        assertThat(note.path("content").asText()).contains("Open kitchen").contains("href=");
        assertThat(note.has("summary")).isFalse();

        SOCIAL.forget();
        listing = rename(listing, "Open garden");
        assertThat(only("Update").at("/object/content").asText()).contains("Open garden");

        SOCIAL.forget();
        OPEN.domains().listings().close(OPEN.acting(), listing.id());
        OPEN.runDue();
        assertThat(only("Delete").at("/object/id").asText()).isEqualTo(listing.uri().toString());
    }

    @Test
    void whatIsNotPublicIsNeverAPost() {
        SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();

        add(draft("Quiet house").reach(Reach.SITE).build());
        add(draft("For partners").reach(Reach.PARTNERS).build());
        add(draft("For staff").reach(Reach.STAFF).build());

        assertThat(SOCIAL.shared()).isEmpty();
    }

    @Test
    void whereOnlyThePhoneIsToldAPostNamesNoPlace() {
        SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();

        add(draft("Call us").place(Place.PHONE_ONLY).build());

        assertThat(only("Create").toString()).doesNotContain("Mill Lane").doesNotContain("52.5");
    }

    @Test
    void whatWasTakenBackBeforeItArrivedNeverArrives() {
        SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();
        SOCIAL.setBusy(true);
        var listing = add(draft("Corner kitchen").build());
        OPEN.domains().listings().close(OPEN.acting(), listing.id());
        OPEN.runDue();
        SOCIAL.setBusy(false);
        assertThat(SOCIAL.shared()).isEmpty();

        CLOCK.advance(Duration.ofHours(3));
        OPEN.runDue();

        assertThat(only("Delete").toString()).doesNotContain("Mill Lane");
    }

    @Test
    void aStreetThatMayNotBeToldAnyMoreDoesNotArriveLater() {
        SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();
        SOCIAL.setBusy(true);
        var listing = add(draft("Advice by phone").build());
        OPEN.domains()
                .listings()
                .replace(
                        OPEN.acting(),
                        listing.id(),
                        listing.version(),
                        Draft.of(listing).place(Place.PHONE_ONLY).build());
        OPEN.runDue();
        SOCIAL.setBusy(false);

        CLOCK.advance(Duration.ofHours(3));
        OPEN.runDue();

        assertThat(SOCIAL.shared()).isNotEmpty();
        assertThat(SOCIAL.shared().toString()).doesNotContain("Mill Lane");
    }

    @Test
    void confirmingAListingTellsFollowersNothing() {
        SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();
        var listing = add(draft("Sewing room").build());
        SOCIAL.forget();

        CLOCK.advance(Duration.ofDays(1));
        OPEN.domains().listings().confirm(OPEN.acting(), listing.id(), Checked.How.PHONE);
        OPEN.runDue();

        assertThat(SOCIAL.shared()).isEmpty();
    }

    @Test
    void manyAtOnceAreOnePost() {
        SOCIAL.follow("alice", KITCHEN);
        OPEN.runDue();

        IntStream.rangeClosed(1, 60).forEach(number -> quietly(draft("Place " + number).build()));
        OPEN.runDue();
        assertThat(SOCIAL.shared()).isEmpty();
        CLOCK.advance(Duration.ofMinutes(11));
        OPEN.runDue();

        var post = only("Create").path("object");
        assertThat(post.path("content").asText()).contains("60 listings");
        assertThat(post.path("contentMap").path("ar").asText()).contains("60");
        assertThat(SocialServer.get(URI.create(post.path("id").asText())).path("content"))
                .isEqualTo(post.path("content"));
    }

    @Test
    void whatPeopleSayAboutAPostIsTakenAndForgotten() {
        var before = rows();
        var listing = add(draft("Language tandem").build());

        assertThat(SOCIAL.say("eve", "Like", SHELTER, listing.uri())).isEqualTo(202);
        assertThat(SOCIAL.say("eve", "Announce", SHELTER, listing.uri())).isEqualTo(202);
        assertThat(SOCIAL.reply("eve", SHELTER, ASKED.url().resolve("/s/1"), "Nice"))
                .isEqualTo(202);
        assertThat(SOCIAL.reply("eve", SHELTER, URI.create("https://else.example/1"), "Spam"))
                .isEqualTo(403);

        ASKED.runDue();
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void whoCeasesToFollowOrClosesTheirAccountIsForgotten() {
        SOCIAL.follow("fay", KITCHEN);
        SOCIAL.follow("gus", KITCHEN);
        OPEN.runDue();
        var both = followersOf(KITCHEN);

        assertThat(SOCIAL.unfollow("fay", KITCHEN)).isEqualTo(202);
        OPEN.runDue();
        assertThat(followersOf(KITCHEN)).isEqualTo(both - 1);

        assertThat(SOCIAL.leave("gus", KITCHEN)).isEqualTo(202);
        OPEN.runDue();
        assertThat(followersOf(KITCHEN)).isEqualTo(both - 2);
    }

    @Test
    void theOutboxShowsThePublicPostsPageByPage() {
        var listing = add(draft("Bicycle workshop").build());
        add(draft("Hidden workshop").reach(Reach.SITE).build());

        var outbox = SocialServer.get(URI.create(KITCHEN.path("outbox").asText()));
        var page = SocialServer.get(URI.create(outbox.path("first").asText()));

        assertThat(outbox.path("totalItems").asInt()).isPositive();
        assertThat(page.path("orderedItems").get(0).path("type").asText()).isEqualTo("Create");
        assertThat(page.path("orderedItems").get(0).at("/object/id").asText())
                .isEqualTo(listing.uri().toString());
        assertThat(page.toString()).doesNotContain("Hidden workshop");
        var seen = page.path("orderedItems").size();
        while (page.has("next")) {
            page = SocialServer.get(URI.create(page.path("next").asText()));
            seen += page.path("orderedItems").size();
        }
        assertThat(seen).isEqualTo(outbox.path("totalItems").asInt());
    }

    private static ObjectNode only(String verb) {
        assertThat(types(SOCIAL.shared())).containsExactly(verb);
        return SOCIAL.shared().getFirst();
    }

    private static List<String> types(List<ObjectNode> activities) {
        return activities.stream().map(it -> it.path("type").asText()).toList();
    }

    private static int followersOf(ObjectNode account) {
        var followers = SocialServer.get(URI.create(account.path("followers").asText()));
        assertThat(StreamSupport.stream(followers.path("orderedItems").spliterator(), false))
                .isEmpty();
        return followers.path("totalItems").asInt();
    }

    private static Draft.Builder draft(String name) {
        return Draft.named(new Text("en", Map.of("en", name, "ar", "خدمة")))
                .topics(Set.of(Topic.COMMUNITY))
                .phones(List.of(Phone.of("+49 30 5550101")))
                .spots(
                        List.of(
                                new Spot(
                                        Spot.NEW,
                                        "House",
                                        List.of("Mill Lane 5"),
                                        "Lindmar",
                                        "",
                                        "10115",
                                        "DE",
                                        Optional.of(new Spot.Point(52.5, 13.4)),
                                        "",
                                        List.of())));
    }

    private static Listing quietly(Draft draft) {
        return OPEN.domains().listings().add(OPEN.acting(), draft);
    }

    private static Listing add(Draft draft) {
        var listing = quietly(draft);
        OPEN.runDue();
        return listing;
    }

    private static Listing rename(Listing listing, String name) {
        OPEN.domains()
                .listings()
                .replace(
                        OPEN.acting(),
                        listing.id(),
                        listing.version(),
                        Draft.of(listing).name(Text.of("en", name)).build());
        OPEN.runDue();
        return OPEN.domains().listings().visit(listing.id()) instanceof Listings.Visit.Shown shown
                ? shown.listing()
                : listing;
    }

    private static Followers followers() {
        return ASKED.domains().followers();
    }

    private static List<Follower> waiting() {
        return followers().list(ASKED.acting(), State.WAITING);
    }

    private static long rows() {
        return ASKED.database()
                .read(
                        tx ->
                                tx.find(
                                                "SELECT COUNT(*) AS many FROM inbox_activity",
                                                row -> row.number("many"))
                                        .orElseThrow());
    }
}
