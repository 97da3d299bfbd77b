// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.SigningKeys;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.ActorKeyTable.Stored;
import org.waymark.node.privacy.DamagedException;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.RecoveryKey;

/// The signing keys of the actors that live here: RSA for the fediverse, Ed25519 for proofs and for
/// peers. They are made when an actor is first asked for them, and then stay. The private halves
/// lie in the database, wrapped under the master key.
///
/// Safe for use by many threads. What it gives out stays inside this process.
public final class ActorKeys {

    private static final String RSA = "RSA";
    private static final String ED25519 = "Ed25519";
    // 2048 bits: what the fediverse reads everywhere; longer ones cost five times the signing.
    private static final int RSA_BITS = 2048;

    private final Database database;
    private final MasterKey masterKey;
    private final Clock clock;
    private final Map<URI, Pairs> opened = new ConcurrentHashMap<>();

    public ActorKeys(Database database, MasterKey masterKey, Clock clock) {
        this.database = database;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /// An actor's two pairs and what they are called on the wire.
    public record Pairs(URI actor, KeyPair rsa, KeyPair ed25519) {

        public URI rsaId() {
            return URI.create(actor + "#main-key");
        }

        public URI ed25519Id() {
            return URI.create(actor + "#ed25519-key");
        }

        /// What requests are signed with.
        public SigningKey rsaSigningKey() {
            return new SigningKey(rsaId(), rsa.getPrivate());
        }

        /// What requests are signed with, by what the other server reads.
        public SigningKeys signingKeys() {
            return new SigningKeys(rsaSigningKey(), Optional.of(ed25519SigningKey()));
        }

        /// What documents are signed with.
        public SigningKey ed25519SigningKey() {
            return new SigningKey(ed25519Id(), ed25519.getPrivate());
        }
    }

    public Pairs of(LocalActor actor) {
        return of(actor.id());
    }

    /// The same by the address of an actor that is known to live here.
    Pairs of(URI actor) {
        return opened.computeIfAbsent(actor, this::openOrCreate);
    }

    /// The recovery key that partners remember; empty when the node was made without one.
    public Optional<Multikey> recovery() {
        return database.read(ActorKeyTable::findRecovery)
                .map(it -> new Multikey(Multikey.Kind.ED25519, it));
    }

    /// Its word for the keys that an actor has now; empty for the first ones, which need none.
    Optional<String> announcement(LocalActor actor) {
        return database.read(tx -> ActorKeyTable.findAnnouncement(tx, actor.id(), ED25519));
    }

    /// Keeps the public half of the recovery key; `init` does this once.
    public static void keepRecovery(Database database, byte[] publicHalf, Clock clock) {
        database.run(tx -> ActorKeyTable.setRecovery(tx, publicHalf, clock.instant()));
    }

    /// Whether a master key is the one under which the keys of this node lie.
    public static boolean fits(Database database, MasterKey masterKey, URI actor) {
        return database.read(tx -> ActorKeyTable.list(tx, actor)).stream()
                .allMatch(it -> opens(masterKey, actor, it));
    }

    private static boolean opens(MasterKey masterKey, URI actor, Stored stored) {
        try {
            masterKey.unwrap(use(actor, stored.algorithm()), stored.wrappedPrivateHalf());
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    /// New keys for an actor, with the word of the recovery key for them. The old ones are gone.
    void renew(LocalActor actor, RecoveryKey recovery) {
        var pairs = new Pairs(actor.id(), generate(RSA), generate(ED25519));
        var announcement =
                ActorKeyAnnouncement.sign(
                        recovery,
                        actor.id(),
                        PublicKeys.multikey(pairs.ed25519().getPublic()),
                        pairs.rsa().getPublic());
        database.run(
                tx -> {
                    ActorKeyTable.remove(tx, actor.id());
                    for (var pair : List.of(pairs.rsa(), pairs.ed25519())) {
                        ActorKeyTable.add(
                                tx, actor.id(), wrapped(actor.id(), pair), clock.instant());
                    }
                    ActorKeyTable.announce(tx, actor.id(), announcement);
                });
        opened.put(actor.id(), pairs);
    }

    private Pairs openOrCreate(URI actor) {
        var stored = database.read(tx -> ActorKeyTable.list(tx, actor));
        return stored.isEmpty() ? create(actor) : open(actor, stored);
    }

    private Pairs create(URI actor) {
        var pairs = new Pairs(actor, generate(RSA), generate(ED25519));
        database.run(
                tx -> {
                    for (var pair : List.of(pairs.rsa(), pairs.ed25519())) {
                        ActorKeyTable.add(tx, actor, wrapped(actor, pair), clock.instant());
                    }
                });
        return pairs;
    }

    private Stored wrapped(URI actor, KeyPair pair) {
        var algorithm = pair.getPrivate().getAlgorithm().equals(RSA) ? RSA : ED25519;
        return new Stored(
                algorithm,
                pair.getPublic().getEncoded(),
                masterKey.wrap(use(actor, algorithm), pair.getPrivate().getEncoded()));
    }

    private Pairs open(URI actor, List<Stored> stored) {
        return new Pairs(actor, pair(actor, stored, RSA), pair(actor, stored, ED25519));
    }

    private KeyPair pair(URI actor, List<Stored> stored, String algorithm) {
        var key =
                stored.stream()
                        .filter(it -> it.algorithm().equals(algorithm))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                actor + " has no key for " + algorithm));
        try {
            var factory = KeyFactory.getInstance(algorithm);
            var privateHalf = masterKey.unwrap(use(actor, algorithm), key.wrappedPrivateHalf());
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(key.publicHalf())),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(privateHalf)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals(RSA)) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String use(URI actor, String algorithm) {
        return "actor-key " + algorithm + " " + actor;
    }
}
