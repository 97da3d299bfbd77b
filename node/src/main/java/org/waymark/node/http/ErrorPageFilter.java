// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;

/// Shows a [Problem] as a page in the reader's language when the request came from a browser.
public final class ErrorPageFilter implements ContainerResponseFilter {

    /// Draws the page; the page package knows languages and looks.
    public interface Page {
        String render(ContainerRequestContext request, Problem problem);
    }

    private final Page page;

    public ErrorPageFilter(Page page) {
        this.page = page;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem && wantsPage(request)) {
            response.setEntity(
                    page.render(request, problem),
                    new Annotation[0],
                    MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
        }
    }

    private static boolean wantsPage(ContainerRequestContext request) {
        var accept = request.getHeaderString("Accept");
        return accept != null && accept.contains("text/html");
    }
}
