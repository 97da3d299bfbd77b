// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.page.Languages;
import org.waymark.node.privacy.OrganizationId;

/// The actors of the organisations hosted here.
@Path("/o/{id}")
public final class OrganizationActorResource {

    private final ActorDocuments documents;
    private final LocalActors actors;
    private final HostedOrganizations organizations;
    private final SharedAddress address;

    public OrganizationActorResource(
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
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @Context Request request) {
        if (address.isBrowser(accept)) {
            // Providers have a page too, so this does not ask whether the organisation is hosted.
            return address.page(acceptLanguage, "/o/" + uuid(id));
        }
        var hosted = hosted(id);
        return SharedAddress.document(request, documents.organization(hosted));
    }

    /// How many follow it from any server. Which partners do is between partners.
    @GET
    @Path("followers")
    public Response followers(@PathParam("id") String id, @Context Request request) {
        var hosted = hosted(id);
        return SharedAddress.document(request, () -> documents.followers(hosted));
    }

    /// Whom an organisation follows is between partners.
    @GET
    @Path("following")
    public Response following(@PathParam("id") String id, @Context Request request) {
        return SharedAddress.empty(request, actors.of(hosted(id).id()), "/following");
    }

    private HostedOrganization hosted(String id) {
        var hosted =
                organizations
                        .find(new OrganizationId(uuid(id)))
                        .orElseThrow(() -> Problem.of(404, "organization-not-found"));
        if (documents.isGone(hosted)) {
            throw Problem.of(410, "organization-gone");
        }
        return hosted;
    }

    static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Problem.of(404, "organization-not-found");
        }
    }
}
