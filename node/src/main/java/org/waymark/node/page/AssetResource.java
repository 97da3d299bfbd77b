// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/// Serves the style sheets and the mark. A browser keeps them for a year: other content has another
/// address.
@Path("/assets/{version}/{name}")
public final class AssetResource {

    private final Styles styles;

    public AssetResource(Styles styles) {
        this.styles = styles;
    }

    @GET
    public Response get(@PathParam("version") String version, @PathParam("name") String name) {
        var asset = styles.find(version, name).orElseThrow(NotFoundException::new);
        return Response.ok(asset.content(), asset.mediaType())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .build();
    }
}
