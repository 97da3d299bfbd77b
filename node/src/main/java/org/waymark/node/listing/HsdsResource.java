// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.listing.HsdsCatalogue.Item;
import org.waymark.node.listing.HsdsCatalogue.Page;

/// `/hsds/`: the directory for other programs, as HSDS 3.1 with our Profile's additions. Open to
/// everyone, from any origin.
@Path("/hsds")
@Produces("application/json")
public final class HsdsResource {

    // 100: a page of whole services stays under half a megabyte.
    private static final int MOST_PER_PAGE = 100;

    private final HsdsCatalogue catalogue;
    private final BaseUrl baseUrl;

    public HsdsResource(HsdsCatalogue catalogue, BaseUrl baseUrl) {
        this.catalogue = catalogue;
        this.baseUrl = baseUrl;
    }

    @GET
    public Response about() {
        return open(
                Document.object()
                        .put("version", "3.1")
                        .put("profile", "https://w3id.org/waymark/v1#hsds-profile")
                        .put("openapi_url", baseUrl.resolve("/hsds/openapi.json").toString()));
    }

    @GET
    @Path("openapi.json")
    public Response openApi() {
        return open(HsdsOpenApi.document(baseUrl, MOST_PER_PAGE));
    }

    @GET
    @Path("services")
    public Response services(
            @QueryParam("page") @DefaultValue("1") String page,
            @QueryParam("per_page") @DefaultValue("50") String size) {
        return list(catalogue.services(page(page), size(size)));
    }

    @GET
    @Path("services/{id}")
    public Response service(@PathParam("id") String id) {
        var uuid = uuid(id);
        var item = catalogue.service(uuid);
        if (item.isEmpty() && catalogue.hasClosed(uuid)) {
            throw Problem.of(410, "service-closed");
        }
        return item(item, "service-not-found");
    }

    @GET
    @Path("organizations")
    public Response organizations(
            @QueryParam("page") @DefaultValue("1") String page,
            @QueryParam("per_page") @DefaultValue("50") String size) {
        return list(catalogue.organizations(page(page), size(size)));
    }

    @GET
    @Path("organizations/{id}")
    public Response organization(@PathParam("id") String id) {
        return item(catalogue.organization(uuid(id)), "organization-not-found");
    }

    @GET
    @Path("service_at_locations")
    public Response serviceAtLocations(
            @QueryParam("page") @DefaultValue("1") String page,
            @QueryParam("per_page") @DefaultValue("50") String size) {
        return list(catalogue.serviceAtLocations(page(page), size(size)));
    }

    @GET
    @Path("service_at_locations/{id}")
    public Response serviceAtLocation(@PathParam("id") String id) {
        return item(catalogue.serviceAtLocation(uuid(id)), "service-at-location-not-found");
    }

    @GET
    @Path("taxonomies")
    public Response taxonomies() {
        return list(new Page(0, 1, MOST_PER_PAGE, 1, List.of(TopicTaxonomy.taxonomy())));
    }

    @GET
    @Path("taxonomies/{id}")
    public Response taxonomy(@PathParam("id") String id) {
        var taxonomy = TopicTaxonomy.taxonomy();
        return item(
                uuid(id).equals(TopicTaxonomy.ID)
                        ? Optional.of(new Item(Document.of(taxonomy).hash(), taxonomy))
                        : Optional.empty(),
                "taxonomy-not-found");
    }

    @GET
    @Path("taxonomy_terms")
    public Response terms() {
        var terms = Arrays.stream(Topic.values()).map(TopicTaxonomy::term).toList();
        return list(new Page(0, 1, MOST_PER_PAGE, terms.size(), terms));
    }

    @GET
    @Path("taxonomy_terms/{id}")
    public Response term(@PathParam("id") String id) {
        var uuid = uuid(id);
        return item(
                Arrays.stream(Topic.values())
                        .filter(topic -> TopicTaxonomy.termId(topic).equals(uuid))
                        .map(TopicTaxonomy::term)
                        .map(term -> new Item(Document.of(term).hash(), term))
                        .findFirst(),
                "taxonomy-term-not-found");
    }

    private static int page(String text) {
        return number("page", text, Integer.MAX_VALUE);
    }

    private static int size(String text) {
        return number("per_page", text, MOST_PER_PAGE);
    }

    private static int number(String name, String text, int most) {
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
            throw Problem.of(
                    400, "parameter-not-understood", name + " is a number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static UUID uuid(String text) {
        return Document.uuid(text).orElseThrow(() -> Problem.of(404, "not-found"));
    }

    private static Response list(Page page) {
        var json =
                Document.object()
                        .put("total_items", page.total())
                        .put("total_pages", page.pages())
                        .put("page_number", page.number())
                        .put("size", page.contents().size())
                        .put("first_page", page.number() == 1)
                        .put("last_page", page.number() >= page.pages())
                        .put("empty", page.contents().isEmpty());
        json.set("contents", Document.array(page.contents()));
        return open(json);
    }

    private static Response item(Optional<Item> item, String code) {
        return item.map(it -> open(it.json())).orElseThrow(() -> Problem.of(404, code));
    }

    private static Response open(ObjectNode json) {
        var document = Document.of(json);
        return Response.ok(document.text(), "application/json")
                .tag(new EntityTag(document.hash().substring(0, 32)))
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", "ETag")
                .build();
    }
}
