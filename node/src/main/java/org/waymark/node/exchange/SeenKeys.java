// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.database.Transaction;

/// The keys that remote actors were seen with, and which of them are proven: the actor had them
/// when we met it, or a key of its own that was proven before vouched for them, or a person
/// compared them by phone. Who answers at an actor's address proves nothing by that. Of its signers
/// one is proven at a time: one that it gave up, which may be stolen, vouches for nothing.
final class SeenKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SeenKeys.class);

    // At most 10 characters: the column of algorithms.
    private static final String RECOVERY = "Recovery";
    private static final String ED25519 = "Ed25519";

    private SeenKeys() {}

    /// Notes what an actor lists now.
    ///
    /// @param before the actor as it was known; empty when it is new
    /// @return whether keys of it were known already
    static boolean note(Transaction tx, Optional<Actor> before, Actor actor, Instant now) {
        var seen = new HashMap<String, SeenKey>();
        RemoteActorTable.listKeys(tx, actor.id()).forEach(it -> seen.put(it.fingerprint(), it));
        var known = Map.copyOf(seen);
        var signs = signer(actor).map(RecoveryAnnouncement::fingerprint);
        for (var key : listed(actor, now)) {
            var there = Optional.ofNullable(seen.remove(key.fingerprint()));
            if (there.isEmpty()) {
                var isFormer =
                        key.algorithm().equals(ED25519)
                                && signs.filter(key.fingerprint()::equals).isEmpty();
                RemoteActorTable.addKey(tx, actor.id(), key.proven(known.isEmpty() && !isFormer));
                if (!known.isEmpty()) {
                    LOG.warn("{} lists a new {} key", actor.id(), key.algorithm());
                }
            } else if (there.get().goneSince().isPresent()) {
                RemoteActorTable.setGone(tx, actor.id(), key.fingerprint(), Optional.empty());
            }
        }
        seen.values().stream()
                .filter(it -> it.goneSince().isEmpty())
                .forEach(
                        it ->
                                RemoteActorTable.setGone(
                                        tx, actor.id(), it.fingerprint(), Optional.of(now)));
        if (!known.isEmpty()) {
            prove(tx, before, actor, known);
        }
        return !known.isEmpty();
    }

    /// Whether the keys an actor lists now were announced by its proven recovery key.
    static boolean isAnnounced(Transaction tx, Actor actor) {
        var believed = believed(RemoteActorTable.listKeys(tx, actor.id()));
        return ActorKeyAnnouncement.recovery(actor)
                .filter(
                        it ->
                                believed.equals(Optional.of(RecoveryAnnouncement.fingerprint(it)))
                                        && ActorKeyAnnouncement.isIn(actor, it))
                .isPresent();
    }

    /// A person compared the key that signs for an actor: it is proven, and with it the recovery
    /// key that it vouches for.
    static void confirm(Transaction tx, Actor actor, Multikey signer) {
        RemoteActorTable.proveOnly(
                tx, actor.id(), ED25519, RecoveryAnnouncement.fingerprint(signer));
        ActorKeyAnnouncement.recovery(actor)
                .filter(it -> RecoveryAnnouncement.isVouchedFor(actor, signer, it))
                .ifPresent(it -> believe(tx, actor.id(), it));
    }

    /// First the recovery key by the one before it, then the signer by its predecessor or by the
    /// recovery key, then a first recovery key by the signer.
    private static void prove(
            Transaction tx, Optional<Actor> before, Actor actor, Map<String, SeenKey> known) {
        var recovery = ActorKeyAnnouncement.recovery(actor);
        var believed = believed(known.values());
        recovery.filter(
                        it ->
                                believed.isPresent()
                                        && RecoveryAnnouncement.leads(actor, believed.get(), it))
                .ifPresent(it -> believe(tx, actor.id(), it));
        var signer = signer(actor);
        if (signer.isEmpty()) {
            return;
        }
        var fingerprint = RecoveryAnnouncement.fingerprint(signer.get());
        var isProven =
                isProven(known, fingerprint)
                        || before.flatMap(SeenKeys::signer)
                                .filter(it -> isProven(known, RecoveryAnnouncement.fingerprint(it)))
                                .filter(it -> SignerAnnouncement.leads(actor, it, signer.get()))
                                .isPresent()
                        || isAnnounced(tx, actor);
        if (!isProven) {
            return;
        }
        RemoteActorTable.proveOnly(tx, actor.id(), ED25519, fingerprint);
        recovery.filter(
                        it ->
                                believed.isEmpty()
                                        && RecoveryAnnouncement.isVouchedFor(
                                                actor, signer.get(), it))
                .ifPresent(it -> believe(tx, actor.id(), it));
    }

    private static void believe(Transaction tx, URI actor, Multikey recovery) {
        RemoteActorTable.proveOnly(tx, actor, RECOVERY, RecoveryAnnouncement.fingerprint(recovery));
    }

    private static Optional<String> believed(Collection<SeenKey> keys) {
        return keys.stream()
                .filter(it -> it.algorithm().equals(RECOVERY) && it.isProven())
                .map(SeenKey::fingerprint)
                .findFirst();
    }

    private static boolean isProven(Map<String, SeenKey> known, String fingerprint) {
        return Optional.ofNullable(known.get(fingerprint)).filter(SeenKey::isProven).isPresent();
    }

    private static Optional<Multikey> signer(Actor actor) {
        return actor.assertionMethods().stream()
                .map(Actor.KeyEntry::key)
                .filter(it -> it.kind() == Multikey.Kind.ED25519)
                .findFirst();
    }

    private static Collection<SeenKey> listed(Actor actor, Instant now) {
        var keys = new HashMap<String, SeenKey>();
        actor.publicKeys().stream()
                .flatMap(it -> PublicKeys.rsa(it.pem()).found().stream())
                .forEach(it -> add(keys, "RSA", it, now));
        actor.assertionMethods().forEach(it -> add(keys, ED25519, PublicKeys.of(it.key()), now));
        ActorKeyAnnouncement.recovery(actor)
                .ifPresent(it -> add(keys, RECOVERY, PublicKeys.of(it), now));
        actor.keyAgreements().forEach(it -> add(keys, "X25519", PublicKeys.of(it.key()), now));
        return keys.values();
    }

    private static void add(
            Map<String, SeenKey> keys, String algorithm, PublicKey key, Instant now) {
        var fingerprint = Fingerprint.of(key.getEncoded());
        keys.put(fingerprint, new SeenKey(algorithm, fingerprint, now, Optional.empty(), false));
    }
}
