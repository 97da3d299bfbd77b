// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.SharedAddress;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// `/v/{uuid}`: that an organisation here vouches for a partner, with its proof. Listed nowhere:
/// only the partner knows the address, and whom it tells. What was taken back or has ended is gone.
@Path("/v/{id}")
public final class VouchResource {

    private final Database database;
    private final LocalActors actors;
    private final OurProofs proofs;
    private final BaseUrl baseUrl;
    private final Clock clock;

    public VouchResource(
            Database database, LocalActors actors, OurProofs proofs, BaseUrl baseUrl, Clock clock) {
        this.database = database;
        this.actors = actors;
        this.proofs = proofs;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @GET
    public Response vouch(@PathParam("id") String id) {
        var vouch =
                uuid(id).flatMap(it -> database.read(tx -> VouchTable.find(tx, it)))
                        .orElseThrow(() -> Problem.of(404, "not-found"));
        var address = baseUrl.resolve("/v/" + vouch.id());
        var voucher = actors.find(actors.of(vouch.organization()).id());
        var answer =
                voucher.isPresent() && vouch.stands(clock.instant())
                        ? Response.ok(
                                proofs.sign(
                                                voucher.get().id(),
                                                VouchDocument.write(
                                                        address, voucher.get().id(), vouch),
                                                vouch.givenAt())
                                        .toString())
                        : Response.status(Response.Status.GONE)
                                .entity(VouchDocument.tombstone(address).bytes());
        // It may be taken back at any moment.
        return answer.type(SharedAddress.ACTIVITY_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
