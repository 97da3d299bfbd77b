// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/// Lets pages of any origin read what `/hsds` says, refusals included.
public final class HsdsDoor implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var path = request.getUriInfo().getPath();
        if (path.equals("hsds") || path.startsWith("hsds/")) {
            var headers = response.getHeaders();
            headers.putSingle("Access-Control-Allow-Origin", "*");
            headers.putSingle("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS");
            headers.putSingle("Access-Control-Allow-Headers", "Content-Type, If-None-Match");
            headers.putSingle("Access-Control-Expose-Headers", "ETag");
        }
    }
}
