// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.PeeringObserver.Copied;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ListingSharingTest {

    private static TwoNodes nodes;
    private static TestNode shelter;
    private static TestNode clinic;
    private static Listing before;

    @BeforeAll
    static void peer() {
        nodes = new TwoNodes();
        shelter = nodes.shelter;
        clinic = nodes.clinic;
        before = add(draft("Legal advice").build());
        nodes.peer();
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Test
    @Order(1)
    void whatWasThereBeforeThePeeringIsReadAfterIt() {
        var copy = copyOf(before).orElseThrow();

        assertThat(copy.name().base()).isEqualTo("Legal advice");
        assertThat(copy.id()).isNotEqualTo(before.id());
        assertThat(copy.origin()).isInstanceOf(Origin.Copy.class);
        assertThat(((Origin.Copy) copy.origin()).partner()).isEqualTo("The Shelter");
        assertThat(((Origin.Copy) copy.origin()).actor()).isEqualTo(shelter.organizationActor());
        assertThat(copy.checked()).isEqualTo(before.checked());
    }

    @Test
    void whatIsToldDoesNotSayByItsIdWhenItWasMade() {
        add(draft("Night bus").build());
        nodes.settle();

        var told =
                shelter.database()
                        .read(
                                tx ->
                                        tx.list(
                                                "SELECT activity FROM outbox_activity"
                                                        + " WHERE type = 'Create'",
                                                row -> row.uri("activity")));

        assertThat(told)
                .isNotEmpty()
                .allSatisfy(
                        it -> {
                            var id = it.getPath().substring(it.getPath().lastIndexOf('/') + 1);
                            assertThat(UUID.fromString(id).version()).isEqualTo(4);
                        });
    }

    @Test
    void aNewListingArrivesAndChangesAndGoes() {
        var listing = add(draft("Open kitchen").build());
        nodes.settle();
        assertThat(copyOf(listing)).isPresent();

        shelter.domains()
                .listings()
                .replace(
                        shelter.acting(),
                        listing.id(),
                        listing.version(),
                        Draft.of(listing).name(Text.of("en", "Open garden")).build());
        nodes.settle();
        var copy = copyOf(listing).orElseThrow();
        assertThat(copy.name().base()).isEqualTo("Open garden");
        assertThat(found("garden")).contains(copy.id());
        assertThat(found("kitchen")).doesNotContain(copy.id());

        shelter.domains().listings().close(shelter.acting(), listing.id());
        nodes.settle();
        assertThat(copyOf(listing)).isEmpty();
        assertThat(found("garden")).isEmpty();
        assertThat(clinic.domains().listings().visit(copy.id()))
                .isInstanceOf(Listings.Visit.Missing.class);
        var answer = get(listing.uri());
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("Tombstone").doesNotContain("garden");
    }

    @Test
    void whatIsForThisSiteOnlyNeverLeaves() {
        var listing = add(draft("Quiet house").reach(Reach.SITE).build());
        nodes.settle();

        assertThat(copyOf(listing)).isEmpty();
        assertThat(get(listing.uri()).statusCode()).isEqualTo(404);
        assertThat(collection()).doesNotContain(listing.id().toString());

        shelter.domains().listings().close(shelter.acting(), listing.id());
        nodes.settle();
        assertThat(get(listing.uri()).statusCode()).isEqualTo(404);
        assertThat(collection()).doesNotContain(listing.id().toString());
    }

    @Test
    void whatIsForPhoneOnlyLeavesWithoutItsPlace() {
        var listing = add(draft("Night line").place(Place.PHONE_ONLY).build());
        nodes.settle();

        assertThat(get(listing.uri()).body())
                .contains("Night line")
                .doesNotContain("Harbour Street")
                .doesNotContain("latitude");
        assertThat(copyOf(listing).orElseThrow().spots()).isEmpty();
        assertThat(copyOf(listing).orElseThrow().place()).isEqualTo(Place.PHONE_ONLY);
    }

    @Test
    void whatBecomesForThisSiteOnlyIsCalledBack() {
        var listing = add(draft("Sewing room").build());
        nodes.settle();
        assertThat(copyOf(listing)).isPresent();

        replace(listing, Draft.of(listing).reach(Reach.SITE).build());
        // Withdrawn at once, before anybody was told.
        assertThat(get(listing.uri()).statusCode()).isEqualTo(410);
        nodes.settle();

        assertThat(copyOf(listing)).isEmpty();
    }

    @Test
    void whatIsForPartnersReachesTheirStaffAndNoVisitor() {
        var listing = add(draft("Night shift contact").reach(Reach.PARTNERS).build());
        nodes.settle();

        var copy = row(listing).orElseThrow();
        assertThat(copy.reach()).isEqualTo(Reach.PARTNERS);
        assertThat(clinic.domains().listings().visit(copy.id()))
                .isInstanceOf(Listings.Visit.Missing.class);
        assertThat(found("night shift contact")).doesNotContain(copy.id());
        assertThat(get(listing.uri()).statusCode()).isEqualTo(404);
    }

    @Test
    void manyChangesAtOnceAreReadAfterOneHint() {
        var listings =
                IntStream.range(0, 60).mapToObj(i -> add(draft("Course " + i).build())).toList();
        nodes.settle();
        nodes.clock.advance(Duration.ofSeconds(3));
        nodes.settle();

        assertThat(listings).allMatch(listing -> copyOf(listing).isPresent());
    }

    @Test
    void aPostCanBeReadByAnyServer() {
        var note = get(before.uri());

        assertThat(note.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/activity+json");
        var json = Document.parse(note.body());
        assertThat(json.path("type").asText()).isEqualTo("Note");
        assertThat(json.path("attributedTo").asText())
                .isEqualTo(shelter.organizationActor().toString());
        assertThat(json.path("contentMap").fieldNames().next()).isEqualTo("en");
        assertThat(json.path("contentMap").path("ar").asText()).startsWith("<p dir=\"rtl\">");
        assertThat(json.path("tag").path(0).path("name").asText()).isEqualTo("#papers_and_rights");
        assertThat(json.path("hsdsService").path("id").asText()).isEqualTo(before.id().toString());
        assertThat(json.path("waymark:version").asLong()).isEqualTo(before.version());
        assertThat(json.path("location").path("name").asText()).isEqualTo("Lindmar");
    }

    @Test
    void aPublicListingCarriesTheProofOfItsOrganizationAndStaysTheSameUntilItChanges() {
        var bytes = get(before.uri()).body();
        var listing = StrictJson.read(bytes.getBytes(UTF_8)).orElseThrow();
        var actor =
                new Actor(
                        StrictJson.read(get(shelter.organizationActor()).body().getBytes(UTF_8))
                                .orElseThrow());
        var proofs = new ObjectProofs(nodes.clock);

        assertThat(proofs.verify(listing, id -> VerificationKey.listedBy(actor, id).found()))
                .isInstanceOf(Reading.Read.class);
        assertThat(
                        proofs.verify(
                                listing.deepCopy().put("content", "Closed"),
                                id -> VerificationKey.listedBy(actor, id).found()))
                .isEqualTo(new Reading.Refused<VerificationKey>("proof-wrong"));
        assertThat(get(before.uri()).body()).isEqualTo(bytes);
        assertThat(collection()).contains(listing.path("proof").path("proofValue").asText());
    }

    @Test
    void aBrowserIsSentToThePage() throws Exception {
        var request =
                HttpRequest.newBuilder(before.uri())
                        .header("Accept", "text/html")
                        .header("Accept-Language", "ar")
                        .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .endsWith("/ar/s/" + before.id());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void purgedCopiesAreGone() {
        assertThat(copyOf(before)).isPresent();
        var peer = TwoNodes.peerOf(clinic, shelter);

        clinic.domains().peers().block(clinic.acting(), peer.id(), Copied.PURGE);
        nodes.settle();

        assertThat(copyOf(before)).isEmpty();
        assertThat(found("legal advice")).isEmpty();
        replace(before, Draft.of(before).name(Text.of("en", "Legal help")).build());
        nodes.settle();
        assertThat(copyOf(before)).isEmpty();
    }

    private static Draft.Builder draft(String name) {
        return Draft.named(new Text("en", Map.of("en", name, "ar", "خدمة")))
                .topics(Set.of(Topic.PAPERS))
                .phones(List.of(Phone.of("+49 30 5550101")))
                .spots(
                        List.of(
                                new Spot(
                                        Spot.NEW,
                                        "House",
                                        List.of("Harbour Street 5"),
                                        "Lindmar",
                                        "",
                                        "10115",
                                        "DE",
                                        Optional.of(new Spot.Point(52.5, 13.4)),
                                        "",
                                        List.of())));
    }

    private static Listing add(Draft draft) {
        return shelter.domains().listings().add(shelter.acting(), draft);
    }

    private static void replace(Listing listing, Draft draft) {
        shelter.domains()
                .listings()
                .replace(shelter.acting(), listing.id(), listing.version(), draft);
    }

    private static Optional<Listing> row(Listing original) {
        return clinic.database()
                .read(tx -> ListingTable.findByUri(tx, original.uri()))
                .map(Profile::read);
    }

    /// What visitors of the clinic's site see of the shelter's listing.
    private static Optional<Listing> copyOf(Listing original) {
        return row(original)
                .map(row -> clinic.domains().listings().visit(row.id()))
                .filter(Listings.Visit.Shown.class::isInstance)
                .map(visit -> ((Listings.Visit.Shown) visit).listing());
    }

    private static List<ListingId> found(String words) {
        clinic.domains().listingIndex().catchUp();
        var query = new ListingQuery(words, Optional.empty(), Optional.empty(), 0);
        return clinic.domains().listingIndex().search(query).listings().stream()
                .map(Listing::id)
                .toList();
    }

    private static String collection() {
        var first = get(URI.create(shelter.organizationActor() + "/listings"));
        var page = Document.parse(first.body()).path("first").asText();
        return get(URI.create(page)).body();
    }

    private static HttpResponse<String> get(URI address) {
        try {
            var request =
                    HttpRequest.newBuilder(address)
                            .header("Accept", "application/activity+json")
                            .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
