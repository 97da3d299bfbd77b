// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// The answers of the HSDS API in one view.
final class HsdsAnswers {

    private final HsdsCatalogue catalogue;
    private final BaseUrl baseUrl;
    private final HsdsView view;

    HsdsAnswers(HsdsCatalogue catalogue, BaseUrl baseUrl, HsdsView view) {
        this.catalogue = catalogue;
        this.baseUrl = baseUrl;
        this.view = view;
    }

    Response about() {
        var profile =
                view == HsdsView.HSDS
                        ? baseUrl.resolve("/hsds/profile.json").toString()
                        : "https://docs.openreferraluk.org/";
        return open(
                Document.object()
                        .put("version", view.version())
                        .put("profile", profile)
                        .put(
                                "openapi_url",
                                baseUrl.resolve(view.path() + "/openapi.json").toString()));
    }

    Response openApi() {
        return open(HsdsOpenApi.document(baseUrl.resolve(view.path()), view));
    }

    Response list(String path, MultivaluedMap<String, String> given) {
        var kind = kind(path);
        var query = HsdsQuery.of(kind, given);
        if (query.isLines()) {
            return lines(kind, query);
        }
        var page = catalogue.page(kind, query);
        var json =
                Document.object()
                        .put("total_items", page.total())
                        .put("total_pages", page.pages())
                        .put("page_number", page.number())
                        .put("size", page.contents().size())
                        .put("first_page", page.number() == 1)
                        .put("last_page", page.number() >= page.pages())
                        .put("empty", page.contents().isEmpty());
        json.set("contents", Document.array(shown(kind, page.contents())));
        return open(json);
    }

    private List<ObjectNode> shown(HsdsKind kind, List<ObjectNode> contents) {
        return contents.stream().map(it -> view.show(kind.object(), it)).toList();
    }

    /// Each object is written as soon as it is read, so that the longest list needs no memory.
    private Response lines(HsdsKind kind, HsdsQuery query) {
        StreamingOutput lines =
                out ->
                        catalogue.each(
                                kind,
                                query,
                                json -> {
                                    var line = Document.of(view.show(kind.object(), json)).text();
                                    try {
                                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
        return Response.ok(lines, "application/x-ndjson").build();
    }

    Response one(String path, String text, MultivaluedMap<String, String> given) {
        var kind = kind(path);
        var id = Document.uuid(text).orElseThrow(() -> notFound(kind));
        var query = HsdsQuery.ofOne(kind, given);
        var found = catalogue.find(kind, id, query);
        if (found.isEmpty() && kind == HsdsKind.SERVICES && catalogue.hasClosed(id)) {
            throw Problem.of(410, "service-closed");
        }
        return open(view.show(kind.object(), found.orElseThrow(() -> notFound(kind))));
    }

    private static RuntimeException notFound(HsdsKind kind) {
        return Problem.of(404, kind.object().replace('_', '-') + "-not-found");
    }

    private static HsdsKind kind(String path) {
        return HsdsKind.ofPath(path).orElseThrow(() -> Problem.of(404, "not-found"));
    }

    static Response open(ObjectNode json) {
        var document = Document.of(json);
        return Response.ok(document.text(), "application/json")
                .tag(new EntityTag(document.hash().substring(0, 32)))
                .build();
    }
}
