// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.SocialServer;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Origin;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.Moves.Outcome;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// The shelter goes to another node, and the clinic goes after it.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MovesTest {

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode OLD = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;
    private static final TestNode NEW = TestNode.still(NODES.clock, "newhome", "The Shelter");

    @AfterAll
    static void close() {
        NEW.close();
        NODES.close();
    }

    @Test
    @Order(1)
    void nobodyMovesWhereTheNewActorDoesNotNameTheOldOne() {
        var outcome = OLD.domains().moves().move(OLD.acting(), NEW.organizationActor());

        assertThat(outcome).isEqualTo(Outcome.NOT_CONFIRMED);
    }

    @Test
    @Order(2)
    void aMoveThatTheOldActorDoesNotShowIsRefused() {
        assertThat(taken(move(OLD.organizationActor(), OLD.organizationActor())))
                .isEqualTo(new Result.Refused("move-not-confirmed"));
    }

    @Test
    @Order(3)
    @Tag("attack:move-without-back-reference")
    void aMoveWithoutBackReferenceIsRefused() {
        OLD.database()
                .run(
                        tx ->
                                MoveTable.setTarget(
                                        tx,
                                        OLD.organization().id(),
                                        NEW.organizationActor(),
                                        NODES.clock.instant()));

        assertThat(taken(move(OLD.organizationActor(), OLD.organizationActor())))
                .isEqualTo(new Result.Refused("move-without-back-reference"));
        assertThat(CLINIC.domains().moves().list(CLINIC.acting())).isEmpty();
        OLD.database().run(tx -> tx.update("DELETE FROM organization_move"));
    }

    @Test
    @Order(4)
    void nobodyMovesSomebodyElse() {
        assertThat(taken(move(OLD.organizationActor(), OLD.actor())))
                .isEqualTo(new Result.Refused("move-of-another"));
    }

    @Test
    @Order(5)
    void whereTwoMayDecideBothMustWishIt() {
        assertThat(NEW.domains().moves().claim(NEW.acting(), OLD.organizationActor()))
                .isEqualTo(Outcome.DONE);
        var amal = manager("amal@shelter.example");
        var noor = manager("noor@shelter.example");

        for (int twice = 0; twice < 2; twice++) {
            assertThat(moved(amal)).isEqualTo(Outcome.WISHED);
        }
        assertThat(OLD.domains().moves().findWish(noor).orElseThrow().target())
                .isEqualTo(NEW.organizationActor());
        assertThat(OLD.domains().moves().dropWish(noor)).isTrue();
        assertThat(moved(noor)).isEqualTo(Outcome.WISHED);
        NODES.clock.advance(Duration.ofDays(8));
        assertThat(moved(amal)).isEqualTo(Outcome.WISHED);
        // Who has left does not count.
        OLD.domains()
                .accounts()
                .takeRoles(
                        Acting.node(),
                        "amal@shelter.example",
                        OLD.organization().id(),
                        Set.of(Role.MANAGER));
        assertThat(moved(noor)).isEqualTo(Outcome.WISHED);
        assertThat(OLD.domains().moves().target(OLD.acting())).isEmpty();
    }

    private static Acting manager(String email) {
        return TestNode.acting(OLD.person(email, Role.MANAGER), Purpose.PARTNERSHIP);
    }

    private static Outcome moved(Acting acting) {
        return OLD.domains().moves().move(acting, NEW.organizationActor());
    }

    @Test
    @Order(6)
    void whoHearsOfAMoveToAStrangerWaitsForThePeering() {
        var kitchen = add(OLD, "Open kitchen");
        settle();

        assertThat(moved(manager("eva@shelter.example"))).isEqualTo(Outcome.DONE);
        assertThat(OLD.domains().moves().findWish(OLD.acting())).isEmpty();
        assertThat(OLD.domains().moves().move(OLD.acting(), NEW.organizationActor()))
                .isEqualTo(Outcome.ALREADY_THERE);
        settle();

        assertThat(member(OLD, "movedTo")).isEqualTo(NEW.organizationActor().toString());
        assertThat(member(NEW, "alsoKnownAs")).contains(OLD.organizationActor().toString());
        var seen = CLINIC.domains().moves().list(CLINIC.acting()).getFirst();
        assertThat(seen.target()).isEqualTo(NEW.organizationActor());
        assertThat(seen.followedAt()).isEmpty();
        assertThat(CLINIC.domains().moves().follow(CLINIC.acting(), OLD.organizationActor()))
                .isEqualTo(Outcome.NO_PEER);
        assertThat(copy(kitchen)).isPresent();
    }

    @Test
    @Order(7)
    void agreementsAndCopiesGoWithIt() {
        var kitchen = add(OLD, "Old kitchen");
        var garden = add(NEW, "New garden");
        settle();
        NEW.domains().peers().request(NEW.acting(), CLINIC.url(), false);
        settle();
        var asking = CLINIC.domains().peers().find(CLINIC.acting(), NEW.url()).orElseThrow();
        CLINIC.domains().peers().accept(CLINIC.acting(), asking.id(), List.of(), false);
        settle();
        assertThat(copy(garden)).isEmpty();

        var followed = CLINIC.domains().moves().follow(CLINIC.acting(), OLD.organizationActor());
        settle();

        assertThat(followed).isEqualTo(Outcome.DONE);
        assertThat(agreement(NEW).orElseThrow().copies()).isEqualTo(Copies.ON);
        assertThat(agreement(OLD).orElseThrow().copies()).isEqualTo(Copies.OFF);
        assertThat(copy(garden)).isPresent();
        // Until its old home deletes it, the old copy says that nobody keeps it up.
        assertThat(((Origin.Copy) copy(kitchen).orElseThrow().origin()).leftAt()).isPresent();
    }

    private static Result taken(Activity move) {
        return CLINIC.domains()
                .moves()
                .moved(new ReceivedActivity(move, "", Optional.empty(), NODES.clock.instant()));
    }

    private static Activity move(URI actor, URI object) {
        var id = actor.resolve("/a/" + UUID.randomUUID());
        return Activity.read(
                        Draft.activity("Move", id, actor)
                                .set("object", object)
                                .set("target", NEW.organizationActor())
                                .document())
                .orElseThrow();
    }

    private static String member(TestNode node, String member) {
        var actor = SocialServer.get(node.organizationActor());
        return actor.path(member).isArray()
                ? actor.path(member).toString()
                : actor.path(member).asText();
    }

    private static Optional<Agreement> agreement(TestNode with) {
        return CLINIC.domains()
                .agreements()
                .find(CLINIC.acting(), CLINIC.organization().id(), with.organizationActor());
    }

    private static Listing add(TestNode node, String name) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        org.waymark.node.listing.Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.COMMUNITY))
                                .build());
    }

    private static Optional<Listing> copy(Listing original) {
        return CLINIC.domains().listings().find(CLINIC.acting(), original.uri());
    }

    private static void settle() {
        NODES.clock.advance(Duration.ofSeconds(10));
        while (OLD.runDue() + CLINIC.runDue() + NEW.runDue() > 0) {
            continue;
        }
    }
}
