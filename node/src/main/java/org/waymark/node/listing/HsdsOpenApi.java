// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import org.waymark.node.listing.hsds.HsdsSchema;

/// `openapi.json`: what the HSDS API answers, made from the tables it answers by ([HsdsKind],
/// [HsdsParameter], [HsdsModel]).
final class HsdsOpenApi {

    private static final String SCHEMAS = "#/components/schemas/";

    private HsdsOpenApi() {}

    static ObjectNode document(URI server, HsdsView view) {
        var document = Document.object().put("openapi", "3.1.0");
        document.set(
                "info",
                Document.object()
                        .put("title", "Services for newcomers, as HSDS")
                        .put("version", view.version())
                        .put(
                                "description",
                                "Read-only, open to all. What is not public is not here."));
        document.putArray("servers").addObject().put("url", server.toString());
        document.set(
                "externalDocs",
                Document.object()
                        .put("description", "HSDS 3.1")
                        .put(
                                "url",
                                "https://docs.openreferral.org/en/3.1.1/hsds/schema_reference.html"));
        var paths = document.putObject("paths");
        get(paths, "/", "What this is", "About");
        get(paths, "/openapi.json", "This document", "Any");
        if (view == HsdsView.HSDS) {
            get(paths, "/profile.json", "Our additions to HSDS, as JSON Schemas", "Any");
        }
        for (var kind : HsdsKind.values()) {
            list(paths, kind, view);
            one(paths, kind);
        }
        document.putObject("components").set("schemas", schemas(view));
        return document;
    }

    private static void get(ObjectNode paths, String path, String summary, String schema) {
        var get = paths.putObject(path).putObject("get").put("summary", summary);
        answer(get.putObject("responses"), summary, "application/json", schema);
    }

    private static void list(ObjectNode paths, HsdsKind kind, HsdsView view) {
        var path = paths.putObject("/" + kind.path());
        // The reference has POST twins; the UK's has none.
        for (var method : view == HsdsView.HSDS ? List.of("get", "post") : List.of("get")) {
            var does =
                    path.putObject(method)
                            .put("operationId", method + "_" + kind.path())
                            .put("summary", "List " + kind.path());
            var parameters = does.putArray("parameters");
            kind.parameters().forEach(it -> parameters.add(parameter(it)));
            var responses = does.putObject("responses");
            answer(
                    responses,
                    "A page of HSDS " + kind.object() + " objects",
                    "application/json",
                    "PageOf_" + kind.object());
            responses
                    .withObject("/200/content")
                    .putObject("application/x-ndjson")
                    .putObject("schema")
                    .put("type", "string");
            refusal(responses, "400", "A parameter is not understood");
        }
    }

    private static void one(ObjectNode paths, HsdsKind kind) {
        var get =
                paths.putObject("/" + kind.path() + "/{id}")
                        .putObject("get")
                        .put("operationId", "get_" + kind.object())
                        .put("summary", "One of " + kind.path());
        var parameters = get.putArray("parameters");
        var id = parameters.addObject().put("name", "id").put("in", "path").put("required", true);
        id.putObject("schema").put("type", "string").put("format", "uuid");
        kind.parametersOfOne().forEach(it -> parameters.add(parameter(it)));
        var responses = get.putObject("responses");
        answer(responses, "One HSDS " + kind.object(), "application/json", kind.object());
        if (!kind.parametersOfOne().isEmpty()) {
            refusal(responses, "400", "A parameter is not understood");
        }
        refusal(responses, "404", "Not here, or not public");
        if (kind == HsdsKind.SERVICES) {
            refusal(responses, "410", "It has closed");
        }
    }

    private static ObjectNode parameter(HsdsParameter it) {
        var parameter =
                Document.object()
                        .put("name", it.word())
                        .put("in", "query")
                        .put("required", false)
                        .put("description", it.description());
        var schema = parameter.putObject("schema");
        switch (it.type()) {
            case TEXT -> schema.put("type", "string");
            case WORD -> schema.put("type", "string").putArray("enum").add("json").add("ndjson");
            case UUID -> schema.put("type", "string").put("format", "uuid");
            case INSTANT -> schema.put("type", "string").put("format", "date-time");
            case FLAG -> schema.put("type", "boolean").put("default", false);
            case NUMBER -> schema.put("type", "integer").put("minimum", 1);
        }
        if (it == HsdsParameter.PAGE) {
            schema.put("default", 1);
        }
        if (it == HsdsParameter.PER_PAGE) {
            schema.put("default", HsdsQuery.USUAL_PER_PAGE);
            schema.put("maximum", HsdsQuery.MOST_PER_PAGE);
        }
        return parameter;
    }

    private static void answer(
            ObjectNode responses, String description, String type, String schema) {
        describe(responses, "200", description, type, schema);
        responses.putObject("304").put("description", "As the ETag that was sent says");
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
                .put("$ref", SCHEMAS + schema);
    }

    private static ObjectNode schemas(HsdsView view) {
        var schemas = Document.object();
        for (var object : view.model().objects()) {
            schemas.set(object.name(), HsdsSchema.of(object, SCHEMAS));
        }
        schemas.set("Any", Document.object().put("type", "object"));
        schemas.set("About", object("version", "profile", "openapi_url"));
        var minimal = object("id", "modified_date");
        minimal.putArray("required").add("id").add("modified_date");
        schemas.set("Minimal", minimal);
        for (var kind : HsdsKind.values()) {
            schemas.set("PageOf_" + kind.object(), page(kind));
        }
        var problem = object("type", "title", "code", "detail");
        ((ObjectNode) problem.path("properties")).putObject("status").put("type", "integer");
        problem.putArray("required").add("status").add("code");
        schemas.set("Problem", problem);
        return schemas;
    }

    private static ObjectNode page(HsdsKind kind) {
        var page = object();
        var members = (ObjectNode) page.path("properties");
        for (var number : List.of("total_items", "total_pages", "page_number", "size")) {
            members.putObject(number).put("type", "integer");
            page.withArray("/required").add(number);
        }
        for (var flag : List.of("first_page", "last_page", "empty")) {
            members.putObject(flag).put("type", "boolean");
            page.withArray("/required").add(flag);
        }
        page.withArray("/required").add("contents");
        var items = members.putObject("contents").put("type", "array").putObject("items");
        if (kind == HsdsKind.SERVICES) {
            var either = items.putArray("anyOf");
            either.addObject().put("$ref", SCHEMAS + kind.object());
            either.addObject().put("$ref", SCHEMAS + "Minimal");
        } else {
            items.put("$ref", SCHEMAS + kind.object());
        }
        return page;
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
