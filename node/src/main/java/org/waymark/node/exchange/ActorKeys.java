// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.SigningKeys;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActorKeyTable.Change;
import org.waymark.node.exchange.ActorKeyTable.Replaced;
import org.waymark.node.exchange.ActorKeyTable.Stored;
import org.waymark.node.privacy.DamagedException;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.RecoveryKey;

/// The signing keys of the actors that live here: RSA for the fediverse, Ed25519 for proofs and for
/// peers. They are made when an actor is first asked for them, and can be replaced. The private
/// halves lie in the database, wrapped under the master key.
///
/// Safe for use by many threads. What it gives out stays inside this process.
public final class ActorKeys {

    /// 7 days: an actor is read again after one day; what was signed with the old key and is still
    /// under way can be verified meanwhile.
    public static final Duration LISTED_AFTERWARDS = Duration.ofDays(7);

    private static final String RSA = "RSA";
    private static final String ED25519 = "Ed25519";
    // 2048 bits: what the fediverse reads everywhere; longer ones cost five times the signing.
    private static final int RSA_BITS = 2048;

    private final Database database;
    private final MasterKey masterKey;
    private final Clock clock;
    // Another one each time they are forgotten: emptying one waits for who fills it.
    private volatile Map<URI, Pairs> opened = new ConcurrentHashMap<>();

    public ActorKeys(Database database, MasterKey masterKey, Clock clock) {
        this.database = database;
        this.masterKey = masterKey;
        this.clock = clock;
        masterKey.whenLocked(this::forget);
    }

    private void forget() {
        opened = new ConcurrentHashMap<>();
    }

    /// Names what forgets, together with these keys, what it keeps of them.
    void whenLocked(Runnable forget) {
        masterKey.whenLocked(forget);
    }

    boolean areLocked() {
        return !masterKey.isOpen();
    }

    /// A key that was replaced and is listed for a while.
    record Former(URI id, PublicKey key, Instant listedUntil) {}

    /// An Ed25519 key and what its predecessor says of it.
    record Link(PublicKey key, String announcement) {}

    /// An actor's two pairs and what they are called on the wire.
    ///
    /// @param former keys that may still be listed
    /// @param links from the first Ed25519 key that was vouched for to the one that signs now
    public record Pairs(
            URI actor,
            URI rsaId,
            KeyPair rsa,
            URI ed25519Id,
            KeyPair ed25519,
            List<Former> former,
            List<Link> links) {

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

    /// The sheets that followed one another, oldest first.
    List<RecoveryAnnouncement.Change> recoveryChanges() {
        return database.read(ActorKeyTable::listSheets).stream()
                .map(
                        it ->
                                new RecoveryAnnouncement.Change(
                                        new Multikey(Multikey.Kind.ED25519, it.formerHalf()),
                                        new Multikey(Multikey.Kind.ED25519, it.publicHalf()),
                                        it.announcement()))
                .toList();
    }

    /// The first recovery key, or one in the place of one that is lost: nothing but the keys of our
    /// actors says that it is ours.
    void recoverBy(Transaction tx, Multikey successor) {
        ActorKeyTable.forgetSheets(tx);
        ActorKeyTable.setRecovery(tx, successor.raw(), clock.instant());
    }

    /// A recovery key in the place of one that says so.
    void recoverBy(Transaction tx, RecoveryAnnouncement.Change change) {
        ActorKeyTable.addSheet(
                tx,
                ActorKeyTable.listSheets(tx).size(),
                new ActorKeyTable.Sheet(
                        change.former().raw(), change.successor().raw(), change.announcement()));
        ActorKeyTable.setRecovery(tx, change.successor().raw(), clock.instant());
    }

    /// Its word for the keys that an actor has now; empty for the first ones, which need none.
    Optional<String> announcement(LocalActor actor) {
        return database.read(tx -> ActorKeyTable.findAnnouncement(tx, actor.id(), ED25519));
    }

    /// The word of another recovery key for what one before it announced; nothing for first keys.
    void announce(Transaction tx, LocalActor actor, RecoveryKey recovery) {
        if (ActorKeyTable.findAnnouncement(tx, actor.id(), ED25519).isPresent()) {
            var pairs = open(tx, actor.id());
            ActorKeyTable.announce(
                    tx,
                    actor.id(),
                    ActorKeyAnnouncement.sign(
                            recovery,
                            actor.id(),
                            PublicKeys.multikey(pairs.ed25519().getPublic()),
                            pairs.rsa().getPublic()));
        }
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
        var pairs = first(actor.id());
        var announcement =
                ActorKeyAnnouncement.sign(
                        recovery,
                        actor.id(),
                        PublicKeys.multikey(pairs.ed25519().getPublic()),
                        pairs.rsa().getPublic());
        database.run(
                tx -> {
                    ActorKeyTable.remove(tx, actor.id());
                    ActorKeyTable.forgetFormer(tx, actor.id());
                    for (var pair : List.of(pairs.rsa(), pairs.ed25519())) {
                        ActorKeyTable.add(
                                tx,
                                actor.id(),
                                wrapped(actor.id(), pair, Optional.empty()),
                                clock.instant());
                    }
                    ActorKeyTable.announce(tx, actor.id(), announcement);
                });
        opened.put(actor.id(), pairs);
        if (areLocked()) {
            // They were locked meanwhile.
            forget();
        }
    }

    /// Replaces both keys of an actor in the usual way: the old ones vouch for the new ones and
    /// stay listed for a week; their private halves are destroyed at once.
    ///
    /// @param alongside in the same transaction
    Pairs replace(LocalActor actor, Consumer<Transaction> alongside) {
        var keys = opened;
        try {
            return keys.compute(
                    actor.id(),
                    (id, known) -> {
                        var before = known == null ? openOrCreate(id) : known;
                        return database.write(
                                tx -> {
                                    replace(tx, before);
                                    alongside.accept(tx);
                                    return open(tx, id);
                                });
                    });
        } finally {
            if (opened != keys) {
                // Locked and opened meanwhile: the old ones may have been read.
                opened.remove(actor.id());
            }
        }
    }

    private void replace(Transaction tx, Pairs before) {
        var actor = before.actor();
        var now = clock.instant();
        for (var key : ActorKeyTable.list(tx, actor)) {
            ActorKeyTable.addFormer(
                    tx,
                    actor,
                    new Replaced(
                            key.algorithm(),
                            key.fragment(),
                            key.publicHalf(),
                            now.plus(LISTED_AFTERWARDS)));
        }
        ActorKeyTable.remove(tx, actor);
        var number = before.links().size() + 1;
        var ed25519 = generate(ED25519);
        for (var pair : List.of(generate(RSA), ed25519)) {
            // By time, so that no name comes twice, not even after keys were lost.
            var suffix = Optional.of("-" + now.getEpochSecond());
            ActorKeyTable.add(tx, actor, wrapped(actor, pair, suffix), now);
        }
        ActorKeyTable.addChange(
                tx,
                actor,
                number,
                new Change(
                        ed25519.getPublic().getEncoded(),
                        SignerAnnouncement.sign(
                                before.ed25519().getPrivate(),
                                actor,
                                PublicKeys.multikey(ed25519.getPublic()))));
    }

    private Pairs openOrCreate(URI actor) {
        var stored = database.read(tx -> ActorKeyTable.list(tx, actor));
        return stored.isEmpty() ? create(actor) : database.read(tx -> open(tx, actor));
    }

    private static Pairs first(URI actor) {
        return new Pairs(
                actor,
                id(actor, ActorKeyTable.firstFragment(RSA)),
                generate(RSA),
                id(actor, ActorKeyTable.firstFragment(ED25519)),
                generate(ED25519),
                List.of(),
                List.of());
    }

    private static URI id(URI actor, String fragment) {
        return URI.create(actor + "#" + fragment);
    }

    private Pairs create(URI actor) {
        var pairs = first(actor);
        database.run(
                tx -> {
                    for (var pair : List.of(pairs.rsa(), pairs.ed25519())) {
                        ActorKeyTable.add(
                                tx, actor, wrapped(actor, pair, Optional.empty()), clock.instant());
                    }
                });
        return pairs;
    }

    private Stored wrapped(URI actor, KeyPair pair, Optional<String> suffix) {
        var algorithm = pair.getPrivate().getAlgorithm().equals(RSA) ? RSA : ED25519;
        return new Stored(
                algorithm,
                ActorKeyTable.firstFragment(algorithm) + suffix.orElse(""),
                pair.getPublic().getEncoded(),
                masterKey.wrap(use(actor, algorithm), pair.getPrivate().getEncoded()));
    }

    private Pairs open(Transaction tx, URI actor) {
        var stored = ActorKeyTable.list(tx, actor);
        var rsa = current(actor, stored, RSA);
        var ed25519 = current(actor, stored, ED25519);
        return new Pairs(
                actor,
                id(actor, rsa.fragment()),
                pair(actor, rsa),
                id(actor, ed25519.fragment()),
                pair(actor, ed25519),
                ActorKeyTable.listFormer(tx, actor).stream()
                        .map(
                                it ->
                                        new Former(
                                                id(actor, it.fragment()),
                                                publicHalf(it.algorithm(), it.publicHalf()),
                                                it.listedUntil()))
                        .toList(),
                ActorKeyTable.listChanges(tx, actor).stream()
                        .map(
                                it ->
                                        new Link(
                                                publicHalf(ED25519, it.publicHalf()),
                                                it.announcement()))
                        .toList());
    }

    private static Stored current(URI actor, List<Stored> stored, String algorithm) {
        return stored.stream()
                .filter(it -> it.algorithm().equals(algorithm))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(actor + " has no key for " + algorithm));
    }

    private KeyPair pair(URI actor, Stored key) {
        try {
            var privateHalf =
                    masterKey.unwrap(use(actor, key.algorithm()), key.wrappedPrivateHalf());
            return new KeyPair(
                    publicHalf(key.algorithm(), key.publicHalf()),
                    KeyFactory.getInstance(key.algorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(privateHalf)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey publicHalf(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(encoded));
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
