// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.Optional;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.exchange.ActorKeys.Pairs;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// New signing keys for an actor that lives here, by decision of a person.
public final class KeyChanges {

    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final ActorKeys keys;

    public KeyChanges(Access access, Audit audit, LocalActors actors, ActorKeys keys) {
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.keys = keys;
    }

    /// Replaces both keys in the usual way. Partners read the actor again when they meet the new
    /// ones; for keys that were lost or stolen there is [KeyRenewal].
    ///
    /// @param organization empty for the node itself
    public Pairs replace(Acting acting, Optional<OrganizationId> organization) {
        organization.ifPresentOrElse(
                it -> access.require(acting, it, Right.MANAGE_ORGANIZATION),
                () -> access.requireNode(acting));
        var actor = organization.map(actors::of).orElseGet(actors::node);
        return keys.replace(
                actor, tx -> audit.record(tx, acting, "actor-keys-replace", actor.id().toString()));
    }
}
