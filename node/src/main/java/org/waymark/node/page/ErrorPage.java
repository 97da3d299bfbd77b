// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.waymark.node.http.ErrorPageFilter;
import org.waymark.node.http.Problem;

/// Says what went wrong in the reader's language: the one in the address, else what the browser
/// asks for.
///
/// The words are the messages `error.<code>.title` and `.text`; a code without words gets those of
/// `error.other`.
public final class ErrorPage implements ErrorPageFilter.Page {

    private final Pages pages;

    public ErrorPage(Pages pages) {
        this.pages = pages;
    }

    @Override
    public String render(ContainerRequestContext request, Problem problem) {
        var accept = request.getHeaderString("Accept-Language");
        var language =
                pages.languages()
                        .find(
                                request.getUriInfo()
                                        .getPath()
                                        .replaceFirst("^/", "")
                                        .split("/", 2)[0])
                        .orElseGet(() -> pages.languages().negotiate(accept == null ? "" : accept));
        var page = pages.open(language, "").inPrivate();
        var key = "error." + problem.code();
        // Only for what we did not expect is the detail an id; elsewhere it is written for
        // programs.
        var id = problem.status() == 500 ? problem.detail() : "";
        var body =
                pages.render(
                        page,
                        "page/error",
                        Map.of(
                                "words",
                                page.messages().has(key + ".title") ? key : "error.other",
                                "id",
                                id));
        return new String(body, StandardCharsets.UTF_8);
    }
}
