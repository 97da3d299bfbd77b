// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;

/// Says whether the node is alive, ready and started, without any detail.
@Path("/health")
public final class HealthResource {

    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    private final Database database;

    public HealthResource(Database database) {
        this.database = database;
    }

    @GET
    @Path("live")
    public Response live() {
        return text(200, "live");
    }

    /// Ready means that a query is answered.
    @GET
    @Path("ready")
    public Response ready() {
        try {
            database.check();
            return text(200, "ready");
        } catch (RuntimeException e) {
            LOG.error("Not ready: the database does not answer", e);
            return text(503, "not ready");
        }
    }

    @GET
    @Path("started")
    public Response started() {
        return text(200, "started");
    }

    /// Plain text for everyone: who watches over a node sends all kinds of Accept.
    private static Response text(int status, String word) {
        return Response.status(status).entity(word).type("text/plain").build();
    }
}
