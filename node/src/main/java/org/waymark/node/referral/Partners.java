// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementDocument;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Agreements.SealingKey;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// The organisations one of ours may exchange referrals with: those with an agreement in force, on
/// this node or another (safety.md 16). Asks the database and perhaps the partner's node, so ask it
/// before a transaction.
final class Partners {

    /// @param ourName the name of our organisation, as the partner knows it
    /// @param local set when the partner lives on this node
    /// @param sealKey the raw key to seal to; set when it lives on another
    record Partner(
            URI actor,
            String name,
            String ourName,
            Optional<OrganizationId> local,
            Optional<byte[]> sealKey) {

        /// Whether it has no node: see [Outside].
        boolean isOutside() {
            return local.isEmpty() && sealKey.isEmpty();
        }
    }

    /// Whether one may be written to.
    sealed interface Found {
        record Ready(Partner partner) implements Found {}

        record NotAgreed() implements Found {}

        /// It publishes another key than the one our people compared; a person must compare it
        /// first.
        record KeyChanged() implements Found {}
    }

    private final Agreements agreements;
    private final LocalActors actors;
    private final HostedOrganizations organizations;
    private volatile Outside outside = Outside.nobody();

    Partners(Agreements agreements, LocalActors actors, HostedOrganizations organizations) {
        this.agreements = agreements;
        this.actors = actors;
        this.organizations = organizations;
    }

    /// Names who knows the organisations without a node. Call before the node starts.
    void connect(Outside those) {
        outside = those;
    }

    Outside outside() {
        return outside;
    }

    boolean isOutside(URI partner) {
        return outside.holds(partner);
    }

    Found find(OrganizationId ours, URI actor) {
        if (outside.holds(actor)) {
            return outside.ready(ours, actor)
                    .<Found>map(
                            name ->
                                    new Found.Ready(
                                            new Partner(
                                                    actor,
                                                    name,
                                                    nameOf(ours),
                                                    Optional.empty(),
                                                    Optional.empty())))
                    .orElseGet(Found.NotAgreed::new);
        }
        var local = actors.find(actor).flatMap(LocalActor::organization);
        if (local.isPresent() && local.get().equals(ours)) {
            // A person asked it through its own site: nobody has to agree with themselves.
            return new Found.Ready(
                    new Partner(actor, nameOf(ours), nameOf(ours), local, Optional.empty()));
        }
        var agreement = inForce(ours, actor);
        if (agreement.isEmpty()) {
            return new Found.NotAgreed();
        }
        if (local.isPresent()) {
            return new Found.Ready(
                    new Partner(actor, nameOf(local.get()), nameOf(ours), local, Optional.empty()));
        }
        return switch (agreements.sealingKey(Acting.node(ours), ours, actor)) {
            case SealingKey.Use(var key) ->
                    new Found.Ready(
                            new Partner(
                                    actor,
                                    agreement.get().partnerName(),
                                    nameOf(ours),
                                    Optional.empty(),
                                    Optional.of(key.raw())));
            case SealingKey.Changed _ -> new Found.KeyChanged();
            case SealingKey.NotInForce _ -> new Found.NotAgreed();
        };
    }

    /// Whom to tell that it is over. That needs no agreement: it takes back, and says nothing new.
    /// Where the agreement has ended, the key that people compared then is the one to seal to.
    Found findToStop(Referral ours) {
        var found = find(ours.organization(), ours.partner());
        if (found instanceof Found.Ready) {
            return found;
        }
        var local = actors.find(ours.partner()).flatMap(LocalActor::organization);
        var key =
                found instanceof Found.NotAgreed && local.isEmpty()
                        ? agreements
                                .find(
                                        Acting.node(ours.organization()),
                                        ours.organization(),
                                        ours.partner())
                                .flatMap(Partners::lastKey)
                        : Optional.<byte[]>empty();
        return local.isPresent() || key.isPresent() || outside.holds(ours.partner())
                ? new Found.Ready(
                        new Partner(
                                ours.partner(),
                                ours.partnerName(),
                                nameOf(ours.organization()),
                                local,
                                key))
                : found;
    }

    private static Optional<byte[]> lastKey(Agreement agreement) {
        var signed = agreement.theirs().filter(_ -> agreement.state() == AgreementState.ENDED);
        return agreement
                .pinned()
                .map(Agreement.Pinned::key)
                .or(() -> signed.map(AgreementDocument::sealKey))
                .map(Multikey::raw);
    }

    /// Whether an agreement lets one of ours ask it now. Asks the database only.
    boolean mayAsk(OrganizationId ours, URI actor) {
        return outside.holds(actor)
                ? outside.ready(ours, actor).isPresent()
                : inForce(ours, actor).isPresent();
    }

    Optional<Agreement> inForce(OrganizationId ours, URI actor) {
        return agreements.inForce(Acting.node(ours), ours, actor);
    }

    LocalActor actorOf(OrganizationId organization) {
        return actors.of(organization);
    }

    private String nameOf(OrganizationId organization) {
        return organizations.find(organization).map(HostedOrganization::name).orElse("");
    }
}
