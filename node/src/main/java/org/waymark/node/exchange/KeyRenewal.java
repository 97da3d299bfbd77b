// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.RecoveryKey;

/// Gives every actor of the node new keys, announced by the key on the recovery sheet. Partners
/// that remember that key take the new ones; without it they ask a person. And gives the node such
/// a sheet, its first or another.
public final class KeyRenewal {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final ActorKeys keys;
    private final MasterKey masterKey;
    private final SecureRandom random;

    public KeyRenewal(
            Database database,
            Access access,
            Audit audit,
            LocalActors actors,
            ActorKeys keys,
            MasterKey masterKey,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.keys = keys;
        this.masterKey = masterKey;
        this.random = random;
    }

    /// What came of it.
    public enum Outcome {
        DONE,
        /// The node has no recovery key.
        NO_RECOVERY_KEY,
        /// The sheet is another node's, or an older one.
        OTHER_SHEET
    }

    /// The key an organisation signs documents with, to be read out by phone. It is public.
    public Multikey signer(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        return PublicKeys.multikey(keys.of(actors.of(organization)).ed25519().getPublic());
    }

    /// Only the operator does this, by command.
    public Outcome renew(Acting acting, RecoveryKey recovery) {
        access.requireNode(acting);
        var known = keys.recovery();
        if (known.isEmpty()) {
            return Outcome.NO_RECOVERY_KEY;
        }
        if (!isOurs(known.get(), recovery)) {
            return Outcome.OTHER_SHEET;
        }
        all().forEach(it -> keys.renew(it, recovery));
        database.run(
                tx -> audit.record(tx, acting, "actor-keys-renew", actors.node().id().toString()));
        return Outcome.DONE;
    }

    private List<LocalActor> all() {
        var all = new ArrayList<>(actors.organizations());
        all.add(actors.node());
        return all;
    }

    /// What became of a new sheet.
    public sealed interface Made {
        /// @param sheet the lines to print; the second half of them is kept nowhere
        record Sheet(String sheet) implements Made {}

        /// The node has one already: bring it, or say that it is lost.
        record NotTheFirst() implements Made {}

        /// The sheet is another node's, or an older one.
        record OtherSheet() implements Made {}

        /// Partners follow so many sheets by themselves and no more.
        record TooMany(int most) implements Made {}
    }

    /// Gives a node that has none a recovery sheet. Only the operator does this, by command.
    public Made firstSheet(Acting acting) {
        access.requireNode(acting);
        return keys.recovery().isPresent() ? new Made.NotTheFirst() : lostSheet(acting);
    }

    /// Another sheet, on the word of the one that it replaces: partners follow by themselves.
    public Made nextSheet(Acting acting, RecoveryKey former) {
        access.requireNode(acting);
        var known = keys.recovery();
        if (known.isEmpty() || !isOurs(known.get(), former)) {
            return new Made.OtherSheet();
        }
        if (keys.recoveryChanges().size() >= RecoveryAnnouncement.MOST_CHANGES) {
            return new Made.TooMany(RecoveryAnnouncement.MOST_CHANGES);
        }
        var ours = all();
        return sheet(
                acting,
                (tx, created) -> {
                    keys.recoverBy(
                            tx,
                            RecoveryAnnouncement.Change.of(
                                    known.get(), former, publicHalf(created)));
                    // What the former one announced, partners look for under this one now.
                    ours.forEach(it -> keys.announce(tx, it, created.key()));
                });
    }

    /// Another sheet, for one that is lost or was never there. Partners who knew one before go on
    /// believing that until their people have compared a key of ours by phone.
    public Made lostSheet(Acting acting) {
        access.requireNode(acting);
        return sheet(acting, (tx, created) -> keys.recoverBy(tx, publicHalf(created)));
    }

    private Made sheet(Acting acting, BiConsumer<Transaction, RecoveryKey.Created> keep) {
        var created = RecoveryKey.create(random);
        var node = actors.node().id();
        database.run(
                tx -> {
                    keep.accept(tx, created);
                    audit.record(tx, acting, "recovery-sheet-make", node.toString());
                });
        return new Made.Sheet(
                masterKey.recoverySheet(node.resolve("/")) + "\n" + created.key().sheet());
    }

    private static Multikey publicHalf(RecoveryKey.Created created) {
        return new Multikey(Multikey.Kind.ED25519, created.publicHalf());
    }

    private boolean isOurs(Multikey known, RecoveryKey recovery) {
        var pairs = keys.of(actors.node());
        var statement =
                ActorKeyAnnouncement.statement(actors.node().id(), known, pairs.rsa().getPublic());
        var signed =
                Base64.getUrlEncoder().withoutPadding().encodeToString(recovery.sign(statement));
        return ActorKeyAnnouncement.verifies(known, statement, signed);
    }
}
