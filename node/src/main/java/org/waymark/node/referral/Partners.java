// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.peer.Agreement;
import org.waymark.node.privacy.OrganizationId;

/// The organisations one of ours may exchange referrals with: those with an agreement in force, on
/// this node or another. Asks the database itself, so ask it before a transaction.
final class Partners {

    /// @param ourName the name of our organisation, as the partner knows it
    /// @param local set when the partner lives on this node
    /// @param sealKey the raw key to seal to; set when it lives on another
    record Partner(
            URI actor,
            String name,
            String ourName,
            Optional<OrganizationId> local,
            Optional<byte[]> sealKey) {}

    private final BiFunction<OrganizationId, URI, Optional<Agreement>> inForce;
    private final LocalActors actors;
    private final HostedOrganizations organizations;

    /// @param inForce the agreement in force today between one of our organisations and a partner's
    ///   actor
    Partners(
            BiFunction<OrganizationId, URI, Optional<Agreement>> inForce,
            LocalActors actors,
            HostedOrganizations organizations) {
        this.inForce = inForce;
        this.actors = actors;
        this.organizations = organizations;
    }

    /// The partner, when an agreement is in force (safety.md 16).
    Optional<Partner> find(OrganizationId ours, URI actor) {
        return inForce.apply(ours, actor).map(agreement -> partner(ours, actor, agreement));
    }

    LocalActor actorOf(OrganizationId organization) {
        return actors.of(organization);
    }

    private Partner partner(OrganizationId ours, URI actor, Agreement agreement) {
        var local = actors.find(actor).flatMap(LocalActor::organization);
        return new Partner(
                actor,
                local.map(this::nameOf).orElse(agreement.partnerName()),
                nameOf(ours),
                local,
                agreement.pinned().map(pinned -> pinned.key().raw()));
    }

    private String nameOf(OrganizationId organization) {
        return organizations.find(organization).map(HostedOrganization::name).orElse("");
    }
}
