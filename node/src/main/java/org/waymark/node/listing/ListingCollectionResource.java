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
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.SharedAddress;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// The public listings of an organisation as a collection (`waymark:listings`), and the same as
/// posts for whom does not know listings (`outbox`, `posts`).
@Path("/o/{id}")
public final class ListingCollectionResource {

    private final ListingCollection listings;
    private final RoundupNote roundups;
    private final LocalActors actors;
    private final BaseUrl baseUrl;

    public ListingCollectionResource(
            ListingCollection listings, RoundupNote roundups, LocalActors actors, BaseUrl baseUrl) {
        this.listings = listings;
        this.roundups = roundups;
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
    public Response outbox(
            @PathParam("id") String id,
            @QueryParam("page") @Nullable String page,
            @Context Request request) {
        var actor = actor(id);
        if (page == null) {
            return SharedAddress.document(request, () -> listings.outbox(actor));
        }
        var document =
                listings.outboxPage(actor, page).orElseThrow(() -> Problem.of(404, "no-such-page"));
        return SharedAddress.document(request, () -> document);
    }

    /// A post about many listings.
    @GET
    @Path("posts/{post}")
    public Response post(
            @PathParam("id") String id, @PathParam("post") String post, @Context Request request) {
        var document =
                Document.uuid(post)
                        .flatMap(it -> roundups.find(actor(id).organization().orElseThrow(), it))
                        .orElseThrow(() -> Problem.of(404, "post-not-found"));
        return SharedAddress.document(request, () -> document);
    }

    private LocalActor actor(String id) {
        return Document.uuid(id)
                .flatMap(uuid -> actors.find(baseUrl.resolve("/o/" + uuid)))
                .orElseThrow(() -> Problem.of(404, "organization-not-found"));
    }
}
