// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// Takes in what partners say about agreements: `Offer`, and `Accept`, `Reject` and `Undo` of an
/// offer. What was signed carries the proof of the partner organisation; without it nothing is
/// signed.
public final class AgreementActivities {

    private final Database database;
    private final LocalActors actors;
    private final AgreementProofs proofs;
    private final Sharing sharing;
    private final Signers signers;
    private final Clock clock;

    public AgreementActivities(
            Database database,
            LocalActors actors,
            RemoteActors remoteActors,
            Peers peers,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.actors = actors;
        this.proofs = new AgreementProofs(remoteActors, clock);
        this.sharing = peers.sharing();
        this.signers = new Signers(remoteActors, audit, clock);
        this.clock = clock;
    }

    /// Their side signed; ours decides.
    public Result offer(ReceivedActivity received) {
        var offer = received.activity();
        var document = document(offer.object());
        var receiver = received.receiver();
        if (receiver.isEmpty() || document.isEmpty()) {
            return new Result.Refused("agreement-not-readable");
        }
        if (!isBetween(document.get(), offer.actor(), receiver.get())) {
            return new Result.Refused("agreement-of-others");
        }
        return switch (proofs.signer(document.get())) {
            case Reading.Refused<Multikey>(var code) -> new Result.Refused(code);
            case Reading.Read<Multikey>(var signer) ->
                    database.write(
                            tx -> offered(tx, offer, document.get(), signer, receiver.get()));
        };
    }

    private Result offered(
            Transaction tx,
            Activity offer,
            AgreementDocument document,
            Multikey signer,
            OrganizationId organization) {
        PeerActivities.lockPeer(tx, offer.actor());
        var peer = PeerTrust.baseUrl(offer.actor()).flatMap(it -> PeerTable.findByBaseUrl(tx, it));
        if (peer.filter(it -> it.state() == PeerState.ACTIVE).isEmpty()) {
            return new Result.NotYet("peering-not-accepted");
        }
        if (!StillOpen.isSo(tx, organization)) {
            return new Result.Refused("organization-closing");
        }
        var partner = sharing.partner(tx, peer.get(), offer.actor());
        var agreement = sharing.open(tx, organization, partner);
        if (agreement.offer().filter(offer.id()::equals).isPresent()) {
            return new Result.Done();
        }
        if (agreement.inForce(today())) {
            return new Result.Refused("agreement-in-force");
        }
        if (isOfAnotherHand(tx, agreement, signer)) {
            return new Result.Refused("agreement-signer-differs");
        }
        // Both offered at once: on both sides the same one of the two stands.
        if (agreement.state() == AgreementState.OFFERED
                && agreement.offer().orElseThrow().compareTo(offer.id()) < 0) {
            return new Result.Done();
        }
        AgreementTable.replace(
                tx, agreement.change(clock.instant()).received(document, offer.id()).made());
        return new Result.Done();
    }

    /// They signed what we offered: it is in force, and their keys are pinned.
    public Result accept(ReceivedActivity received) {
        var accept = received.activity();
        var document = document(accept.result());
        if (document.isEmpty()) {
            return new Result.Refused("agreement-not-readable");
        }
        if (!document.get().signatory().equals(accept.actor())) {
            return new Result.Refused("agreement-of-others");
        }
        return switch (proofs.signer(document.get())) {
            case Reading.Refused<Multikey>(var code) -> new Result.Refused(code);
            case Reading.Read<Multikey>(var signer) -> accepted(accept, document.get(), signer);
        };
    }

    private Result accepted(Activity accept, AgreementDocument document, Multikey signer) {
        return withOffer(
                accept,
                (tx, agreement) -> {
                    if (agreement.state() == AgreementState.IN_FORCE) {
                        return new Result.Done();
                    }
                    if (isOfAnotherHand(tx, agreement, signer)) {
                        return new Result.Refused("agreement-signer-differs");
                    }
                    var matches =
                            agreement.state() == AgreementState.OFFERED
                                    && isBetween(document, accept.actor(), agreement.organization())
                                    && document.answers().equals(agreement.document())
                                    && agreement
                                            .ours()
                                            .filter(it -> it.terms().equals(document.terms()))
                                            .isPresent();
                    if (!matches) {
                        return new Result.Refused("agreement-differs");
                    }
                    var signed =
                            agreement
                                    .change(clock.instant())
                                    .countersigned(document)
                                    .inForce(signer)
                                    .made();
                    AgreementTable.replace(tx, signed);
                    signers.checked(tx, signed);
                    return new Result.Done();
                });
    }

    /// They decline what we offered, or end what was in force.
    public Result reject(ReceivedActivity received) {
        return withOffer(received.activity(), this::over);
    }

    /// They take back what they offered, or end what was in force.
    public Result undo(ReceivedActivity received) {
        return withOffer(received.activity(), this::over);
    }

    private Result over(Transaction tx, Agreement agreement) {
        switch (agreement.state()) {
            case OFFERED, RECEIVED ->
                    AgreementTable.replace(
                            tx, agreement.change(clock.instant()).listingsOnly().made());
            case IN_FORCE -> sharing.end(tx, agreement, Copied.KEEP);
            case LISTINGS, ENDED -> {}
        }
        return new Result.Done();
    }

    private interface Step {
        Result take(Transaction tx, Agreement agreement);
    }

    /// The agreement whose offer an answer names, if the answer comes from the partner in it.
    private Result withOffer(Activity answer, Step step) {
        var offer = answer.object().flatMap(Reference::id);
        return database.write(
                tx -> {
                    PeerActivities.lockPeer(tx, answer.actor());
                    return AgreementTable.listWith(tx, answer.actor()).stream()
                            .filter(it -> offer.isPresent() && it.offer().equals(offer))
                            .findFirst()
                            .map(it -> step.take(tx, it))
                            .orElseGet(() -> new Result.Refused("no-such-offer"));
                });
    }

    /// Whether our people rely on another key of this partner.
    private boolean isOfAnotherHand(Transaction tx, Agreement agreement, Multikey signer) {
        return agreement
                .pinned()
                .filter(it -> !proofs.leads(tx, agreement.partner(), it.signer(), signer))
                .isPresent();
    }

    private boolean isBetween(
            AgreementDocument document, URI signatory, OrganizationId organization) {
        return document.signatory().equals(signatory)
                && document.partner().equals(actors.of(organization).id());
    }

    private static Optional<AgreementDocument> document(Optional<Reference> reference) {
        return reference
                .flatMap(
                        it ->
                                it instanceof Reference.Embedded(ObjectNode json)
                                        ? Optional.of(json)
                                        : Optional.empty())
                .flatMap(AgreementDocument::read);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
