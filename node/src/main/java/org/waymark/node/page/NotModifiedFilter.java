// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;

/// Answers 304 without a body when the browser already holds exactly this page (RFC 9110, section
/// 13).
public final class NotModifiedFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var tag = response.getEntityTag();
        if (tag == null || response.getStatus() != 200) {
            return;
        }
        if (request.getRequest().evaluatePreconditions(tag) != null) {
            response.setStatusInfo(Response.Status.NOT_MODIFIED);
            response.setEntity(null);
        }
    }
}
