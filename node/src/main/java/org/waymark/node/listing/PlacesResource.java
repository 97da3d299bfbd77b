// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/// `/places.json`: about where the towns are that one can search near to, so that a browser finds
/// the nearest by itself and need not tell us where it is.
@Path("/places.json")
public final class PlacesResource {

    private final ListingIndex index;

    public PlacesResource(ListingIndex index) {
        this.index = index;
    }

    @GET
    @Produces("application/json")
    public Response places() {
        var places = Document.object();
        index.drawnPlaces()
                .forEach(
                        (code, point) ->
                                places.putArray(code).add(point.latitude()).add(point.longitude()));
        return Response.ok(Document.of(places).text())
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }
}
