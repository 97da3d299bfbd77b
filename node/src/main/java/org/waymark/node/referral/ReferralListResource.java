// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
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

/// The referrals between an organisation here and the partner that signs the request
/// (`waymark:referrals`), for comparing; to everyone else it is as if there were nothing.
@Path("/o/{id}/referrals")
public final class ReferralListResource {

    private final ReferralComparison comparison;
    private final SignedReaders readers;
    private final LocalActors actors;
    private final BaseUrl baseUrl;

    public ReferralListResource(
            ReferralComparison comparison,
            SignedReaders readers,
            LocalActors actors,
            BaseUrl baseUrl) {
        this.comparison = comparison;
        this.readers = readers;
        this.actors = actors;
        this.baseUrl = baseUrl;
    }

    /// @param with the partner
    /// @param after the last referral of the page before
    @GET
    public Response referrals(
            @PathParam("id") String id,
            @QueryParam("with") @Nullable String with,
            @QueryParam("after") @Nullable String after,
            @Context ContainerRequestContext request) {
        var asked = baseUrl.resolve(RawTarget.of(request).pathAndQuery());
        var document =
                partner(with)
                        .filter(it -> readers.find(request).equals(Optional.of(it)))
                        .flatMap(
                                it ->
                                        organization(id)
                                                .flatMap(
                                                        ours ->
                                                                comparison.list(
                                                                        ours,
                                                                        it,
                                                                        asked,
                                                                        after == null
                                                                                ? ""
                                                                                : after)))
                        .orElseThrow(() -> Problem.of(404, "not-found"));
        return Response.ok(document, SharedAddress.ACTIVITY_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Optional<LocalActor> organization(String id) {
        return id.matches("[0-9a-f-]{36}")
                ? actors.find(baseUrl.resolve("/o/" + id))
                : Optional.empty();
    }

    private static Optional<URI> partner(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(URI::create);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
