// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.function.LongSupplier;
import org.waymark.federation.discovery.NodeInfo;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.account.HostedOrganizations;

/// What the node says of itself to statistics (NodeInfo 2.1). Public, and nobody should act on it.
@Path("/nodeinfo/2.1")
public final class NodeInfoResource {

    private static final URI NAMESPACE = URI.create("https://w3id.org/waymark");

    private final String name;
    private final String version;
    private final HostedOrganizations organizations;
    private final LongSupplier publicListings;

    /// @param name what the node is called, such as its domain
    /// @param version of the program
    /// @param publicListings how many listings strangers can see
    public NodeInfoResource(
            String name,
            String version,
            HostedOrganizations organizations,
            LongSupplier publicListings) {
        this.name = name;
        this.version = version;
        this.organizations = organizations;
        this.publicListings = publicListings;
    }

    @GET
    public Response nodeInfo() {
        var info =
                new NodeInfo(
                        "waymark",
                        version,
                        NAMESPACE,
                        NAMESPACE,
                        false,
                        organizations.list().size(),
                        publicListings.getAsLong(),
                        name);
        return Response.ok(StrictJson.write(info.json()), NodeInfo.MEDIA_TYPE)
                .header("Access-Control-Allow-Origin", "*")
                .build();
    }
}
