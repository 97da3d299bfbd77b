// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.Clock;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ListedKeyAnnouncement;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.SignerAnnouncement;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Whether a partner still signs with the key that our people rely on.
final class Signers {

    private final RemoteActors remoteActors;
    private final Audit audit;
    private final Clock clock;

    Signers(RemoteActors remoteActors, Audit audit, Clock clock) {
        this.remoteActors = remoteActors;
        this.audit = audit;
        this.clock = clock;
    }

    /// The same with what is remembered of the partner. In the transaction in which an agreement
    /// comes into force, so that there is no moment in which it has no alarm and needs one.
    Agreement checked(Transaction tx, Agreement agreement) {
        return remoteActors
                .find(tx, agreement.partner())
                .map(it -> checked(tx, agreement, it))
                .orElse(agreement);
    }

    /// Compares what a partner signs with now, with what was pinned. Its first Ed25519 key must be
    /// that one or follow from it, by its own word or that of the recovery key that we knew before;
    /// and it must have vouched for every other key. Otherwise a person is asked.
    Agreement checked(Transaction tx, Agreement agreement, Actor published) {
        if (agreement.pinned().isEmpty()) {
            return agreement;
        }
        var pinned = agreement.pinned().get().signer();
        var now =
                published.assertionMethods().stream()
                        .map(Actor.KeyEntry::key)
                        .filter(it -> it.kind() == Multikey.Kind.ED25519)
                        .findFirst()
                        .orElse(pinned);
        if (!ListedKeyAnnouncement.coversAll(published, now)) {
            return alarmed(tx, agreement, now);
        }
        if (now.equals(pinned)) {
            // The alarm stays, but who phones compares what is listed now.
            return agreement.hasNewSigner() ? alarmed(tx, agreement, now) : agreement;
        }
        if (SignerAnnouncement.leads(published, pinned, now)) {
            return keep(
                    tx,
                    agreement,
                    agreement.change(clock.instant()).keyChanged(now).keyConfirmed());
        }
        if (remoteActors.isAnnounced(tx, published)) {
            audit.record(
                    tx,
                    Acting.node(agreement.organization()),
                    "agreement-signer-renewed",
                    agreement.id().value().toString());
            return keep(
                    tx,
                    agreement,
                    agreement.change(clock.instant()).keyChanged(now).keyConfirmed());
        }
        return alarmed(tx, agreement, now);
    }

    private Agreement alarmed(Transaction tx, Agreement agreement, Multikey now) {
        return agreement.changedKey().filter(now::equals).isPresent()
                ? agreement
                : keep(tx, agreement, agreement.change(clock.instant()).keyChanged(now));
    }

    private static Agreement keep(Transaction tx, Agreement read, AgreementChange change) {
        return AgreementTable.replace(tx, read, change.made());
    }
}
