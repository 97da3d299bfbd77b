// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.listing.HandOver.State;
import org.waymark.node.listing.HandOvers.Outcome;
import org.waymark.node.privacy.Acting;

/// A shelter hands listings to a clinic on another node, and to a kitchen on its own. A library has
/// copies of all of them.
class HandOverTest {

    private static final TestClock CLOCK = new TestClock();
    private static TestNode shelter;
    private static TestNode clinic;
    private static TestNode library;
    private static Acting kitchen;

    @BeforeAll
    static void open() {
        shelter = TestNode.still(CLOCK, "shelter", "The Shelter");
        clinic = TestNode.still(CLOCK, "clinic", "The Clinic");
        library = TestNode.still(CLOCK, "library", "The Library");
        var added =
                shelter.domains()
                        .organizations()
                        .add(Acting.node(), "The Kitchen", "kitchen", Optional.empty(), List.of());
        kitchen = Acting.node(((HostedOrganizations.Outcome.Done) added).organization().id());
        peer(shelter, clinic);
        peer(shelter, library);
        peer(clinic, library);
        settle();
    }

    private static void peer(TestNode one, TestNode other) {
        one.domains().peers().request(one.acting(), other.url(), true);
        settle();
        var asked = other.domains().peers().find(other.acting(), one.url()).orElseThrow();
        other.domains().peers().accept(other.acting(), asked.id(), List.of(), true);
        settle();
    }

    private static void settle() {
        while (shelter.runDue() + clinic.runDue() + library.runDue() > 0) {
            continue;
        }
    }

    @AfterAll
    static void close() {
        shelter.close();
        clinic.close();
        library.close();
    }

    @Test
    void aListingPassesToAPartnerAndItsCopiesGoAlongWithoutDoubling() {
        var listing = add("Dentist on Monday");
        settle();
        var atLibrary = copy(library, listing.uri()).orElseThrow();
        var atClinic = copy(clinic, listing.uri()).orElseThrow();

        assertThat(shelter.domains().handOvers().successors(shelter.acting()))
                .extracting(HandOvers.Successor::name)
                .contains("The Clinic", "The Kitchen", "The Library");
        assertThat(offer(listing)).isEqualTo(Outcome.DONE);
        settle();
        assertThat(page(shelter, listing.id()).statusCode()).isEqualTo(200);
        assertThat(offer(listing)).isEqualTo(Outcome.ALREADY_THERE);
        var offered = open(clinic);
        assertThat(offered.name()).isEqualTo("Dentist on Monday");

        assertThat(clinic.domains().handOvers().accept(clinic.acting(), offered.id()))
                .isEqualTo(Outcome.DONE);
        settle();

        // At the clinic it is its own, at the address it had there, with its place.
        var own = clinic.domains().listings().find(clinic.acting(), atClinic.id()).orElseThrow();
        assertThat(own.isCopy()).isFalse();
        assertThat(own.provider().name()).isEqualTo("The Clinic");
        assertThat(own.spots().getFirst().street()).containsExactly("Harbour Street 5");
        assertThat(own.topics()).containsExactly(Topic.HEALTH);
        assertThat(clinic.domains().listings().edit(clinic.acting(), own.id())).isPresent();
        assertThat(names(clinic, "dentist on monday")).hasSize(1);

        // The old address is gone for machines and leads people on.
        assertThat(machine(listing.uri()).statusCode()).isEqualTo(410);
        var old = page(shelter, listing.id());
        assertThat(old.statusCode()).isEqualTo(301);
        var copied = copy(shelter, own.uri()).orElseThrow();
        assertThat(old.headers().firstValue("Location").orElseThrow())
                .endsWith("/en/s/" + copied.id());
        assertThat(names(shelter, "dentist on monday")).hasSize(1);

        // A partner of both has one copy, at the address it had there.
        var followed = copy(library, own.uri()).orElseThrow();
        assertThat(followed.id()).isEqualTo(atLibrary.id());
        assertThat(((Origin.Copy) followed.origin()).partner()).isEqualTo("The Clinic");
        assertThat(names(library, "dentist on monday")).hasSize(1);
        assertThat(machine(own.uri()).body()).contains(clinic.organizationActor().toString());

        // The new owner changes it, and comparing finds nothing to mend.
        rename(clinic, own, "Dentist on Tuesday");
        settle();
        CLOCK.advance(Duration.ofHours(26));
        settle();
        assertThat(names(library, "dentist")).containsExactly("dentist on tuesday");
        assertThat(names(clinic, "dentist")).containsExactly("dentist on tuesday");
        assertThat(names(shelter, "dentist")).containsExactly("dentist on tuesday");
    }

    @Test
    void aListingPassesToANeighbourWithAllThatStaffKnow() {
        var listing = add("Tea table", Reach.SITE, Place.PHONE_ONLY);
        settle();

        var to = URI.create(shelter.url() + "/o/" + kitchen.organization());
        var handOvers = shelter.domains().handOvers();
        assertThat(handOvers.offer(shelter.acting(), listing.id(), to)).isEqualTo(Outcome.DONE);
        var offered = open(shelter, kitchen);
        assertThat(offered.otherName()).isEqualTo("The Shelter");
        assertThat(handOvers.accept(kitchen, offered.id())).isEqualTo(Outcome.DONE);
        settle();

        var own = shelter.domains().listings().list(kitchen, "tea table", 10).getFirst();
        assertThat(own.reach()).isEqualTo(Reach.SITE);
        assertThat(own.place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(own.spots()).isEmpty();
        assertThat(
                        shelter.domains()
                                .listings()
                                .edit(kitchen, own.id())
                                .orElseThrow()
                                .build()
                                .spots()
                                .getFirst()
                                .street())
                .containsExactly("Harbour Street 5");
        assertThat(page(shelter, listing.id()).headers().firstValue("Location").orElseThrow())
                .endsWith("/en/s/" + own.id());
        assertThat(machine(listing.uri()).statusCode()).isEqualTo(404);
        assertThat(copy(library, own.uri())).isEmpty();
        // Partners never heard of it, so they hear nothing of its way either.
        assertThat(moves(listing)).isEmpty();
    }

    @Test
    void whatIsForPartnersMovesBeforePartnersOnly() {
        var listing = add("Night shelter", Reach.PARTNERS, Place.PHONE_ONLY);
        settle();
        var handOvers = shelter.domains().handOvers();
        var to = URI.create(shelter.url() + "/o/" + kitchen.organization());
        assertThat(handOvers.offer(shelter.acting(), listing.id(), to)).isEqualTo(Outcome.DONE);
        assertThat(handOvers.accept(kitchen, open(shelter, kitchen).id())).isEqualTo(Outcome.DONE);

        // One for each of the two, so that neither reads who else is told.
        assertThat(moves(listing)).hasSize(2);
        for (var move : moves(listing)) {
            assertThat(machine(move).statusCode()).isEqualTo(404);
        }
        settle();
    }

    /// The shelter's activities that say where a listing went.
    private static List<URI> moves(Listing listing) {
        return shelter.database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT activity FROM outbox_activity WHERE type = 'Move'"
                                                + " AND object = ?",
                                        row -> row.uri("activity"),
                                        listing.uri()));
    }

    @Test
    void anOfferIsTakenBackOrDeclinedAndNothingChanges() {
        var first = add("Sewing room");
        var second = add("Bicycle repair");
        settle();
        offer(first);
        settle();
        var asked = open(clinic);
        var given = shelter.domains().handOvers().list(shelter.acting()).getFirst();
        assertThat(shelter.domains().handOvers().takeBack(shelter.acting(), given.id()))
                .isEqualTo(Outcome.DONE);
        settle();
        assertThat(state(clinic, asked.id())).isEqualTo(State.TAKEN_BACK);
        assertThat(clinic.domains().handOvers().accept(clinic.acting(), asked.id()))
                .isEqualTo(Outcome.ALREADY_THERE);

        offer(second);
        settle();
        var other = open(clinic);
        assertThat(clinic.domains().handOvers().decline(clinic.acting(), other.id()))
                .isEqualTo(Outcome.DONE);
        settle();
        assertThat(shelter.domains().handOvers().list(shelter.acting()))
                .filteredOn(it -> it.name().equals("Bicycle repair"))
                .extracting(HandOver::state)
                .containsExactly(State.DECLINED);
        assertThat(page(shelter, second.id()).statusCode()).isEqualTo(200);
        assertThat(copy(clinic, second.uri())).isPresent();
    }

    @Test
    void anAnswerThatCrossesTheTakingBackCounts() {
        var listing = add("Crossing");
        var given = takenBackAndTaken(listing);
        settle();

        assertThat(state(shelter, given.id())).isEqualTo(State.ACCEPTED);
        assertThat(page(shelter, listing.id()).statusCode()).isEqualTo(301);
    }

    @Test
    void anAnswerDaysAfterTheTakingBackIsRefusedAndWhoGaveItIsTold() {
        var listing = add("Slow letter");
        var given = takenBackAndTaken(listing);
        CLOCK.advance(Duration.ofDays(4));
        settle();

        assertThat(state(shelter, given.id())).isEqualTo(State.TAKEN_BACK);
        assertThat(clinic.domains().handOvers().list(clinic.acting()))
                .filteredOn(it -> it.listing().equals(listing.uri()))
                .extracting(HandOver::state)
                .containsExactly(State.TOO_LATE);
        assertThat(page(shelter, listing.id()).statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerAboutWhatWasTakenBackAndMayNotGoAnyMoreIsRefused() {
        var listing = add("Hidden house");
        var given = takenBackAndTaken(listing);
        var listings = shelter.domains().listings();
        listings.replace(
                shelter.acting(),
                listing.id(),
                listings.find(shelter.acting(), listing.id()).orElseThrow().version(),
                listings.edit(shelter.acting(), listing.id())
                        .orElseThrow()
                        .reach(Reach.SITE)
                        .build());
        settle();

        assertThat(state(shelter, given.id())).isEqualTo(State.TAKEN_BACK);
        assertThat(page(shelter, listing.id()).statusCode()).isEqualTo(200);
    }

    /// The shelter takes an offer back and the clinic takes it; neither has heard of the other.
    private static HandOver takenBackAndTaken(Listing listing) {
        settle();
        offer(listing);
        settle();
        var given = open(shelter);
        var asked = open(clinic);
        assertThat(shelter.domains().handOvers().takeBack(shelter.acting(), given.id()))
                .isEqualTo(Outcome.DONE);
        assertThat(clinic.domains().handOvers().accept(clinic.acting(), asked.id()))
                .isEqualTo(Outcome.DONE);
        return given;
    }

    @Test
    void whatPartnersDoNotSeeIsNotHandedToThem() {
        var quiet = add("Quiet house", Reach.SITE, Place.EXACT);

        assertThat(offer(quiet)).isEqualTo(Outcome.NOT_SHOWN);
    }

    @Test
    void aMoveWithoutBothSignaturesIsRefusedAndWithThemTakenTwiceIsTakenOnce() {
        var listing = add("Choir");
        settle();
        offer(listing);
        settle();
        var offered = open(clinic);
        clinic.domains().handOvers().accept(clinic.acting(), offered.id());
        var taken = clinic.domains().handOvers().find(clinic.acting(), offered.id()).orElseThrow();
        var given = taken.given().json();
        var answer = taken.taken().orElseThrow().json();

        // The library hears of it by nobody yet.
        var forged =
                answer.deepCopy()
                        .put("waymark:newListing", clinic.url() + "/s/" + UUID.randomUUID());
        assertThat(move(given, forged)).isEqualTo(new Result.Refused("proof-wrong"));
        var unsigned = answer.deepCopy();
        unsigned.remove("proof");
        assertThat(move(given, unsigned)).isEqualTo(new Result.Refused("proof-missing"));
        var others = answer.deepCopy().put("attributedTo", library.organizationActor().toString());
        assertThat(move(given, others)).isEqualTo(new Result.Refused("hand-over-not-readable"));
        var elsewhere = given.deepCopy().put("waymark:successor", "https://evil.example/o/1");
        assertThat(move(elsewhere, answer)).isEqualTo(new Result.Refused("hand-over-not-readable"));
        assertThat(copy(library, listing.uri())).isPresent();

        assertThat(move(given, answer)).isEqualTo(new Result.Done());
        var followed = copy(library, taken.taken().orElseThrow().newListing()).orElseThrow().id();
        assertThat(move(given, answer)).isEqualTo(new Result.Done());
        assertThat(copy(library, taken.taken().orElseThrow().newListing()))
                .map(Listing::id)
                .contains(followed);
        settle();
        assertThat(names(library, "choir")).hasSize(1);
    }

    /// What the library makes of a `Move` by the shelter.
    private static Result move(ObjectNode given, ObjectNode taken) {
        var json = given.objectNode();
        json.set("@context", Contexts.sent());
        json.put("type", "Move");
        json.put("id", shelter.url() + "/a/" + UUID.randomUUID());
        json.put("actor", shelter.organizationActor().toString());
        json.put("object", given.path("waymark:listing").asText());
        json.put("target", taken.path("waymark:newListing").asText());
        json.putArray("to").add(Contexts.PUBLIC.toString());
        json.putArray("waymark:handOver").add(given).add(taken);
        var activity = Activity.read(json).orElseThrow();
        return library.handedOver()
                .moved(
                        new ReceivedActivity(
                                activity,
                                "",
                                Optional.of(library.organization().id()),
                                CLOCK.instant()));
    }

    private static Listing add(String name) {
        return add(name, Reach.PUBLIC, Place.EXACT);
    }

    private static Listing add(String name, Reach reach, Place place) {
        return shelter.domains()
                .listings()
                .add(
                        shelter.acting(),
                        Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.HEALTH))
                                .phones(List.of(Phone.of("+49 30 5550101")))
                                .spots(
                                        List.of(
                                                Spot.at(
                                                        "Harbour Street 5",
                                                        "10115",
                                                        "Lindmar",
                                                        "DE")))
                                .reach(reach)
                                .place(place)
                                .build());
    }

    private static Outcome offer(Listing listing) {
        return shelter.domains()
                .handOvers()
                .offer(shelter.acting(), listing.id(), clinic.organizationActor());
    }

    private static HandOver open(TestNode node) {
        return open(node, node.acting());
    }

    private static HandOver open(TestNode node, Acting acting) {
        return node.domains().handOvers().list(acting).stream()
                .filter(it -> it.state() == State.OFFERED)
                .findFirst()
                .orElseThrow();
    }

    private static State state(TestNode node, UUID id) {
        return node.domains().handOvers().find(node.acting(), id).orElseThrow().state();
    }

    private static void rename(TestNode node, Listing listing, String name) {
        var listings = node.domains().listings();
        listings.replace(
                node.acting(),
                listing.id(),
                listings.find(node.acting(), listing.id()).orElseThrow().version(),
                listings.edit(node.acting(), listing.id())
                        .orElseThrow()
                        .name(Text.of("en", name))
                        .build());
    }

    private static Optional<Listing> copy(TestNode node, URI listing) {
        return node.database()
                .read(tx -> ListingTable.findByUri(tx, listing))
                .filter(row -> !row.foldedName().isEmpty())
                .map(Profile::read)
                .filter(it -> Exposure.allows(Way.PAGE, it));
    }

    /// What visitors of a node find, by name.
    private static List<String> names(TestNode node, String part) {
        return node.database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT folded_name FROM listing WHERE folded_name LIKE ?"
                                                + " AND status = 'ACTIVE'"
                                                + " AND review = 'PUBLISHED'",
                                        row -> row.text("folded_name"),
                                        part + "%"));
    }

    private static HttpResponse<String> page(TestNode node, ListingId id) {
        return get(node.url().resolve("/en/s/" + id), "text/html");
    }

    private static HttpResponse<String> machine(URI address) {
        return get(address, "application/activity+json");
    }

    private static HttpResponse<String> get(URI address, String accept) {
        try {
            var request = HttpRequest.newBuilder(address).header("Accept", accept).build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
