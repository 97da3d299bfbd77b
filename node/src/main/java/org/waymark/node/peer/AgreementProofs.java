// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.SignerAnnouncement;

/// Whose hand stands under an agreement: the proof of the partner organisation on its document
/// (FEP-8b32), which can be shown to anyone later, unlike the signature of the request it came in.
final class AgreementProofs {

    private final RemoteActors remoteActors;
    private final ObjectProofs proofs;

    AgreementProofs(RemoteActors remoteActors, Clock clock) {
        this.remoteActors = remoteActors;
        this.proofs = new ObjectProofs(clock);
    }

    /// The Ed25519 key of the partner that signed. Its actor is read again when the key is not
    /// known, so never call it inside a transaction.
    ///
    /// Refusals: those of [ObjectProofs#verify].
    Reading<Multikey> signer(AgreementDocument document) {
        URI partner = document.signatory();
        var known = verified(document, remoteActors.find(partner));
        var canHelp = ObjectProofs.isSigned(document.json());
        return known instanceof Reading.Read || !canHelp
                ? known
                : verified(document, remoteActors.refresh(partner));
    }

    /// Whether a key of a partner goes back to the one our people rely on.
    boolean leads(Transaction tx, URI partner, Multikey reliedOn, Multikey key) {
        return reliedOn.equals(key)
                || remoteActors
                        .find(tx, partner)
                        .filter(it -> SignerAnnouncement.leads(it, reliedOn, key))
                        .isPresent();
    }

    private Reading<Multikey> verified(AgreementDocument document, Optional<Actor> partner) {
        return proofs.verify(
                        document.json(),
                        id -> partner.flatMap(it -> VerificationKey.listedBy(it, id).found()))
                .then(AgreementProofs::multikey);
    }

    private static Reading<Multikey> multikey(VerificationKey key) {
        var multikey = PublicKeys.multikey(key.key());
        return multikey.kind() == Multikey.Kind.ED25519
                ? new Reading.Read<>(multikey)
                : new Reading.Refused<>("proof-suite-unknown");
    }
}
