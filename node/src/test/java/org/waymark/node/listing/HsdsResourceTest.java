// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;
import org.waymark.node.page.NotModifiedFilter;

class HsdsResourceTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;
    private static Desk desk;
    private static Listing course;
    private static Listing shelter;
    private static Listing closed;

    @BeforeAll
    static void serve() {
        desk = new Desk(Databases.inMemory());
        var base = BaseUrl.parse("https://shelter.example");
        server = HttpServer.bind("127.0.0.1", 0);
        server.serve(
                new Site(base, 1000)
                        .add(new NotModifiedFilter())
                        .add(new HsdsResource(new HsdsCatalogue(desk.database), base)));
        course = desk.listings.add(desk.amal, draft("Language course").build());
        desk.listings.add(desk.amal, draft("Bicycle repair").build());
        shelter = desk.listings.add(desk.amal, draft("Women's shelter").build());
        closed = desk.listings.add(desk.amal, draft("Old course").build());
        desk.listings.close(desk.amal, closed.id());
    }

    @AfterAll
    static void stop() {
        server.close();
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

        assertThat(json("/service_at_locations/" + place.path("id").asText())).isEqualTo(place);
        assertThat(json("/organizations/" + organization.path("id").asText()))
                .isEqualTo(organization);
    }

    @Test
    void theNineTopicsAreATaxonomy() {
        assertThat(json("/taxonomy_terms").path("contents")).hasSize(9);
        var taxonomy = json("/taxonomies").at("/contents/0/id").asText();
        assertThat(json("/taxonomies/" + taxonomy).path("name").asText())
                .isEqualTo("Waymark topics");
        var term = json("/taxonomy_terms").at("/contents/0");
        assertThat(json("/taxonomy_terms/" + term.path("id").asText())).isEqualTo(term);
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

        var routes =
                Arrays.stream(HsdsResource.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(GET.class))
                        .map(method -> method.getAnnotation(Path.class))
                        .map(path -> path == null ? "/" : "/" + path.value());
        assertThat(routes)
                .containsExactlyInAnyOrderElementsOf(() -> described.path("paths").fieldNames());
        described
                .path("paths")
                .properties()
                .forEach(path -> checkDescription(path.getKey(), path.getValue().path("get")));
    }

    /// What is said about a list is what it does.
    private static void checkDescription(String path, JsonNode get) {
        assertThat(get.at("/responses/200/content/application~1json").isObject()).isTrue();
        if (path.endsWith("{id}")) {
            assertThat(get(path.replace("{id}", UUID.randomUUID().toString())).statusCode())
                    .isEqualTo(404);
            assertThat(get.at("/responses/404").isObject()).isTrue();
            return;
        }
        var answer = get(path.equals("/") ? "" : path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        if (get.has("parameters")) {
            var most = get.at("/parameters/1/schema/maximum").asInt();
            assertThat(get(path + "?per_page=" + most).statusCode()).isEqualTo(200);
            assertThat(get(path + "?per_page=" + (most + 1)).statusCode()).isEqualTo(400);
        }
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
