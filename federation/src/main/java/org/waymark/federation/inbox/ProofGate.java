// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.ProofClaim;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;

/// Who proved an object, whoever brought it (FEP-8b32): for what is forwarded, embedded or kept.
public final class ProofGate {

    /// What came of asking who proved an object.
    public sealed interface Proven {
        /// Its author did, with this key.
        record By(Actor author, VerificationKey key) implements Proven {}

        /// Nobody claims to have.
        record Unsigned() implements Proven {}

        /// The proof does not hold; so the object is worth less than one without.
        ///
        /// @param code those of [ObjectProofs#examine], [ProofClaim#verify] and
        ///   [VerificationKey#listedBy], and `key-gone`
        record Refused(String code) implements Proven {}

        /// The author's server could not be asked now.
        record Unavailable(String code) implements Proven {}
    }

    private final KeyDirectory keys;
    private final ObjectProofs proofs;

    public ProofGate(KeyDirectory keys, Clock clock) {
        this.keys = keys;
        this.proofs = new ObjectProofs(clock);
    }

    /// Examines and verifies every proof of a kind we know; may fetch a key.
    public Proven check(ObjectNode object) {
        if (!ObjectProofs.isSigned(object)) {
            return new Proven.Unsigned();
        }
        return switch (proofs.examine(object)) {
            case Reading.Refused<List<ProofClaim>>(String code) -> new Proven.Refused(code);
            case Reading.Read<List<ProofClaim>>(List<ProofClaim> claims) -> {
                Proven proven = new Proven.Unsigned();
                for (ProofClaim claim : claims) {
                    proven = check(claim);
                    if (!(proven instanceof Proven.By)) {
                        break;
                    }
                }
                yield proven;
            }
        };
    }

    private Proven check(ProofClaim claim) {
        // Before any fetch: a key of another server than the author's can never be the author's.
        if (!Origins.same(claim.keyId(), claim.author())) {
            return new Proven.Refused("proof-by-another-actor");
        }
        KeyDirectory.Lookup known = keys.find(claim.keyId());
        Proven proven = check(claim, known);
        if (proven instanceof Proven.By || !(known instanceof KeyDirectory.Lookup.Found)) {
            return proven;
        }
        KeyDirectory.Lookup fresh = keys.refetch(claim.keyId());
        return fresh.equals(known) ? proven : check(claim, fresh);
    }

    private Proven check(ProofClaim claim, KeyDirectory.Lookup lookup) {
        return switch (lookup) {
            case KeyDirectory.Lookup.Found(var key, var owner) ->
                    switch (claim.verify(key)) {
                        case Reading.Read<VerificationKey> _ -> {
                            keys.verified(claim.keyId(), owner);
                            yield new Proven.By(owner, key);
                        }
                        case Reading.Refused<VerificationKey>(String code) ->
                                new Proven.Refused(code);
                    };
            case KeyDirectory.Lookup.Missing(String code) -> new Proven.Refused(code);
            case KeyDirectory.Lookup.Gone _ -> new Proven.Refused("key-gone");
            case KeyDirectory.Lookup.Unavailable(String code) -> new Proven.Unavailable(code);
        };
    }
}
