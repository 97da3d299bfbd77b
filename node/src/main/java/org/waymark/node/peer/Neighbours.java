// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.OrganizationId;

/// Two organisations of this node. What a partner's node would do on our letter is done with the
/// neighbour's row at once, in the same transaction. Listings need no copies here.
final class Neighbours {

    private final HostedOrganizations organizations;
    private final LocalActors actors;
    private final Sharing sharing;
    private final Clock clock;

    Neighbours(
            HostedOrganizations organizations, LocalActors actors, Sharing sharing, Clock clock) {
        this.organizations = organizations;
        this.actors = actors;
        this.sharing = sharing;
        this.clock = clock;
    }

    /// Whoever it is, if hosted here.
    Optional<PeerOrganization> find(OrganizationId organization) {
        return organizations.find(organization).map(this::named);
    }

    /// The neighbour has our signature and decides.
    void offered(Transaction tx, Agreement ours) {
        keep(tx, theirs(tx, ours), it -> it.received(ours.ours().orElseThrow(), offer(ours)));
    }

    /// The neighbour has our signature below its own: it is in force on both sides.
    void signed(Transaction tx, Agreement ours) {
        keep(tx, theirs(tx, ours), it -> it.countersigned(ours.ours().orElseThrow()).inForceHere());
    }

    /// We take back, decline or end it: over for the neighbour too.
    void over(Transaction tx, Agreement ours) {
        var us = actors.of(ours.organization()).id();
        // Not one that was over before: it would be opened again.
        AgreementTable.find(tx, neighbourOf(ours), us)
                .ifPresent(
                        theirs -> {
                            switch (theirs.state()) {
                                case OFFERED, RECEIVED ->
                                        keep(tx, theirs, AgreementChange::listingsOnly);
                                case IN_FORCE -> sharing.end(tx, theirs, Copied.KEEP);
                                case LISTINGS, ENDED -> {}
                            }
                        });
    }

    private interface Change {
        AgreementChange of(AgreementChange change);
    }

    private void keep(Transaction tx, Agreement theirs, Change change) {
        AgreementTable.replace(tx, change.of(theirs.change(clock.instant())).made());
    }

    private Agreement theirs(Transaction tx, Agreement ours) {
        var us = find(ours.organization()).orElseThrow();
        return sharing.open(tx, neighbourOf(ours), us);
    }

    private OrganizationId neighbourOf(Agreement ours) {
        return actors.find(ours.partner()).flatMap(LocalActor::organization).orElseThrow();
    }

    private PeerOrganization named(HostedOrganization organization) {
        return new PeerOrganization(
                actors.of(organization.id()).id(), PeerId.HERE, organization.name());
    }

    private static URI offer(Agreement agreement) {
        return agreement.offer().orElseThrow();
    }
}
