// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.waymark.node.exchange.SharedAddress;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.listing.ListingCollection.Found;
import org.waymark.node.page.Languages;

/// The address of a listing on the network. Browsers are sent to its page.
@Path("/s/{id}")
public final class ListingObjectResource {

    private final ListingCollection listings;
    private final SharedAddress address;

    public ListingObjectResource(ListingCollection listings, BaseUrl baseUrl, Languages languages) {
        this.listings = listings;
        this.address = new SharedAddress(baseUrl, languages);
    }

    @GET
    public Response listing(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @Context Request request) {
        var uuid = Document.uuid(id).orElseThrow(() -> Problem.of(404, "listing-not-found"));
        if (address.isBrowser(accept)) {
            return address.page(acceptLanguage, "/s/" + uuid);
        }
        return switch (listings.find(new ListingId(uuid))) {
            case Found.Present(var document) -> SharedAddress.document(request, () -> document);
            case Found.Gone(var tombstone) ->
                    Response.status(Response.Status.GONE)
                            .entity(tombstone)
                            .type(SharedAddress.ACTIVITY_JSON)
                            .header(HttpHeaders.VARY, "Accept, Accept-Language")
                            .build();
            case Found.Missing _ -> throw Problem.of(404, "listing-not-found");
        };
    }
}
