// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// `/a/{uuid}`: that we said something, when, and about what, by its address only; what was said
/// went to those it was for. Activities for everyone are shown to everyone, others to an actor they
/// went to, which signs its request; to everyone else it is as if there were nothing.
@Path("/a/{id}")
public final class ActivityObjectResource {

    private final Database database;
    private final SignedReaders readers;
    private final LocalActors actors;
    private final BaseUrl baseUrl;

    public ActivityObjectResource(
            Database database, SignedReaders readers, LocalActors actors, BaseUrl baseUrl) {
        this.database = database;
        this.readers = readers;
        this.actors = actors;
        this.baseUrl = baseUrl;
    }

    @GET
    public Response activity(@PathParam("id") String id, @Context ContainerRequestContext request) {
        var address = address(id);
        var shown =
                database.read(tx -> OutboxTable.findShown(tx, address))
                        .orElseThrow(ActivityObjectResource::missing);
        // A sender that was handed over or closed says nothing more here.
        var sender = actors.find(shown.sender()).orElseThrow(ActivityObjectResource::missing);
        var draft = Draft.activity(shown.type(), address, sender.id()).set("published", shown.at());
        shown.object().ifPresent(it -> draft.set("object", it));
        if (shown.isForAll()) {
            draft.to(Contexts.PUBLIC);
            return Response.ok(draft.bytes(), SharedAddress.ACTIVITY_JSON).build();
        }
        var reader =
                readers.find(request)
                        .filter(it -> database.read(tx -> wentTo(tx, address, it)))
                        .orElseThrow(ActivityObjectResource::missing);
        return Response.ok(draft.to(reader).bytes(), SharedAddress.ACTIVITY_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static boolean wentTo(Transaction tx, URI activity, URI reader) {
        return RemoteActorTable.find(tx, reader)
                .map(RemoteActors::parse)
                .filter(
                        actor ->
                                DeliveryTable.listOf(tx, DeliveryTable.Senders.ALL, activity)
                                        .stream()
                                        .map(Delivery::inbox)
                                        .anyMatch(
                                                it ->
                                                        it.equals(actor.inbox())
                                                                || actor.sharedInbox()
                                                                        .filter(it::equals)
                                                                        .isPresent()))
                .isPresent();
    }

    private URI address(String id) {
        if (!id.matches("[0-9a-f-]{36}")) {
            throw missing();
        }
        return baseUrl.resolve("/a/" + id);
    }

    private static RuntimeException missing() {
        return Problem.of(404, "not-found");
    }
}
