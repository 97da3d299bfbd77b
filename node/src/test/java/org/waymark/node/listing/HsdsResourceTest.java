// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.database.Databases;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;
import org.waymark.node.listing.hsds.HsdsModel;
import org.waymark.node.page.NotModifiedFilter;

class HsdsResourceTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;
    private static ListingIndex index;
    private static Desk desk;
    private static Listing course;
    private static Listing bicycles;
    private static Listing shelter;
    private static Listing closed;

    @BeforeAll
    static void serve(@TempDir java.nio.file.Path folder) {
        desk = new Desk(Databases.inMemory());
        index = ListingIndex.open(folder, "restore", desk.listings, Clock.systemUTC());
        var base = BaseUrl.parse("https://shelter.example");
        server = HttpServer.bind("127.0.0.1", 0);
        server.serve(
                new Site(base, 1000)
                        .add(new NotModifiedFilter())
                        .add(new HsdsDoor())
                        .add(
                                new HsdsResource(
                                        new HsdsCatalogue(
                                                desk.database, desk.listings, index::findOpenData),
                                        base)));
        course =
                desk.listings.add(
                        desk.amal,
                        draft("Language course")
                                .topics(Set.of(Topic.LANGUAGE))
                                .spots(
                                        List.of(
                                                new Spot(
                                                        Spot.NEW,
                                                        "",
                                                        List.of("1 Quay Street"),
                                                        "Lindmar",
                                                        "",
                                                        "123 45",
                                                        "XX",
                                                        Optional.of(new Spot.Point(10, 20)),
                                                        "",
                                                        List.of())))
                                .build());
        bicycles = desk.listings.add(desk.amal, draft("Bicycle repair").build());
        shelter = desk.listings.add(desk.amal, draft("Women's shelter").build());
        closed = desk.listings.add(desk.amal, draft("Old course").build());
        desk.listings.close(desk.amal, closed.id());
        index.catchUp();
    }

    @AfterAll
    static void stop() {
        server.close();
        index.close();
        desk.close();
    }

    private static Draft.Builder draft(String name) {
        return Draft.named(Text.of("en", name))
                .phones(List.of(Phone.of("+1 305 555 0100")))
                .spots(List.of(Spot.at("1 Quay Street", "12345", "Lindmar", "XX")));
    }

    private static HttpResponse<String> get(String path, String... headers) {
        try {
            var request =
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/hsds" + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(String method, String path) {
        try {
            var address = URI.create("http://127.0.0.1:" + server.port() + "/hsds" + path);
            return CLIENT.send(
                    HttpRequest.newBuilder(address)
                            .method(
                                    method.toUpperCase(Locale.ROOT),
                                    HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String path) {
        return Document.parse(get(path).body());
    }

    @Test
    void servicesComeInPages() {
        var first = json("/services?per_page=1");
        var second = json("/services?per_page=1&page=2");

        assertThat(first.path("total_items").asInt()).isEqualTo(2);
        assertThat(first.path("total_pages").asInt()).isEqualTo(2);
        assertThat(first.path("first_page").asBoolean()).isTrue();
        assertThat(second.path("last_page").asBoolean()).isTrue();
        assertThat(first.path("contents")).isNotEqualTo(second.path("contents"));
        assertThat(json("/services?page=3").path("empty").asBoolean()).isTrue();
    }

    @Test
    void aServiceIsWhole() {
        var service = json("/services/" + course.id());

        assertThat(service.path("name").asText()).isEqualTo("Language course");
        assertThat(service.path("kind").asText()).isEqualTo("help");
        assertThat(service.path("reach").asText()).isEqualTo("public");
        assertThat(service.path("origin").path("uri").asText())
                .isEqualTo("https://shelter.example/s/" + course.id());
        assertThat(service.at("/organization/name").asText()).isEqualTo("The shelter");
        assertThat(service.at("/service_at_locations/0/location/addresses/0/address_1").asText())
                .isEqualTo("1 Quay Street");
    }

    @Test
    void whatIsNotPublicIsNowhere() {
        assertThat(get("/services/" + shelter.id()).statusCode()).isEqualTo(404);
        for (var list : List.of("/services", "/organizations", "/service_at_locations")) {
            assertThat(get(list).body()).doesNotContain("Women", shelter.id().toString());
        }
        assertThat(json("/service_at_locations").path("total_items").asInt()).isEqualTo(2);
    }

    @Test
    void aClosedServiceIsGoneAndAnUnknownOneWasNeverThere() {
        assertThat(get("/services/" + closed.id()).statusCode()).isEqualTo(410);
        assertThat(get("/services/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(get("/services/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void placesAndOrganisationsAreFoundByTheirIds() {
        var place = json("/service_at_locations").at("/contents/0");
        var organization = json("/organizations").at("/contents/0");

        var whole = json("/service_at_locations/" + place.path("id").asText());
        assertThat(whole.path("service_id")).isEqualTo(place.path("service_id"));
        assertThat(whole.at("/location/addresses/0/address_1").asText()).isEqualTo("1 Quay Street");
        var provider = json("/organizations/" + organization.path("id").asText());
        assertThat(provider.path("name")).isEqualTo(organization.path("name"));
        assertThat(provider.path("services")).hasSize(2);
        assertThat(provider.path("locations")).hasSize(2);
    }

    @Test
    void theNineTopicsAreATaxonomy() {
        assertThat(json("/taxonomy_terms").path("contents")).hasSize(9);
        var taxonomy = json("/taxonomies").at("/contents/0/id").asText();
        assertThat(json("/taxonomies/" + taxonomy).path("name").asText())
                .isEqualTo("Waymark topics");
        var term = json("/taxonomy_terms").at("/contents/0");
        var whole = json("/taxonomy_terms/" + term.path("id").asText());
        assertThat(whole.path("code")).isEqualTo(term.path("code"));
        assertThat(whole.at("/taxonomy_detail/id").asText()).isEqualTo(taxonomy);
    }

    @Test
    void anyOriginMayReadAndNothingIsSentTwice() {
        var answer = get("/services/" + course.id());
        var tag = answer.headers().firstValue("ETag").orElseThrow();

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(get("/services/" + course.id(), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(get("/services/" + course.id(), "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void pagesThatCannotBeAreRefused() {
        for (var query : List.of("page=0", "page=x", "per_page=101", "per_page=-1")) {
            var answer = get("/services?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("parameter-not-understood");
        }
        assertThat(get("/services?per_page=100").statusCode()).isEqualTo(200);
    }

    @Test
    void theInterfaceIsDescribedAsItIs() {
        var described = json("/openapi.json");
        assertThat(json("").path("openapi_url").asText())
                .isEqualTo("https://shelter.example/hsds/openapi.json");
        assertThat(described.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(described.at("/servers/0/url").asText())
                .isEqualTo("https://shelter.example/hsds");
    }

    @Test
    void whatIsAskedForIsWhatComes() {
        assertThat(names("/services?search=bicycle")).containsExactly("Bicycle repair");
        assertThat(names("/services?search=women")).isEmpty();
        assertThat(names("/services?full=true")).hasSize(2);
        var language = TopicTaxonomy.termId(Topic.LANGUAGE);
        assertThat(names("/services?taxonomy_term_id=" + language))
                .containsExactly("Language course");
        assertThat(names("/services?taxonomy_id=" + TopicTaxonomy.ID))
                .containsExactly("Language course");
        assertThat(names("/services?organization_id=" + desk.publisher)).hasSize(2);
        assertThat(names("/services?organization_id=" + UUID.randomUUID())).isEmpty();
        assertThat(names("/services?modified_after=2020-01-01")).hasSize(2);
        assertThat(names("/services?modified_after=2120-01-01T00:00:00Z")).isEmpty();
        assertThat(json("/services?minimal=true").at("/contents/0").size()).isEqualTo(2);
        assertThat(names("/organizations?search=bicycle")).containsExactly("The shelter");
        assertThat(json("/organizations?full_service=true").at("/contents/0/services")).hasSize(2);
        assertThat(json("/taxonomy_terms?search=housing").path("contents")).hasSize(1);
        assertThat(json("/taxonomy_terms?taxonomy_id=" + UUID.randomUUID()).path("contents"))
                .isEmpty();
        assertThat(json("/taxonomy_terms?top_only=true").path("contents")).hasSize(9);
    }

    @Test
    void termsComeInPagesWithoutRepeatingOrMissingOne() {
        var seen = new ArrayList<String>();
        for (int page = 1; page <= 3; page++) {
            var some = json("/taxonomy_terms?per_page=4&page=" + page);
            assertThat(some.path("total_items").asInt()).isEqualTo(9);
            assertThat(some.path("total_pages").asInt()).isEqualTo(3);
            assertThat(some.path("last_page").asBoolean()).isEqualTo(page == 3);
            some.path("contents").forEach(it -> seen.add(it.path("id").asText()));
        }

        assertThat(seen).hasSize(9).doesNotHaveDuplicates();
        assertThat(json("/taxonomy_terms?per_page=4&page=4").path("contents")).isEmpty();
        assertThat(json("/taxonomies?per_page=1").path("total_items").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/services?search=bicycle",
                "/services?search=women",
                "/services?organization_id={publisher}",
                "/services?taxonomy_term_id={language}",
                "/services?modified_after=2120-01-01T00:00:00Z",
                "/services?minimal=true",
                "/services?full=true",
                "/services?per_page=1&page=2",
                "/organizations?search=bicycle",
            })
    void theUnitedKingdomAsksByTheSameWords(String asked) {
        var path =
                asked.replace("{publisher}", desk.publisher.toString())
                        .replace("{language}", TopicTaxonomy.termId(Topic.LANGUAGE).toString());

        assertThat(names("/oruk" + path)).isEqualTo(names(path));
        assertThat(json("/oruk" + path).path("total_items"))
                .isEqualTo(json(path).path("total_items"));
    }

    /// Of the longest list there is, no document is read.
    @Test
    void theListOfAllIdsNeedsNoDocuments() {
        var before = json("/services?minimal=true");
        var text = json("/services/" + course.id()).toString();
        document("no document");
        try {
            assertThat(json("/services?minimal=true")).isEqualTo(before);
            assertThat(get("/services?minimal=true&format=ndjson").body().strip().split("\n"))
                    .hasSize(2);
        } finally {
            document(text);
        }
    }

    private static void document(String text) {
        document(course.id(), text);
    }

    private static void document(ListingId id, String text) {
        desk.database.run(
                tx -> tx.update("UPDATE listing SET document = ? WHERE id = ?", text, id.value()));
    }

    /// A provider may have thousands.
    @Test
    void aListOfProvidersReadsOneServiceOfEach() {
        var before = json("/organizations");
        var last =
                Stream.of(course, bicycles)
                        .map(Listing::id)
                        .max(Comparator.comparing(ListingId::toString))
                        .orElseThrow();
        var text = json("/services/" + last).toString();
        document(last, "no document");
        try {
            assertThat(json("/organizations")).isEqualTo(before);
        } finally {
            document(last, text);
        }
    }

    @Test
    void providersWithAllTheirServicesComeTenAtATime() {
        for (var flag : List.of("full", "full_service")) {
            assertThat(get("/organizations?%s=true&per_page=10".formatted(flag)).statusCode())
                    .isEqualTo(200);
            assertThat(get("/organizations?%s=true&per_page=11".formatted(flag)).statusCode())
                    .isEqualTo(400);
        }
        assertThat(get("/organizations?per_page=100").statusCode()).isEqualTo(200);
    }

    @Test
    void aTermIsShownWhenAPublicServiceHasIt() {
        var ids = Stream.generate(UUID::randomUUID).limit(4).toList();
        desk.database.run(
                tx ->
                        AggregateTable.add(
                                tx,
                                List.of(
                                        term(ids.get(0), "Hidden", ids.get(2), ids.get(3)),
                                        term(ids.get(1), "Shown", ids.get(2), ids.get(3)),
                                        term(ids.get(2), "Above", ids.get(2), ids.get(3)),
                                        new Aggregate(
                                                ids.get(3),
                                                Aggregate.Type.TAXONOMY,
                                                desk.publisher,
                                                named(ids.get(3), "Shelf")))));

        assertThat(json("/taxonomy_terms").path("contents")).hasSize(9);
        assertThat(json("/taxonomies").path("contents")).hasSize(1);
        assertThat(get("/taxonomy_terms/" + ids.getFirst()).statusCode()).isEqualTo(404);
        var shown =
                desk.database.read(tx -> HsdsTaxonomies.read(tx, Set.of(ids.get(1), ids.get(3))));
        assertThat(shown.findTerm(ids.get(0))).isEmpty();
        assertThat(shown.findTerm(ids.get(1)).orElseThrow().at("/taxonomy_detail/name").asText())
                .isEqualTo("Shelf");
        assertThat(shown.findTerm(ids.get(2))).isPresent();
    }

    private static Aggregate term(UUID id, String name, UUID parent, UUID taxonomy) {
        var json =
                named(id, name)
                        .put("parent_id", parent.toString())
                        .put("taxonomy_id", taxonomy.toString());
        return new Aggregate(id, Aggregate.Type.TERM, desk.publisher, json);
    }

    private static ObjectNode named(UUID id, String name) {
        return Document.object()
                .put("id", id.toString())
                .put("name", name)
                .put("description", name);
    }

    @Test
    void placesAreFoundByPostcodeAndAroundIt() {
        assertThat(json("/service_at_locations?postcode=12345").path("contents")).hasSize(2);
        assertThat(json("/service_at_locations?postcode=54321").path("contents")).isEmpty();
        assertThat(
                        json("/service_at_locations?postcode=12345&proximity=500")
                                .at("/contents/0/service/name")
                                .asText())
                .isEqualTo("Language course");
        assertThat(get("/service_at_locations?proximity=500").statusCode()).isEqualTo(400);
        assertThat(get("/service_at_locations?postcode=-").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "SW1A 1AA, true",
        "sw1a1aa, true",
        "33101, true",
        "1, false",
        "W1A, false",
        "3310, false"
    })
    void aServiceAreaIsMeantByItsWholePostcode(String postcode, boolean meant) {
        var at =
                new HsdsFacts.At(
                        UUID.randomUUID(),
                        "",
                        Optional.empty(),
                        HsdsFacts.words("Miami, 33101; London (SW1A 1AA)"));
        var fact =
                new HsdsFacts.Fact(
                        UUID.randomUUID(), UUID.randomUUID(), 0, Set.of(), Set.of(), List.of(at));
        var all = List.of(fact);
        var given = new MultivaluedHashMap<String, String>();
        given.add("postcode", postcode);
        var query = HsdsQuery.of(HsdsKind.SERVICE_AT_LOCATIONS, given);

        assertThat(HsdsProximity.of(query, all).places(all)).hasSize(meant ? 1 : 0);
    }

    @Test
    void allResultsComeInLines() {
        var lines = get("/services?format=ndjson&per_page=1").body().strip().split("\n");

        assertThat(lines).hasSize(2);
        assertThat(Document.parse(lines[0]).path("id").isTextual()).isTrue();
        assertThat(get("/services?format=xml").statusCode()).isEqualTo(400);
    }

    @Test
    void theUnitedKingdomsReadersSeeNoneOfOurAdditions() {
        var service = json("/oruk/services/" + course.id());

        assertThat(json("/oruk").path("version").asText()).isEqualTo("HSDS-UK-3.0");
        assertThat(service.has("kind")).isFalse();
        assertThat(service.at("/organization/name").asText()).isEqualTo("The shelter");
        assertThat(json("/oruk/services").path("contents")).hasSize(2);
    }

    @Test
    void theProfileNamesWhatWeAdd() {
        var profile = json("/profile.json");

        assertThat(json("").path("profile").asText())
                .isEqualTo("https://shelter.example/hsds/profile.json");
        var known = new HashSet<String>();
        HsdsModel.get().object("service").members().forEach(it -> known.add(it.name()));
        profile.at("/$defs/service/properties").fieldNames().forEachRemaining(known::add);
        assertThat(known).containsAll(() -> json("/services/" + course.id()).fieldNames());
    }

    /// Walks all that is described, with each parameter rightly and wrongly given, and holds every
    /// answer against its description, and against HSDS's own schemas where they are at hand.
    @Test
    void everyAnswerIsWhatTheDescriptionSays() {
        var hsds = SharedFolder.find().map(HsdsSchemas::new);
        var described = json("/openapi.json");
        var schemas = new DescribedSchemas(described.toString());

        assertThat(walk("", described, schemas, hsds)).isGreaterThan(150);
        for (var gone : List.of(closed, shelter)) {
            var answer = get("/services/" + gone.id());
            check(answer, described.at("/paths/~1services~1{id}/get"), schemas, hsds);
        }
    }

    /// The same for readers in the United Kingdom, by the members of their profile.
    @Test
    void everyAnswerToTheUnitedKingdomIsWhatItsProfileSays() {
        var described = json("/oruk/openapi.json");
        var schemas = new DescribedSchemas(described.toString());
        assertThat(described.at("/components/schemas/service/properties").has("fees")).isTrue();
        assertThat(described.at("/components/schemas/service/properties").has("wait_time"))
                .isFalse();

        assertThat(walk("/oruk", described, schemas, Optional.empty())).isGreaterThan(70);
        var broken = Document.parse(get("/oruk/services/" + course.id()).body());
        broken.put("status", "sleeping");
        assertThat(schemas.validate("service", broken)).isNotEmpty();
    }

    @Test
    void whatTheUnitedKingdomKeepsElsewhereIsThere() {
        var service = json("/oruk/services/" + course.id());

        assertThat(service.at("/contacts/0/phones/0/number").asText()).contains("305 555 0100");
        assertThat(service.at("/contacts/0/phones/0/contact_id").asText())
                .isEqualTo(service.at("/contacts/0/id").asText());
        assertThat(service.path("organization_id").asText())
                .isEqualTo(service.at("/organization/id").asText());
        var at = service.at("/service_at_locations/0");
        assertThat(at.path("service_id").asText()).isEqualTo(course.id().toString());
        assertThat(at.path("location_id").asText()).isEqualTo(at.at("/location/id").asText());
        assertThat(at.at("/location/addresses/0/location_id").asText())
                .isEqualTo(at.at("/location/id").asText());
        assertThat(json("/oruk/taxonomy_terms").at("/contents/0/term").asText()).isNotEmpty();
    }

    private static int walk(
            String below,
            JsonNode described,
            DescribedSchemas schemas,
            Optional<HsdsSchemas> hsds) {
        var count = new AtomicInteger();
        for (var path : described.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                for (var query : queries(method.getValue())) {
                    for (var address : addresses(below, path.getKey())) {
                        var answer = send(method.getKey(), address + query.text());
                        assertThat(answer.statusCode())
                                .as(address + query)
                                .isEqualTo(query.status());
                        check(answer, method.getValue(), schemas, hsds);
                        count.incrementAndGet();
                    }
                }
            }
        }
        return count.get();
    }

    private record Asked(String text, int status) {}

    private static List<Asked> queries(JsonNode does) {
        var asked = new ArrayList<>(List.of(new Asked("", 200)));
        for (var parameter : does.path("parameters")) {
            if (parameter.path("in").asText().equals("path")) {
                continue;
            }
            var name = parameter.path("name").asText();
            var with = name.equals("proximity") ? "?postcode=12345&" : "?";
            var schema = parameter.path("schema");
            var kind = schema.path("format").asText(schema.path("type").asText());
            var example =
                    switch (kind) {
                        case "uuid" -> desk.publisher.toString();
                        case "date-time" -> "2020-01-31T09:00:00Z";
                        case "boolean" -> "true";
                        case "integer" -> "2";
                        default -> schema.has("enum") ? "ndjson" : "course";
                    };
            asked.add(new Asked(with + name + "=" + example, 200));
            if (!kind.equals("string") || schema.has("enum")) {
                asked.add(new Asked(with + name + "=nonsense", 400));
            }
            if (schema.has("maximum")) {
                asked.add(new Asked("?" + name + "=" + schema.path("maximum").asInt(), 200));
                asked.add(new Asked("?" + name + "=" + (schema.path("maximum").asInt() + 1), 400));
            }
        }
        return asked;
    }

    /// A path with the ids of all that there is.
    private static List<String> addresses(String below, String path) {
        if (!path.endsWith("{id}")) {
            return List.of(below + (path.equals("/") ? "" : path));
        }
        var list = below + path.replace("/{id}", "");
        return json(list)
                .path("contents")
                .valueStream()
                .map(it -> list + "/" + it.path("id").asText())
                .toList();
    }

    private static void check(
            HttpResponse<String> answer,
            JsonNode does,
            DescribedSchemas schemas,
            Optional<HsdsSchemas> hsds) {
        var type = answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0];
        var content = does.path("responses").path("" + answer.statusCode()).path("content");
        assertThat(content.has(type)).as(answer + " " + type).isTrue();
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        if (!type.endsWith("json") || type.endsWith("ndjson")) {
            return;
        }
        var name = content.path(type).at("/schema/$ref").asText().replaceFirst(".*/", "");
        var json = Document.parse(answer.body());
        assertThat(schemas.validate(name, json)).as(answer.toString()).isEmpty();
        var object = name.replaceFirst("PageOf_", "");
        if (hsds.isPresent() && HSDS_OBJECTS.contains(object)) {
            var objects = name.equals(object) ? List.<JsonNode>of(json) : contents(json);
            for (var one : objects) {
                if (!one.has("modified_date")) {
                    assertThat(hsds.get().validate(object, one)).as(answer.toString()).isEmpty();
                }
            }
        }
    }

    private static final Set<String> HSDS_OBJECTS =
            Set.of("service", "organization", "service_at_location", "taxonomy", "taxonomy_term");

    private static List<JsonNode> contents(JsonNode page) {
        return page.path("contents").valueStream().toList();
    }

    private static List<String> names(String path) {
        return json(path)
                .path("contents")
                .valueStream()
                .map(it -> it.path("name").asText())
                .toList();
    }

    @Test
    void whatIsServedIsHsds() {
        var shared = SharedFolder.find();
        assumeTrue(shared.isPresent(), "Skipped: no folder `shared` beside the checkout");
        var schemas = new HsdsSchemas(shared.get());

        assertThat(schemas.validate("service", json("/services/" + course.id()))).isEmpty();
        assertThat(schemas.validate("organization", json("/organizations").at("/contents/0")))
                .isEmpty();
        assertThat(
                        schemas.validate(
                                "service_at_location",
                                json("/service_at_locations").at("/contents/0")))
                .isEmpty();
        assertThat(schemas.validate("taxonomy_term", json("/taxonomy_terms").at("/contents/0")))
                .isEmpty();
        var broken = Document.parse(get("/services/" + course.id()).body()).put("id", "17");
        assertThat(schemas.validate("service", broken)).isNotEmpty();
    }
}
