// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.OrganizationId;

/// Listings between two organisations: who follows them receives them. A `Follow` goes each way, so
/// each side decides for itself whether it wants copies.
final class Sharing {

    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Outbox outbox;
    private final PeeringObserver observer;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Sharing(
            LocalActors actors,
            RemoteActors remoteActors,
            Outbox outbox,
            PeeringObserver observer,
            Clock clock,
            Supplier<UUID> ids) {
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.outbox = outbox;
        this.observer = observer;
        this.clock = clock;
        this.ids = ids;
    }

    /// The agreement of a pair, opened if there is none or it was ended.
    Agreement open(Transaction tx, OrganizationId organization, PeerOrganization partner) {
        var known = AgreementTable.find(tx, organization, partner.actor());
        if (known.isPresent() && known.get().state() != AgreementState.ENDED) {
            return known.get();
        }
        var now = clock.instant();
        var opened =
                known.map(it -> it.change(now).reopened().made())
                        .orElseGet(
                                () ->
                                        Agreement.about(
                                                new AgreementId(ids.get()),
                                                organization,
                                                partner,
                                                now));
        AgreementTable.replace(tx, opened);
        return opened;
    }

    /// Asks the partner for its listings, unless that was done.
    void askForCopies(Transaction tx, Peer peer, Agreement agreement) {
        if (agreement.copies() != Copies.OFF) {
            return;
        }
        var sender = actors.of(agreement.organization());
        var follow = PeerLetters.follow(activityId(), sender.id(), agreement.partner());
        keep(tx, agreement.change(clock.instant()).copies(Copies.ASKED, Optional.of(follow.id())));
        send(tx, agreement, peer, follow);
    }

    /// A partner organisation asks for the listings of one of ours.
    Result followed(Transaction tx, Peer peer, Activity follow, OrganizationId organization) {
        if (peer.state() == PeerState.REQUESTED) {
            return new Result.NotYet("peering-not-accepted");
        }
        if (peer.state() != PeerState.ACTIVE) {
            return new Result.Refused("not-a-peer");
        }
        if (!StillOpen.isSo(tx, organization)) {
            answer(tx, "Reject", peer, follow, organization);
            return new Result.Refused("organization-closing");
        }
        var partner = partner(tx, peer, follow.actor());
        var known =
                AgreementTable.find(tx, organization, follow.actor())
                        .filter(it -> it.state() != AgreementState.ENDED);
        // Who asked for the peering wants to work with whoever the other side chose.
        if (known.isEmpty() && !peer.askedByUs()) {
            answer(tx, "Reject", peer, follow, organization);
            return new Result.Refused("pair-not-chosen");
        }
        var agreement = known.orElseGet(() -> open(tx, organization, partner));
        if (agreement.theirFollow().filter(follow.id()::equals).isPresent()) {
            return new Result.Done();
        }
        var changed =
                keep(tx, agreement.change(clock.instant()).theirFollow(Optional.of(follow.id())));
        answer(tx, "Accept", peer, follow, organization);
        if (peer.wantsCopies()) {
            askForCopies(tx, peer, changed);
        }
        return new Result.Done();
    }

    /// They accepted our `Follow`: their listings may come.
    Result accepted(Transaction tx, URI partner, URI follow) {
        return withOurFollow(tx, partner, follow)
                .map(
                        agreement -> {
                            if (agreement.copies() == Copies.ASKED) {
                                keep(
                                        tx,
                                        agreement
                                                .change(clock.instant())
                                                .copies(Copies.ON, agreement.ourFollow()));
                                observer.listingsShared(tx, agreement.organization(), partner);
                            }
                            return (Result) new Result.Done();
                        })
                .orElseGet(() -> new Result.Refused("no-such-follow"));
    }

    /// They refused our `Follow`, or took their consent back.
    Result rejected(Transaction tx, URI partner, URI follow) {
        return withOurFollow(tx, partner, follow)
                .map(
                        agreement -> {
                            stopCopies(tx, agreement, Copied.KEEP);
                            return (Result) new Result.Done();
                        })
                .orElseGet(() -> new Result.Refused("no-such-follow"));
    }

    /// Follows once more a partner that has forgotten our `Follow`.
    void askAnew(Transaction tx, Peer peer, Agreement agreement) {
        askForCopies(
                tx,
                peer,
                keep(tx, agreement.change(clock.instant()).copies(Copies.OFF, Optional.empty())));
    }

    /// They no longer want our listings.
    ///
    /// @param followed whom they followed, if that is said; they may have forgotten under which id
    Result undone(Transaction tx, URI partner, URI follow, Optional<URI> followed) {
        for (var agreement : AgreementTable.listWith(tx, partner)) {
            if (agreement.theirFollow().filter(follow::equals).isPresent()
                    || followed.filter(actors.of(agreement.organization()).id()::equals)
                            .isPresent()) {
                keep(tx, agreement.change(clock.instant()).theirFollow(Optional.empty()));
            }
        }
        return new Result.Done();
    }

    /// Tells the partner that copies end both ways.
    void tellEnd(Transaction tx, Agreement agreement) {
        if (agreement.peer().isHere()) {
            return;
        }
        var peer = PeerTable.find(tx, agreement.peer()).orElseThrow();
        var sender = actors.of(agreement.organization());
        agreement
                .ourFollow()
                .map(
                        it ->
                                PeerLetters.undoFollow(
                                        activityId(), sender.id(), it, agreement.partner()))
                .ifPresent(it -> send(tx, agreement, peer, it));
        agreement
                .theirFollow()
                .map(
                        it ->
                                PeerLetters.answer(
                                        "Reject",
                                        activityId(),
                                        sender.id(),
                                        it,
                                        agreement.partner()))
                .ifPresent(it -> send(tx, agreement, peer, it));
    }

    private void send(Transaction tx, Agreement agreement, Peer peer, Activity activity) {
        var sender = actors.of(agreement.organization());
        outbox.send(tx, sender, agreement.partner(), activity, peer.actor(), Optional.empty());
    }

    /// Ends everything between a pair on our side; tells nobody.
    void end(Transaction tx, Agreement agreement, Copied copied) {
        if (agreement.state() == AgreementState.ENDED) {
            return;
        }
        // Whoever copies from it now ends first (Agreements.copiesFrom).
        PeerTable.lock(tx, agreement.peer());
        var hadCopies = agreement.copies() != Copies.OFF;
        keep(tx, agreement.change(clock.instant()).ended());
        VouchTable.end(tx, agreement.organization(), agreement.partner(), clock.instant());
        tellIfLast(tx, agreement.partner(), hadCopies, copied);
    }

    /// A partner organisation has closed for ever.
    void gone(Transaction tx, URI partner) {
        AgreementTable.listWith(tx, partner).forEach(it -> end(tx, it, Copied.HIDE));
        observer.listingsStopped(tx, partner, Copied.HIDE);
    }

    /// Ends everything with a peer on our side; tells nobody.
    void endAll(Transaction tx, Peer peer, Copied copied) {
        AgreementTable.listOf(tx, peer.id()).forEach(it -> end(tx, it, copied));
        if (copied != Copied.KEEP) {
            // Also of those that ended before, and of those that the peer no longer lists.
            Stream.concat(
                            AgreementTable.listOf(tx, peer.id()).stream().map(Agreement::partner),
                            PeerTable.listOrganizations(tx, peer.id()).stream()
                                    .map(PeerOrganization::actor))
                    .distinct()
                    .forEach(it -> observer.listingsStopped(tx, it, copied));
        }
    }

    /// We no longer want the listings of a partner; the copies stay.
    void stopCopies(Transaction tx, Agreement agreement) {
        var peer = PeerTable.find(tx, agreement.peer()).orElseThrow();
        var sender = actors.of(agreement.organization());
        agreement
                .ourFollow()
                .map(
                        it ->
                                PeerLetters.undoFollow(
                                        activityId(), sender.id(), it, agreement.partner()))
                .ifPresent(it -> send(tx, agreement, peer, it));
        stopCopies(tx, agreement, Copied.KEEP);
    }

    private void stopCopies(Transaction tx, Agreement agreement, Copied copied) {
        var hadCopies = agreement.copies() == Copies.ON;
        keep(tx, agreement.change(clock.instant()).copies(Copies.OFF, Optional.empty()));
        tellIfLast(tx, agreement.partner(), hadCopies, copied);
    }

    private void tellIfLast(Transaction tx, URI partner, boolean hadCopies, Copied copied) {
        var others =
                AgreementTable.listWith(tx, partner).stream()
                        .anyMatch(it -> it.copies() == Copies.ON);
        if (hadCopies && !others) {
            observer.listingsStopped(tx, partner, copied);
        }
    }

    private Optional<Agreement> withOurFollow(Transaction tx, URI partner, URI follow) {
        return AgreementTable.listWith(tx, partner).stream()
                .filter(it -> it.ourFollow().filter(follow::equals).isPresent())
                .findFirst();
    }

    private void answer(
            Transaction tx, String verb, Peer peer, Activity follow, OrganizationId organization) {
        var sender = actors.of(organization);
        outbox.send(
                tx,
                sender,
                follow.actor(),
                PeerLetters.answer(verb, activityId(), sender.id(), follow.id(), follow.actor()),
                peer.actor(),
                Optional.empty());
    }

    /// The organisation as the peer listed it, or as its own actor says.
    PeerOrganization partner(Transaction tx, Peer peer, URI actor) {
        return PeerTable.findOrganization(tx, actor)
                .orElseGet(
                        () ->
                                new PeerOrganization(
                                        actor,
                                        peer.id(),
                                        remoteActors
                                                .find(tx, actor)
                                                .flatMap(it -> it.name())
                                                .map(Names::shortened)
                                                .orElse(actor.getHost())));
    }

    private static Agreement keep(Transaction tx, AgreementChange change) {
        var made = change.made();
        AgreementTable.replace(tx, made);
        return made;
    }

    private URI activityId() {
        return actors.activity(ids.get());
    }
}
