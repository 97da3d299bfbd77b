// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.page.Languages;

/// The node's own actor.
@Path("/actor")
public final class ActorResource {

    private final ActorDocuments documents;
    private final LocalActors actors;
    private final HostedOrganizations organizations;
    private final SharedAddress address;

    public ActorResource(
            BaseUrl baseUrl,
            ActorDocuments documents,
            LocalActors actors,
            HostedOrganizations organizations,
            Languages languages) {
        this.documents = documents;
        this.actors = actors;
        this.organizations = organizations;
        this.address = new SharedAddress(baseUrl, languages);
    }

    @GET
    public Response actor(
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @Context Request request) {
        return address.isBrowser(accept)
                ? address.page(acceptLanguage, "/")
                : SharedAddress.document(request, documents.node(organizations.list()));
    }

    @GET
    @Path("organizations")
    public Response organizations(@Context Request request) {
        return SharedAddress.document(request, () -> documents.organizations(organizations.list()));
    }

    @GET
    @Path("peers")
    public Response peers(@Context Request request) {
        var peers = documents.peers();
        if (peers.isEmpty()) {
            throw Problem.of(404, "not-found", "This node names its peers to nobody.");
        }
        return SharedAddress.document(request, peers::get);
    }

    @GET
    @Path("outbox")
    public Response outbox(@Context Request request) {
        return SharedAddress.empty(request, actors.node(), "/outbox");
    }
}
