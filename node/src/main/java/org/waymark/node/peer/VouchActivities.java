// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.privacy.OrganizationId;

/// Takes in what partners say of us: `Create(waymark:Vouch)` and the `Delete` that takes it back.
public final class VouchActivities {

    private final Database database;
    private final LocalActors actors;
    private final TheirProofs proofs;
    private final Clock clock;

    public VouchActivities(Database database, LocalActors actors, TheirProofs proofs, Clock clock) {
        this.database = database;
        this.actors = actors;
        this.proofs = proofs;
        this.clock = clock;
    }

    public Result created(ReceivedActivity received) {
        var voucher = received.activity().actor();
        var document =
                received.activity()
                        .object()
                        .filter(Reference.Embedded.class::isInstance)
                        .map(Reference.Embedded.class::cast)
                        .flatMap(it -> VouchDocument.read(it.json()))
                        .filter(it -> it.stands(clock.instant()));
        if (document.isEmpty()) {
            return new Result.Refused("vouch-not-readable");
        }
        if (!document.get().voucher().equals(voucher)) {
            return new Result.Refused("vouch-of-others");
        }
        var about = actors.find(document.get().about()).flatMap(it -> it.organization());
        if (about.isEmpty()) {
            return new Result.Refused("no-such-actor");
        }
        return proofs.verify(voucher, document.get().json())
                        instanceof Reading.Refused<?>(String code)
                ? new Result.Refused(code)
                : database.write(tx -> created(tx, document.get(), about.get()));
    }

    private static Result created(Transaction tx, VouchDocument document, OrganizationId about) {
        PeerActivities.lockPeer(tx, document.voucher());
        VouchTable.receive(tx, document, about);
        return new Result.Done();
    }

    public Result deleted(ReceivedActivity received) {
        received.activity().object().flatMap(Reference::id).ifPresent(it -> forget(received, it));
        return new Result.Done();
    }

    private void forget(ReceivedActivity received, URI vouch) {
        database.run(tx -> VouchTable.forget(tx, vouch, received.activity().actor()));
    }
}
