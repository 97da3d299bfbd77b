// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;

/// Says whether the node is alive, ready and started, without any detail.
@Path("/health")
@Produces("text/plain")
public final class HealthResource {

    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    private final Database database;

    public HealthResource(Database database) {
        this.database = database;
    }

    @GET
    @Path("live")
    public String live() {
        return "live";
    }

    /// Ready means that a query is answered.
    @GET
    @Path("ready")
    public Response ready() {
        try {
            database.check();
            return Response.ok("ready").build();
        } catch (RuntimeException e) {
            LOG.error("Not ready: the database does not answer", e);
            return Response.status(503).entity("not ready").build();
        }
    }

    @GET
    @Path("started")
    public String started() {
        return "started";
    }
}
