// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.http.Problem;
import org.waymark.node.privacy.OrganizationId;

/// The inbox of one organisation, for what only it may read.
@Path("/o/{id}/inbox")
public final class OrganizationInboxResource {

    private final Inbox inbox;
    private final Room room;
    private final HostedOrganizations organizations;

    public OrganizationInboxResource(Inbox inbox, Room room, HostedOrganizations organizations) {
        this.inbox = inbox;
        this.room = room;
        this.organizations = organizations;
    }

    @POST
    public Response receive(
            @PathParam("id") String id,
            InputStream body,
            @Context ContainerRequestContext context) {
        var organization = new OrganizationId(OrganizationActorResource.uuid(id));
        if (organizations.find(organization).isEmpty()) {
            throw Problem.of(404, "organization-not-found");
        }
        return InboxResource.receive(inbox, room, body, context, Optional.of(organization));
    }
}
