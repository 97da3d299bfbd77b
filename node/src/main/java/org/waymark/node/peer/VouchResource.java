// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.SharedAddress;
import org.waymark.node.exchange.SignedReaders;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;

/// `/v/{uuid}`: that an organisation here vouches for a partner, with its proof. Listed nowhere:
/// only the partner knows the address, and whom it tells; and it is shown only to our own peers,
/// which sign their request. To everyone else it is as if there were nothing. What was taken back
/// or has ended is gone, and so is what we would not say now: the partner signs with a new key, or
/// is no peer any more. While we paused the partner it is not there.
@Path("/v/{id}")
public final class VouchResource {

    private final Database database;
    private final SignedReaders readers;
    private final LocalActors actors;
    private final OurProofs proofs;
    private final BaseUrl baseUrl;
    private final Clock clock;

    public VouchResource(
            Database database,
            SignedReaders readers,
            LocalActors actors,
            OurProofs proofs,
            BaseUrl baseUrl,
            Clock clock) {
        this.database = database;
        this.readers = readers;
        this.actors = actors;
        this.proofs = proofs;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @GET
    public Response vouch(@PathParam("id") String id, @Context ContainerRequestContext request) {
        var vouch =
                uuid(id).flatMap(it -> database.read(tx -> VouchTable.find(tx, it)))
                        .filter(_ -> isPeer(request))
                        .filter(it -> !state(it.about()).equals(Optional.of(PeerState.PAUSED)))
                        .orElseThrow(() -> Problem.of(404, "not-found"));
        var address = baseUrl.resolve("/v/" + vouch.id());
        var voucher = actors.find(actors.of(vouch.organization()).id());
        var answer =
                voucher.isPresent() && vouch.stands(clock.instant()) && isSaidNow(vouch)
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

    private boolean isPeer(ContainerRequestContext request) {
        return readers.find(request)
                .flatMap(this::state)
                .filter(it -> it == PeerState.ACTIVE)
                .isPresent();
    }

    private Optional<PeerState> state(URI actor) {
        return database.read(tx -> Vouches.state(tx, actor));
    }

    /// Whether we would give it now.
    private boolean isSaidNow(Vouch vouch) {
        return state(vouch.about()).equals(Optional.of(PeerState.ACTIVE))
                && database.read(tx -> AgreementTable.find(tx, vouch.organization(), vouch.about()))
                        .filter(it -> it.state() == AgreementState.ENDED || it.hasNewSigner())
                        .isEmpty();
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
