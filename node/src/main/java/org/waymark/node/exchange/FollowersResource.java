// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.Problem;
import org.waymark.node.privacy.OrganizationId;

/// The followers of an organisation who live at the server that signs the request (FEP-8fcf); to
/// everyone else it is as if there were nothing.
@Path("/o/{id}/followers/synchronization")
public final class FollowersResource {

    private final Followership followership;
    private final SignedReaders readers;
    private final HostedOrganizations organizations;
    private final LocalActors actors;

    public FollowersResource(
            Followership followership,
            SignedReaders readers,
            HostedOrganizations organizations,
            LocalActors actors) {
        this.followership = followership;
        this.readers = readers;
        this.organizations = organizations;
        this.actors = actors;
    }

    @GET
    public Response followers(
            @PathParam("id") String id, @Context ContainerRequestContext request) {
        var organization = new OrganizationId(OrganizationActorResource.uuid(id));
        var reader = readers.find(request);
        if (reader.isEmpty() || organizations.find(organization).isEmpty()) {
            throw Problem.of(404, "organization-not-found");
        }
        var followers = followership.livingAt(organization, reader.get());
        var document =
                Draft.of(
                                "OrderedCollection",
                                actors.of(organization).below(FollowersHeader.PARTIAL))
                        .set("totalItems", followers.size())
                        .all("orderedItems", followers)
                        .bytes();
        return Response.ok(document, SharedAddress.ACTIVITY_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
