// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.SignedReaders;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.referral.LifeCycle.State;

/// `/r/{uuid}` and `/c/{uuid}`: that a referral or a case exists and in which version, for the
/// other party only, which signs its request. Nothing sealed and no state; to everyone else it is
/// as if there were nothing.
@Path("/")
public final class ReferralObjectResource {

    private static final String ACTIVITY_JSON = "application/activity+json";

    private final Database database;
    private final SignedReaders readers;
    private final LocalActors actors;
    private final BaseUrl baseUrl;
    private final ReferralTable table = new ReferralTable();

    public ReferralObjectResource(
            Database database, SignedReaders readers, LocalActors actors, BaseUrl baseUrl) {
        this.database = database;
        this.readers = readers;
        this.actors = actors;
        this.baseUrl = baseUrl;
    }

    @GET
    @Path("r/{id}")
    @Produces(ACTIVITY_JSON)
    public byte[] referral(@PathParam("id") String id, @Context ContainerRequestContext request) {
        var uri = address("/r/", id);
        var found = database.read(tx -> table.find(tx, uri, Side.SENDER));
        return show(found, uri, ReferralActivities.REFERRAL, request);
    }

    @GET
    @Path("c/{id}")
    @Produces(ACTIVITY_JSON)
    public byte[] caseOf(@PathParam("id") String id, @Context ContainerRequestContext request) {
        var uri = address("/c/", id);
        var found = database.read(tx -> table.findByCase(tx, uri, Side.RECEIVER));
        return show(found, uri, ReferralActivities.CASE, request);
    }

    private byte[] show(
            Optional<Referral> found, URI uri, String type, ContainerRequestContext request) {
        var referral =
                found.filter(it -> it.state() != State.DRAFT)
                        .filter(it -> isSignedBy(it.partner(), request))
                        .orElseThrow(() -> Problem.of(404, "not-found"));
        return Draft.of(type, uri)
                .set("attributedTo", actors.of(referral.organization()).id())
                .set(Contexts.VERSION, referral.ownVersion())
                .bytes();
    }

    private boolean isSignedBy(URI partner, ContainerRequestContext request) {
        return readers.find(request).equals(Optional.of(partner));
    }

    private URI address(String prefix, String id) {
        if (!id.matches("[0-9a-f-]{36}")) {
            throw Problem.of(404, "not-found");
        }
        return baseUrl.resolve(prefix + id);
    }
}
