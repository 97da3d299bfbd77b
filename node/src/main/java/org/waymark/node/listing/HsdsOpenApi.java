// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.waymark.node.http.BaseUrl;

/// What `/hsds/` serves, as OpenAPI 3.1, for programs that read an interface before they use it.
/// What the objects hold is HSDS's to say, so it is named and not repeated.
final class HsdsOpenApi {

    private static final String SCHEMAS =
            "https://docs.openreferral.org/en/3.1.1/hsds/schema_reference.html";

    private HsdsOpenApi() {}

    static ObjectNode document(BaseUrl baseUrl, int mostPerPage) {
        var paths = Document.object();
        paths.set("/", get("What this is", answer("The version of HSDS", "About")));
        paths.set("/openapi.json", get("This document", answer("OpenAPI 3.1", "Any")));
        for (var kind : Kind.values()) {
            paths.set("/" + kind.path, list(kind, mostPerPage));
            paths.set("/" + kind.path + "/{id}", one(kind));
        }
        var document = Document.object().put("openapi", "3.1.0");
        document.set(
                "info",
                Document.object()
                        .put("title", "Services for newcomers, as HSDS")
                        .put("version", "3.1")
                        .put(
                                "description",
                                "Read-only, open to all. What is not public is not here."));
        document.putArray("servers").addObject().put("url", baseUrl.resolve("/hsds").toString());
        document.set(
                "externalDocs",
                Document.object().put("description", "HSDS 3.1").put("url", SCHEMAS));
        document.set("paths", paths);
        document.putObject("components").set("schemas", schemas());
        return document;
    }

    /// What there are lists of.
    private enum Kind {
        SERVICES("services", "service", true),
        ORGANIZATIONS("organizations", "organization", true),
        SERVICE_AT_LOCATIONS("service_at_locations", "service_at_location", true),
        TAXONOMIES("taxonomies", "taxonomy", false),
        TAXONOMY_TERMS("taxonomy_terms", "taxonomy_term", false);

        private final String path;
        private final String object;
        private final boolean paged;

        Kind(String path, String object, boolean paged) {
            this.path = path;
            this.object = object;
            this.paged = paged;
        }
    }

    private static ObjectNode list(Kind kind, int mostPerPage) {
        var responses = answer("A page of HSDS " + kind.object + " objects", "Page");
        var get = Document.object().put("summary", "List " + kind.path);
        if (kind.paged) {
            var parameters = get.putArray("parameters");
            parameters.add(parameter("page", 1, Optional.empty()));
            parameters.add(parameter("per_page", 50, Optional.of(mostPerPage)));
            refusal(responses, "400", "A parameter is not understood");
        }
        get.set("responses", responses);
        return wrap(get);
    }

    private static ObjectNode one(Kind kind) {
        var responses = answer("One HSDS " + kind.object, "Any");
        refusal(responses, "404", "Not here, or not public");
        if (kind == Kind.SERVICES) {
            refusal(responses, "410", "It has closed");
        }
        var get = Document.object().put("summary", "One of " + kind.path);
        var id = get.putArray("parameters").addObject();
        id.put("name", "id").put("in", "path").put("required", true);
        id.putObject("schema").put("type", "string").put("format", "uuid");
        get.set("responses", responses);
        return wrap(get);
    }

    private static ObjectNode parameter(String name, int byDefault, Optional<Integer> most) {
        var parameter = Document.object().put("name", name).put("in", "query");
        var schema = parameter.putObject("schema").put("type", "integer").put("minimum", 1);
        schema.put("default", byDefault);
        most.ifPresent(it -> schema.put("maximum", it));
        return parameter;
    }

    private static ObjectNode get(String summary, ObjectNode responses) {
        var get = Document.object().put("summary", summary);
        get.set("responses", responses);
        return wrap(get);
    }

    private static ObjectNode wrap(ObjectNode get) {
        var path = Document.object();
        path.set("get", get);
        return path;
    }

    private static ObjectNode answer(String description, String schema) {
        var responses = Document.object();
        describe(responses, "200", description, "application/json", schema);
        responses.putObject("304").put("description", "As the ETag that was sent says");
        return responses;
    }

    private static void refusal(ObjectNode responses, String status, String description) {
        describe(responses, status, description, "application/problem+json", "Problem");
    }

    private static void describe(
            ObjectNode responses, String status, String description, String type, String schema) {
        responses
                .putObject(status)
                .put("description", description)
                .putObject("content")
                .putObject(type)
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    private static ObjectNode schemas() {
        var schemas = Document.object();
        schemas.set("Any", Document.object().put("type", "object"));
        schemas.set("About", object("version", "profile", "openapi_url"));
        var page = object();
        var members = (ObjectNode) page.path("properties");
        for (var number : new String[] {"total_items", "total_pages", "page_number", "size"}) {
            members.putObject(number).put("type", "integer");
        }
        for (var flag : new String[] {"first_page", "last_page", "empty"}) {
            members.putObject(flag).put("type", "boolean");
        }
        members.putObject("contents").put("type", "array").putObject("items").put("type", "object");
        schemas.set("Page", page);
        var problem = object("type", "title", "code", "detail");
        ((ObjectNode) problem.path("properties")).putObject("status").put("type", "integer");
        schemas.set("Problem", problem);
        return schemas;
    }

    private static ObjectNode object(String... texts) {
        var object = Document.object().put("type", "object");
        var members = object.putObject("properties");
        for (var text : texts) {
            members.putObject(text).put("type", "string");
        }
        return object;
    }
}
