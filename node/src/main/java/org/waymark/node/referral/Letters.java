// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Message.Address;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Addresses what our side says, and posts what goes to another node.
final class Letters {

    private final Outbox outbox;
    private final LocalActors actors;
    private final Partners partners;

    Letters(Outbox outbox, LocalActors actors, Partners partners) {
        this.outbox = outbox;
        this.actors = actors;
        this.partners = partners;
    }

    /// @param activity the activity that carries it, should it leave this node
    Message message(
            Referral referral,
            Kind kind,
            Travelling content,
            URI activity,
            Partner partner,
            Message.Follows follows) {
        return new Message(
                referral.uri(),
                kind,
                content,
                actors.of(referral.organization()).id(),
                address(referral.organization(), partner),
                referral.ownVersion(),
                referral.offer(),
                referral.caseUri(),
                Optional.of(activity).filter(_ -> partner.sealKey().isPresent()),
                follows);
    }

    /// Seals and queues it; it leaves after the commit, and in the order in which it was said.
    ///
    /// @param protectedBy the case under whose key it waits
    void post(
            Transaction tx,
            Referral referral,
            Message message,
            Address.There there,
            CaseId protectedBy) {
        outbox.send(
                tx,
                actors.of(referral.organization()),
                there.actor(),
                ReferralActivities.write(message, referral.side(), there),
                referral.uri(),
                Optional.of(protectedBy));
    }

    /// Tells those without a node that there is something to see.
    void tellOutside(Transaction tx, Referral referral, Kind kind) {
        partners.outside().said(tx, referral, kind);
    }

    /// Whether it is an organisation without a node.
    boolean isOutside(Referral referral) {
        return partners.isOutside(referral.partner());
    }

    /// What has not arrived of it is not sent any more.
    void takeBack(Transaction tx, URI activity) {
        outbox.takeBackOne(tx, activity);
    }

    private Address address(OrganizationId ours, Partner partner) {
        if (partner.isOutside()) {
            return new Address.Behind();
        }
        if (partner.local().isPresent()) {
            var back =
                    new Partner(
                            actors.of(ours).id(),
                            partner.ourName(),
                            partner.name(),
                            Optional.of(ours),
                            Optional.empty());
            return new Address.Here(partner.local().get(), Optional.of(back));
        }
        var key =
                partner.sealKey()
                        .orElseThrow(() -> new IllegalStateException("An agreement pins no key"));
        return new Address.There(partner.actor(), key);
    }
}
