// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.SharedAddress;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// The public listings of an organisation as a collection (`waymark:listings`), and its outbox,
/// which says no more than that there is one.
@Path("/o/{id}")
public final class ListingCollectionResource {

    private final ListingCollection listings;
    private final LocalActors actors;
    private final BaseUrl baseUrl;

    public ListingCollectionResource(
            ListingCollection listings, LocalActors actors, BaseUrl baseUrl) {
        this.listings = listings;
        this.actors = actors;
        this.baseUrl = baseUrl;
    }

    /// @param since a cursor that an earlier answer gave: only what changed after it
    /// @param page a cursor within the collection
    @GET
    @Path("listings")
    public Response listings(
            @PathParam("id") String id,
            @QueryParam("since") @Nullable String since,
            @QueryParam("page") @Nullable String page,
            @Context Request request) {
        var actor = actor(id);
        if (page == null) {
            var collection = listings.collection(actor, Optional.ofNullable(since));
            return SharedAddress.document(request, () -> collection);
        }
        var document =
                listings.page(actor, page).orElseThrow(() -> Problem.of(404, "no-such-page"));
        return SharedAddress.document(request, () -> document);
    }

    @GET
    @Path("outbox")
    public Response outbox(@PathParam("id") String id, @Context Request request) {
        var actor = actor(id);
        return SharedAddress.document(
                request,
                () ->
                        Draft.of("OrderedCollection", actor.below("/outbox"))
                                .set("totalItems", 0)
                                .bytes());
    }

    private LocalActor actor(String id) {
        return Document.uuid(id)
                .flatMap(uuid -> actors.find(baseUrl.resolve("/o/" + uuid)))
                .orElseThrow(() -> Problem.of(404, "organization-not-found"));
    }
}
