// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.SharedAddress;
import org.waymark.node.exchange.SignedReaders;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.http.RawTarget;
import org.waymark.node.listing.ListingDigests.View;

/// What an organisation's copies elsewhere are compared with (`waymark:digest`): sums over buckets
/// of its listings, and each bucket in full. With `with=ACTOR`, for the partner that signs the
/// request, what is for partners is in it too; to everyone else that address is not there.
@Path("/o/{id}/listings/digest")
public final class ListingDigestResource {

    private final ListingDigests digests;
    private final SignedReaders readers;
    private final LocalActors actors;
    private final BaseUrl baseUrl;

    public ListingDigestResource(
            ListingDigests digests, SignedReaders readers, LocalActors actors, BaseUrl baseUrl) {
        this.digests = digests;
        this.readers = readers;
        this.actors = actors;
        this.baseUrl = baseUrl;
    }

    /// @param with the partner for whom it is
    /// @param bucket two hex digits: the listings in that bucket instead of the sums
    /// @param after the last listing of the page before
    @GET
    public Response digest(
            @PathParam("id") String id,
            @QueryParam("with") @Nullable String with,
            @QueryParam("bucket") @Nullable String bucket,
            @QueryParam("after") @Nullable String after,
            @Context Request request,
            @Context ContainerRequestContext context) {
        var view = view(actor(id), with, context);
        var asked = baseUrl.resolve(RawTarget.of(context).pathAndQuery());
        var document = document(view, asked, bucket, after);
        // A copy kept on the way would be compared with what is true by now.
        return Response.fromResponse(SharedAddress.document(request, () -> document))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private byte[] document(View view, URI asked, @Nullable String bucket, @Nullable String after) {
        if (bucket == null) {
            return digests.sums(view, asked);
        }
        if (!ListingDigest.isBucket(bucket)) {
            throw Problem.of(404, "no-such-page");
        }
        return digests.bucket(view, asked, bucket, after == null ? "" : after);
    }

    private View view(LocalActor actor, @Nullable String with, ContainerRequestContext context) {
        var partner = Optional.ofNullable(with).flatMap(ListingDigestResource::address);
        var view = new View(actor, partner);
        if (with != null
                && (partner.isEmpty()
                        || !readers.find(context).equals(partner)
                        || !digests.isShownTo(actor, partner.get()))) {
            throw Problem.of(404, "organization-not-found");
        }
        return view;
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private LocalActor actor(String id) {
        return Document.uuid(id)
                .flatMap(uuid -> actors.find(baseUrl.resolve("/o/" + uuid)))
                .orElseThrow(() -> Problem.of(404, "organization-not-found"));
    }
}
