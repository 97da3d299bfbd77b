// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Note;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.ListingCopies.Taken;

class ListingCopiesTest {

    private static final URI CLINIC = URI.create("https://clinic.example/o/1");
    private static final URI NEIGHBOUR = URI.create("https://clinic.example/o/2");
    private static final URI STRANGER = URI.create("https://stranger.example/o/1");
    private static final URI LISTING = URI.create("https://clinic.example/s/1");

    private boolean isWanted = true;
    private final Desk desk = new Desk(Databases.inMemory());
    private final ListingCopies copies =
            new ListingCopies(
                    desk.listings.directory(),
                    (_, _) -> isWanted,
                    Clock.systemUTC(),
                    UUID::randomUUID);

    @AfterEach
    void close() {
        desk.close();
    }

    @Tag("attack:create-over-existing")
    @Test
    void onlyAHigherVersionApplies() {
        assertThat(take(CLINIC, note(5, "First"))).isInstanceOf(Taken.Applied.class);

        assertThat(take(CLINIC, note(5, "Again"))).isInstanceOf(Taken.Known.class);
        assertThat(take(CLINIC, note(4, "Late"))).isInstanceOf(Taken.Known.class);
        assertThat(copy().name().base()).isEqualTo("First");

        assertThat(take(CLINIC, note(6, "Second"))).isInstanceOf(Taken.Applied.class);
        assertThat(copy().name().base()).isEqualTo("Second");
    }

    @Test
    void aDeleteThatOvertakesTheCreateWins() {
        assertThat(takeAway(CLINIC, 7)).isInstanceOf(Taken.Applied.class);

        assertThat(take(CLINIC, note(6, "Late"))).isInstanceOf(Taken.Known.class);
        assertThat(takeAway(CLINIC, 7)).isInstanceOf(Taken.Known.class);
        assertThat(copy().isClosed()).isTrue();
    }

    @Test
    void nothingIsLeftOfWhatWasCalledBack() {
        take(CLINIC, note(5, "Secret house"));

        takeAway(CLINIC, 6);

        var row = desk.database.read(tx -> ListingTable.findByUri(tx, LISTING)).orElseThrow();
        assertThat(row.document()).isEqualTo("{}");
        assertThat(row.foldedName()).isEmpty();
    }

    @Tag("attack:take-over-same-host-update")
    @Tag("attack:take-over-same-host-delete")
    @Test
    void onlyTheOwnerChangesAListing() {
        take(CLINIC, note(5, "First"));

        assertThat(take(STRANGER, note(6, "Forged"))).isInstanceOf(Taken.Refused.class);
        assertThat(take(NEIGHBOUR, note(6, "Forged"))).isInstanceOf(Taken.Refused.class);
        var ofNeighbour = note(6, "Forged");
        ofNeighbour.put("attributedTo", NEIGHBOUR.toString());
        assertThat(take(NEIGHBOUR, ofNeighbour)).isInstanceOf(Taken.Refused.class);
        assertThat(takeAway(STRANGER, 6)).isInstanceOf(Taken.Refused.class);
        assertThat(takeAway(NEIGHBOUR, 6)).isInstanceOf(Taken.Refused.class);
        assertThat(copy().name().base()).isEqualTo("First");
    }

    @Test
    void whatIsHiddenBecauseNobodyWantsItAnyMoreStaysHiddenHoweverItComes() {
        take(CLINIC, note(5, "First"));
        isWanted = false;
        desk.database.run(tx -> copies.hide(tx, CLINIC));
        var asked = Optional.of(-1L);

        assertThat(take(CLINIC, note(6, "Second")))
                .isEqualTo(new Taken.Refused("copies-not-wanted"));
        var again = new Note(note(5, "First"));
        assertThat(
                        desk.database.<Taken>write(
                                tx -> copies.correct(tx, CLINIC, "Clinic", again, asked)))
                .isEqualTo(new Taken.Refused("copies-not-wanted"));
        assertThat(desk.database.<Boolean>read(tx -> copies.isShown(tx, LISTING))).isFalse();
    }

    @Tag("attack:create-over-existing")
    @Test
    void anOwnListingIsNeverTakenForACopy() {
        var own = desk.listings.add(desk.amal, Draft.named(Text.of("en", "Ours")).build());
        var note = note(Long.MAX_VALUE, "Theirs");
        note.put("id", own.uri().toString());

        assertThat(take(CLINIC, note)).isInstanceOf(Taken.Refused.class);
        note.put("attributedTo", "https://shelter.example/o/9");
        assertThat(take(URI.create("https://shelter.example/o/9"), note))
                .isInstanceOf(Taken.Refused.class);
    }

    @Test
    void aProviderIdOfAPartnerIsNotAProviderHere() {
        var note = note(5, "Advice");
        service(note).put("organization_id", desk.publisher.value().toString());

        take(CLINIC, note);

        assertThat(copy().provider().id()).isNotEqualTo(desk.publisher.value());
        assertThat(desk.listings.listOf(Way.PAGE, desk.publisher.value())).isEmpty();
    }

    @Test
    void markupBecomesWords() {
        var note = note(5, "<b>Advice</b><script>alert(1)</script>");
        service(note)
                .put("description", "Come <a href=\"javascript:x\">in</a> &amp; sit\u202Edown")
                .put("url", "javascript:alert(1)")
                .put("held", "secret");

        take(CLINIC, note);

        assertThat(copy().name().base()).isEqualTo("Advice");
        assertThat(copy().description().base()).isEqualTo("Come  in & sitdown");
        assertThat(copy().website()).isEmpty();
        var row = desk.database.read(tx -> ListingTable.findByUri(tx, LISTING)).orElseThrow();
        assertThat(row.document()).doesNotContain("secret").doesNotContain("<");
    }

    @Test
    void aCopyShowsNoMoreThanItsOwnerDoes() {
        take(CLINIC, ruled(1, "help", "site", "exact", true));
        assertThat(copy().reach()).isEqualTo(Reach.PARTNERS);

        take(CLINIC, ruled(2, "help", "public", "exact", false));
        assertThat(copy().reach()).isEqualTo(Reach.PARTNERS);

        take(CLINIC, ruled(3, "help", "public", "phone_only", true));
        assertThat(copy().reach()).isEqualTo(Reach.PUBLIC);
        assertThat(copy().spots()).isEmpty();

        take(CLINIC, ruled(4, "help", "public", "area", true));
        assertThat(copy().spots()).allMatch(spot -> spot.street().isEmpty());
        assertThat(copy().spots()).allMatch(spot -> spot.point().isEmpty());

        take(CLINIC, ruled(5, "enforcement", "public", "exact", true));
        assertThat(Exposure.allows(Way.SEARCH, copy())).isFalse();
    }

    @Test
    void aProgramThatKnowsNothingOfOurRulesIsReadWithCare() {
        var note = note(5, "Shelter for battered women");
        withPlace(service(note));

        take(CLINIC, note);

        assertThat(copy().reach()).isEqualTo(Reach.SITE);
        assertThat(copy().place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(copy().spots()).isEmpty();
    }

    @Test
    void aCopyNeverLeaves() {
        take(CLINIC, ruled(1, "help", "public", "exact", true));

        for (var way : new Way[] {Way.HSDS, Way.EXPORT, Way.OUTBOX, Way.PARTNER_OUTBOX}) {
            assertThat(Exposure.allows(way, copy())).isFalse();
        }
        assertThat(Exposure.allows(Way.PAGE, copy())).isTrue();
        assertThat(Exposure.allows(Way.SEARCH, copy())).isTrue();
    }

    private Taken take(URI actor, ObjectNode note) {
        return desk.database.write(
                tx -> copies.take(tx, actor, "The Clinic", new Note(note.deepCopy())));
    }

    private Taken takeAway(URI actor, long version) {
        return desk.database.write(tx -> copies.takeAway(tx, actor, LISTING, version));
    }

    private Listing copy() {
        return desk.database
                .read(tx -> ListingTable.findByUri(tx, LISTING))
                .map(Profile::read)
                .orElseThrow();
    }

    private static ObjectNode note(long version, String name) {
        var note = Document.object();
        note.put("type", "Note")
                .put("id", LISTING.toString())
                .put("attributedTo", CLINIC.toString())
                .put("waymark:version", version);
        note.putArray("to").add(Contexts.PUBLIC.toString());
        note.putObject("hsdsService").put("name", name).put("status", "active");
        return note;
    }

    private static ObjectNode ruled(
            long version, String kind, String reach, String place, boolean forAll) {
        var note = note(version, "Advice");
        withPlace(service(note)).put("kind", kind).put("reach", reach).put("place", place);
        if (!forAll) {
            note.putArray("to").add("https://shelter.example/o/9");
        }
        return note;
    }

    private static ObjectNode service(ObjectNode note) {
        return (ObjectNode) note.path("hsdsService");
    }

    private static ObjectNode withPlace(ObjectNode service) {
        var location = service.putArray("service_at_locations").addObject().putObject("location");
        location.put("name", "House").put("latitude", 52.5).put("longitude", 13.4);
        location.putArray("addresses")
                .addObject()
                .put("address_1", "Harbour Street 5")
                .put("city", "Lindmar");
        return service;
    }
}
