// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.node.Relay;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;

/// Copies that went wrong become what their owner has, and no more is read than differs.
class ListingComparisonTest {

    private static final Pattern BUCKET = Pattern.compile("GET (/o/\\S+bucket=\\S+) HTTP");

    private static Relay shelterDoor;
    private static Relay clinicDoor;
    private static TwoNodes nodes;
    private static TestNode shelter;
    private static TestNode clinic;
    private static List<Listing> listings;

    @BeforeAll
    static void share() {
        shelterDoor = new Relay();
        clinicDoor = new Relay();
        nodes = TwoNodes.behind(shelterDoor, clinicDoor);
        shelter = nodes.shelter;
        clinic = nodes.clinic;
        listings = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> listings.add(add("Course " + i, Reach.PUBLIC)));
        listings.add(add("Night shift contact", Reach.PARTNERS));
        listings.add(add("Door code", Reach.SITE));
        nodes.settle();
        nodes.peer();
        settle();
    }

    @AfterAll
    static void close() {
        nodes.close();
        shelterDoor.close();
        clinicDoor.close();
    }

    @Test
    void aNewPartnerReceivesAtOnceWhatIsForPartners() {
        var copy = row(named("Night shift contact")).orElseThrow();

        assertThat(copy.reach()).isEqualTo(Reach.PARTNERS);
        assertThat(row(named("Door code"))).isEmpty();
        checkIdentical();
    }

    @Test
    void whatIsTheSameIsNotReadAgain() {
        var before = bucketsRead();

        aDayPasses();

        assertThat(bucketsRead()).isEqualTo(before);
        checkIdentical();
    }

    @Tag("attack:peer-answers-200-and-drops")
    @Test
    void aLostCopyAnOldOneAndOneTooManyAreMended() {
        var lost = named("Course 1");
        var old = named("Course 2");
        var tooMany = URI.create(shelter.url() + "/s/00000000-0000-4000-8000-000000000001");
        corrupt("DELETE FROM listing WHERE uri = ?", lost.uri());
        corrupt("UPDATE listing SET version = version - 1, hash = 'x' WHERE uri = ?", old.uri());
        corrupt("UPDATE listing SET uri = ? WHERE uri = ?", tooMany, named("Course 3").uri());
        var before = bucketsRead();

        aDayPasses();

        checkIdentical();
        assertThat(row(tooMany).orElseThrow().foldedName()).isEmpty();
        var differing = new HashSet<String>();
        List.of(lost.uri(), old.uri(), named("Course 3").uri())
                .forEach(it -> differing.add(ListingDigest.bucket(it)));
        // What the owner has nothing of need not be asked for.
        var ofOwner = listings.stream().map(it -> ListingDigest.bucket(it.uri())).toList();
        if (ofOwner.contains(ListingDigest.bucket(tooMany))) {
            differing.add(ListingDigest.bucket(tooMany));
        }
        assertThat(bucketsRead() - before).isEqualTo(differing.size());
    }

    @Test
    void aTombstoneThatNeverArrivedIsMadeUpFor() {
        var listing = add("Sewing room", Reach.PUBLIC);
        nodes.settle();
        assertThat(row(listing).orElseThrow().foldedName()).isNotEmpty();

        shelter.domains().listings().close(shelter.acting(), listing.id());
        shelter.database()
                .run(
                        tx ->
                                tx.update(
                                        "UPDATE listing_sender SET told ="
                                                + " (SELECT MAX(change_number) FROM listing)"));
        nodes.settle();
        assertThat(row(listing).orElseThrow().foldedName()).isNotEmpty();
        aDayPasses();

        assertThat(row(listing).orElseThrow().foldedName()).isEmpty();
        checkIdentical();
    }

    @Test
    void anOwnerThatLostItsLastDaysHasTheLastWord() {
        var listing = named("Course 7");
        corrupt(
                "UPDATE listing SET version = version + 1000000, hash = 'x' WHERE uri = ?",
                listing.uri());

        aDayPasses();

        checkIdentical();
    }

    @Test
    void whatWasOnceTakenForVanishedComesBack() {
        var listing = named("Course 8");
        corrupt("UPDATE listing SET folded_name = '' WHERE uri = ?", listing.uri());

        aDayPasses();

        assertThat(row(listing).orElseThrow().foldedName()).isEqualTo("course 8");
        checkIdentical();
    }

    @Test
    void afterARestartItIsComparedWithinMinutes() {
        corrupt("DELETE FROM listing WHERE uri = ?", named("Course 9").uri());

        clinic.stop();
        clinic.startAgain();
        nodes.clock.advance(Duration.ofMinutes(11));
        settle();

        checkIdentical();
    }

    @Test
    void whatIsForPartnersIsShownToThePartnerThatSignsAndNobodyElse() {
        var digest = shelter.organizationActor() + "/listings/digest";
        var partners = named("Night shift contact");
        var bucket = ListingDigest.bucket(partners.uri());

        assertThat(get(digest).statusCode()).isEqualTo(200);
        assertThat(get(digest + "?bucket=" + bucket).body()).doesNotContain("Night shift");
        assertThat(get(digest + "?with=" + clinic.organizationActor()).statusCode()).isEqualTo(404);
        assertThat(get(digest + "?with=%20").statusCode()).isEqualTo(404);
        assertThat(get(digest + "?bucket=zz").statusCode()).isEqualTo(404);
    }

    private static void settle() {
        nodes.settle();
        nodes.clock.advance(Duration.ofSeconds(3));
        nodes.settle();
    }

    private static void aDayPasses() {
        nodes.clock.advance(Duration.ofHours(26));
        settle();
    }

    private static void checkIdentical() {
        assertThat(copies()).isEqualTo(shared());
    }

    private static Map<URI, String> shared() {
        var shared = new TreeMap<URI, String>();
        shelter.database()
                .read(tx -> SharedListingTable.listShown(tx, shelter.organization().id(), true))
                .forEach(it -> shared.put(it.uri(), it.version() + " " + name(shelter, it.uri())));
        return shared;
    }

    private static Map<URI, String> copies() {
        var copies = new TreeMap<URI, String>();
        clinic.database()
                .read(tx -> ListingTable.listHeld(tx, shelter.organizationActor()))
                .forEach(
                        (uri, held) -> {
                            if (held.saysSomething()) {
                                copies.put(uri, held.version() + " " + name(clinic, uri));
                            }
                        });
        return copies;
    }

    private static String name(TestNode node, URI uri) {
        return node.database()
                .read(tx -> ListingTable.findByUri(tx, uri))
                .map(ListingRow::foldedName)
                .orElseThrow();
    }

    private static void corrupt(String sql, Object... parameters) {
        assertThat(clinic.database().<Integer>write(tx -> tx.update(sql, parameters))).isOne();
    }

    private static long bucketsRead() {
        return shelterDoor.seen().stream().flatMap(it -> BUCKET.matcher(it).results()).count();
    }

    private static Listing named(String name) {
        return listings.stream()
                .filter(it -> it.name().base().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<ListingRow> row(Listing original) {
        return row(original.uri());
    }

    private static Optional<ListingRow> row(URI uri) {
        return clinic.database().read(tx -> ListingTable.findByUri(tx, uri));
    }

    private static Listing add(String name, Reach reach) {
        var draft = Draft.named(Text.of("en", name)).reach(reach).build();
        return shelter.domains().listings().add(shelter.acting(), draft);
    }

    private static HttpResponse<String> get(String address) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(address))
                            .header("Accept", "application/activity+json")
                            .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
