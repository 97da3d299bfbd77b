// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.ArrayList;
import java.util.Base64;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.RecoveryKey;

/// Gives every actor of the node new keys, announced by the key on the recovery sheet. Partners
/// that remember that key take the new ones; without it they ask a person.
public final class KeyRenewal {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final ActorKeys keys;

    public KeyRenewal(
            Database database, Access access, Audit audit, LocalActors actors, ActorKeys keys) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.keys = keys;
    }

    /// What came of it.
    public enum Outcome {
        DONE,
        /// The node was made without a recovery key.
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
        var all = new ArrayList<>(actors.organizations());
        all.add(actors.node());
        all.forEach(it -> keys.renew(it, recovery));
        database.run(
                tx -> audit.record(tx, acting, "actor-keys-renew", actors.node().id().toString()));
        return Outcome.DONE;
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
