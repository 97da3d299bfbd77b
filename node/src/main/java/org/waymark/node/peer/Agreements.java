// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.SealKeyAnnouncement;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.SealKeys;

/// Agreements from organisation to organisation: what is shared, and, once both have signed, what
/// may be referred. Repeating a step changes nothing.
public final class Agreements {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final SealKeys sealKeys;
    private final OurProofs proofs;
    private final Outbox outbox;
    private final Sharing sharing;
    private final Neighbours neighbours;
    private final Signers signers;
    private final Clock clock;
    private final Supplier<UUID> ids;
    // 1,000 partners: asked for every listing that comes.
    private final Remembered<URI, Boolean> copied;

    public Agreements(
            Database database,
            Access access,
            Audit audit,
            LocalActors actors,
            RemoteActors remoteActors,
            HostedOrganizations organizations,
            SealKeys sealKeys,
            OurProofs proofs,
            Outbox outbox,
            PeeringObserver observer,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.sealKeys = sealKeys;
        this.proofs = proofs;
        this.outbox = outbox;
        this.sharing = new Sharing(actors, remoteActors, outbox, observer, clock, ids);
        this.neighbours = new Neighbours(organizations, actors, sharing, clock);
        this.signers = new Signers(remoteActors, audit, clock);
        this.clock = clock;
        this.ids = ids;
        this.copied = Remembered.of(database, 1_000, "agreement");
        remoteActors.whenRenewed(this::renewed);
    }

    /// What came of a step.
    public sealed interface Outcome {
        record Done(Agreement agreement) implements Outcome {}

        record NotFound() implements Outcome {}

        record NotAllowed(AgreementState from) implements Outcome {}

        /// Nobody is named yet for these duties.
        record FocalPointsMissing(Set<Duty> duties) implements Outcome {}

        /// The last day has passed already.
        record EndsTooEarly(LocalDate endsOn) implements Outcome {}
    }

    /// To which key a referral is sealed now.
    public sealed interface SealingKey {
        record Use(Multikey key) implements SealingKey {}

        /// They publish another key than the one our people rely on, and the signer of the
        /// agreement did not announce it ([SealKeyAnnouncement]). Nothing is sent until a person
        /// has compared the new one by phone ([#confirmKey]).
        record Changed(Multikey key) implements SealingKey {}

        record NotInForce() implements SealingKey {}
    }

    public List<Agreement> list(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        return database.read(tx -> AgreementTable.list(tx, organization));
    }

    public Optional<Agreement> find(Acting acting, AgreementId id) {
        var found = database.read(tx -> AgreementTable.find(tx, id));
        found.ifPresent(it -> access.require(acting, it.organization(), Right.SEE_PARTNERS));
        return found;
    }

    public Optional<Agreement> find(Acting acting, OrganizationId organization, URI partner) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        return database.read(tx -> AgreementTable.find(tx, organization, partner));
    }

    /// The agreement under which referrals may travel today, between an organisation here and a
    /// partner.
    public Optional<Agreement> inForce(Acting acting, OrganizationId organization, URI partner) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        return database.read(tx -> inForce(tx, organization, partner));
    }

    /// All agreements under which referrals may travel today.
    public List<Agreement> listInForce(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(
                tx ->
                        AgreementTable.listSigned(tx).stream()
                                .filter(it -> it.inForce(today()))
                                .filter(it -> isActive(tx, it))
                                .toList());
    }

    /// The partners that receive an organisation's listings as they change.
    public List<URI> receivers(Acting acting, Transaction tx, OrganizationId organization) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        // While the peering rests, what we send waits.
        var between =
                PeerTable.list(tx).stream()
                        .filter(it -> it.state().isBetweenPartners())
                        .map(Peer::id)
                        .collect(Collectors.toSet());
        return AgreementTable.list(tx, organization).stream()
                .filter(Agreement::sharesListings)
                .filter(it -> it.peer().isHere() || between.contains(it.peer()))
                .map(Agreement::partner)
                .toList();
    }

    /// Whether a partner may have an organisation's listings now, those for partners included.
    public boolean receives(
            Acting acting, Transaction tx, OrganizationId organization, URI partner) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        return AgreementTable.find(tx, organization, partner)
                .filter(Agreement::sharesListings)
                .filter(it -> isActive(tx, it))
                .isPresent();
    }

    /// The organisations here that copy a partner's listings; none while the peering rests.
    public List<OrganizationId> copying(Acting acting, URI partner) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(
                tx ->
                        AgreementTable.listWith(tx, partner).stream()
                                .filter(it -> it.copies() == Copies.ON)
                                .filter(it -> isActive(tx, it))
                                .map(Agreement::organization)
                                .toList());
    }

    /// The partners whose listings are copied here.
    public List<URI> copied(Acting acting, Transaction tx) {
        access.require(acting, Right.SEE_PARTNERS);
        return AgreementTable.listCopied(tx);
    }

    /// Whether the listings of a partner may be copied here.
    public boolean copiesFrom(Acting acting, URI partner) {
        access.require(acting, Right.SEE_PARTNERS);
        return copied.get(
                partner,
                _ ->
                        database.read(tx -> AgreementTable.listWith(tx, partner)).stream()
                                .anyMatch(it -> it.copies() == Copies.ON));
    }

    /// The same inside a transaction, and until it ends. Whoever stops the copies to hide or delete
    /// them begins at the peer: there they wait for this transaction, still without anything that
    /// it might want, and find afterwards what it wrote. So ask before you write.
    public boolean copiesFrom(Acting acting, Transaction tx, URI partner) {
        access.require(acting, Right.SEE_PARTNERS);
        PeerTrust.baseUrl(partner).ifPresent(it -> PeerTable.hold(tx, it));
        return AgreementTable.isCopied(tx, partner);
    }

    /// A partner takes back that its listings come here. The caller deletes the copies.
    public void takenBack(Acting acting, Transaction tx, URI partner) {
        access.requireNode(acting);
        AgreementTable.listWith(tx, partner).forEach(it -> PeerTable.lock(tx, it.peer()));
        AgreementTable.listWith(tx, partner).stream()
                .filter(it -> it.copies() != Copies.OFF)
                .forEach(it -> keep(tx, change(it).copies(Copies.OFF, Optional.empty())));
    }

    /// Opens one between two organisations of this node, so that they can sign; copies are not
    /// needed.
    public Outcome open(Acting acting, OrganizationId organization, OrganizationId neighbour) {
        access.require(acting, organization, Right.SIGN_AGREEMENTS);
        var found = neighbours.find(neighbour).filter(_ -> !neighbour.equals(organization));
        return found.<Outcome>map(
                        it ->
                                new Outcome.Done(
                                        database.write(
                                                tx -> {
                                                    StillOpen.require(tx, organization);
                                                    StillOpen.require(tx, neighbour);
                                                    return sharing.open(tx, organization, it);
                                                })))
                .orElseGet(Outcome.NotFound::new);
    }

    /// Signs these terms for our side and sends them to the partner.
    public Outcome offer(Acting acting, AgreementId id, AgreementTerms terms) {
        return signing(
                acting,
                id,
                AgreementState.OFFERED,
                (tx, agreement, sealKey) -> {
                    if (terms.endsOn().isBefore(today())) {
                        return new Outcome.EndsTooEarly(terms.endsOn());
                    }
                    var document = document(tx, agreement, Optional.empty(), terms, sealKey);
                    var sender = actors.of(agreement.organization());
                    var offer =
                            PeerLetters.offer(
                                    actors.activity(ids.get()),
                                    sender.id(),
                                    agreement.partner(),
                                    document.json());
                    var offered =
                            keep(
                                    tx,
                                    change(agreement)
                                            .offered(document, offer.id(), acting.account()));
                    if (agreement.peer().isHere()) {
                        neighbours.offered(tx, offered);
                    } else {
                        outbox.send(
                                tx,
                                sender,
                                agreement.partner(),
                                offer,
                                document.id(),
                                Optional.empty());
                    }
                    audit.record(tx, acting, "agreement-offer", id.value().toString());
                    return new Outcome.Done(offered);
                });
    }

    /// Signs what the partner offered. From then on it is in force on this side, and on theirs when
    /// our answer has arrived.
    public Outcome sign(Acting acting, AgreementId id) {
        return signing(
                acting,
                id,
                AgreementState.IN_FORCE,
                (tx, agreement, sealKey) -> {
                    var theirs = agreement.theirs();
                    var here = agreement.peer().isHere();
                    var signer =
                            remoteActors
                                    .find(tx, agreement.partner())
                                    .flatMap(it -> signer(it, theirs));
                    if (agreement.state() != AgreementState.RECEIVED
                            || theirs.isEmpty()
                            || (signer.isEmpty() && !here)) {
                        return new Outcome.NotAllowed(agreement.state());
                    }
                    var offered = theirs.get();
                    if (offered.terms().endsOn().isBefore(today())) {
                        return new Outcome.EndsTooEarly(offered.terms().endsOn());
                    }
                    var document =
                            document(
                                    tx,
                                    agreement,
                                    Optional.of(offered.id()),
                                    offered.terms(),
                                    sealKey);
                    var change = change(agreement).signed(document, acting.account());
                    var signed =
                            keep(
                                    tx,
                                    here
                                            ? change.inForceHere()
                                            : change.inForce(signer.orElseThrow()));
                    tellSigned(tx, signed, offered.id(), document);
                    audit.record(tx, acting, "agreement-sign", id.value().toString());
                    return new Outcome.Done(signers.checked(tx, signed));
                });
    }

    /// Refuses what the partner offered; listings go on.
    public Outcome decline(Acting acting, AgreementId id) {
        return step(
                acting,
                id,
                (tx, agreement) -> {
                    if (agreement.state() != AgreementState.RECEIVED) {
                        return new Outcome.NotAllowed(agreement.state());
                    }
                    tellOfferEnds(tx, agreement);
                    audit.record(tx, acting, "agreement-decline", id.value().toString());
                    return new Outcome.Done(keep(tx, change(agreement).listingsOnly()));
                });
    }

    /// Ends everything between the two organisations, referrals and listings.
    public Outcome end(Acting acting, AgreementId id, Copied copied) {
        return step(
                acting,
                id,
                (tx, agreement) -> {
                    if (agreement.state() == AgreementState.ENDED) {
                        return new Outcome.Done(agreement);
                    }
                    tellOfferEnds(tx, agreement);
                    sharing.tellEnd(tx, agreement);
                    sharing.end(tx, agreement, copied);
                    audit.record(tx, acting, "agreement-end", id.value().toString());
                    return new Outcome.Done(AgreementTable.find(tx, id).orElseThrow());
                });
    }

    /// The key to seal a referral to, compared with what the partner publishes now. It may read the
    /// partner's actor again, so never call it inside a transaction.
    public SealingKey sealingKey(Acting acting, OrganizationId organization, URI partner) {
        access.require(acting, organization, Right.WORK_ON_REFERRALS);
        var published = remoteActors.get(partner);
        return database.write(tx -> sealingKey(tx, organization, partner, published));
    }

    private SealingKey sealingKey(
            Transaction tx, OrganizationId organization, URI partner, Optional<Actor> published) {
        var agreement = inForce(tx, organization, partner);
        var pinned = agreement.flatMap(Agreement::pinned);
        if (agreement.isEmpty() || pinned.isEmpty()) {
            return new SealingKey.NotInForce();
        }
        var checked =
                published
                        .map(it -> signers.checked(tx, agreement.get(), it))
                        .orElseGet(agreement::get);
        if (checked.hasNewSigner()) {
            return new SealingKey.Changed(checked.changedKey().orElseThrow());
        }
        var signer = checked.pinned().orElseThrow().signer();
        var known = pinned.get().key();
        var now = published.flatMap(Agreements::sealKey).orElse(known);
        if (now.equals(known)) {
            if (agreement.get().changedKey().isPresent()) {
                AgreementTable.replace(tx, checked, change(checked).keyUnchanged().made());
            }
            return new SealingKey.Use(known);
        }
        var announced =
                published.filter(it -> SealKeyAnnouncement.isIn(it, now, signer)).isPresent();
        if (announced) {
            AgreementTable.replace(
                    tx, checked, change(checked).keyChanged(now).keyConfirmed().made());
            audit.record(
                    tx,
                    Acting.node(organization),
                    "agreement-key-renewed",
                    agreement.get().id().value().toString());
            return new SealingKey.Use(now);
        }
        if (agreement.get().changedKey().filter(now::equals).isEmpty()) {
            AgreementTable.replace(tx, checked, change(checked).keyChanged(now).made());
        }
        return new SealingKey.Changed(now);
    }

    private void renewed(Transaction tx, Actor actor) {
        AgreementTable.listWith(tx, actor.id()).stream()
                .filter(it -> it.state() == AgreementState.IN_FORCE)
                .forEach(it -> signers.checked(tx, it, actor));
    }

    /// A person compared the partner's new key by phone: from now on it is the pinned one.
    ///
    /// @param compared what was read out; if the partner changed its key again, nothing happens
    public Outcome confirmKey(Acting acting, AgreementId id, Multikey compared) {
        return step(
                acting,
                id,
                (tx, agreement) -> {
                    if (agreement.changedKey().filter(compared::equals).isEmpty()) {
                        return new Outcome.NotAllowed(agreement.state());
                    }
                    audit.record(tx, acting, "agreement-confirm-key", id.value().toString());
                    if (compared.kind() == Multikey.Kind.ED25519) {
                        remoteActors.confirm(acting, tx, agreement.partner(), compared);
                    }
                    var confirmed = keep(tx, change(agreement).keyConfirmed());
                    // A key beside it that it did not vouch for is not confirmed with it.
                    return new Outcome.Done(
                            remoteActors
                                    .find(tx, agreement.partner())
                                    .map(it -> signers.checked(tx, confirmed, it))
                                    .orElse(confirmed));
                });
    }

    private Optional<Agreement> inForce(Transaction tx, OrganizationId organization, URI partner) {
        return AgreementTable.find(tx, organization, partner)
                .filter(it -> it.inForce(today()))
                .filter(it -> isActive(tx, it));
    }

    private static boolean isActive(Transaction tx, Agreement agreement) {
        return agreement.peer().isHere()
                || PeerTable.find(tx, agreement.peer())
                        .filter(peer -> peer.state() == PeerState.ACTIVE)
                        .isPresent();
    }

    private interface Step {
        Outcome take(Transaction tx, Agreement agreement);
    }

    private interface Signing {
        Outcome take(Transaction tx, Agreement agreement, Multikey sealKey);
    }

    private Outcome step(Acting acting, AgreementId id, Step step) {
        var found = database.read(tx -> AgreementTable.find(tx, id));
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        access.require(acting, found.get().organization(), Right.SIGN_AGREEMENTS);
        var peer = found.get().peer();
        return database.insist(
                tx -> {
                    // Read after the lock: what the partner says meanwhile is not written over.
                    PeerTable.lock(tx, peer);
                    return step.take(tx, AgreementTable.find(tx, id).orElseThrow());
                });
    }

    private Outcome signing(Acting acting, AgreementId id, AgreementState to, Signing signing) {
        return step(
                acting,
                id,
                (tx, agreement) -> {
                    StillOpen.require(tx, agreement.organization());
                    var missing = FocalPoints.missing(tx, agreement.organization());
                    if (!missing.isEmpty()) {
                        return new Outcome.FocalPointsMissing(missing);
                    }
                    if (agreement.inForce(today()) || !agreement.state().allows(to)) {
                        return new Outcome.NotAllowed(agreement.state());
                    }
                    var sealKey =
                            new Multikey(
                                    Multikey.Kind.X25519,
                                    sealKeys.currentPublicKey(agreement.organization()));
                    return signing.take(tx, agreement, sealKey);
                });
    }

    private AgreementDocument document(
            Transaction tx,
            Agreement agreement,
            Optional<URI> answers,
            AgreementTerms terms,
            Multikey sealKey) {
        var signatory = actors.of(agreement.organization());
        var written =
                AgreementDocument.write(
                        signatory.below("/agreements/" + ids.get()),
                        answers,
                        signatory.id(),
                        agreement.partner(),
                        terms,
                        FocalPointTable.list(tx, agreement.organization()),
                        sealKey);
        return new AgreementDocument(proofs.sign(signatory.id(), written.json(), clock.instant()));
    }

    private void tellSigned(
            Transaction tx, Agreement signed, URI offered, AgreementDocument document) {
        if (signed.peer().isHere()) {
            neighbours.signed(tx, signed);
            return;
        }
        var sender = actors.of(signed.organization());
        outbox.send(
                tx,
                sender,
                signed.partner(),
                PeerLetters.acceptOffer(
                        actors.activity(ids.get()),
                        sender.id(),
                        signed.partner(),
                        signed.offer().orElseThrow(),
                        document.json()),
                offered,
                Optional.empty());
    }

    private void tellOfferEnds(Transaction tx, Agreement agreement) {
        if (agreement.peer().isHere()) {
            neighbours.over(tx, agreement);
            return;
        }
        var sender = actors.of(agreement.organization());
        agreement
                .offer()
                .ifPresent(
                        offer ->
                                outbox.send(
                                        tx,
                                        sender,
                                        agreement.partner(),
                                        PeerLetters.endOffer(
                                                actors.isOurs(offer) ? "Undo" : "Reject",
                                                actors.activity(ids.get()),
                                                sender.id(),
                                                agreement.partner(),
                                                offer),
                                        agreement.document().orElseThrow(),
                                        Optional.empty()));
    }

    private AgreementChange change(Agreement agreement) {
        return agreement.change(clock.instant());
    }

    private static Agreement keep(Transaction tx, AgreementChange change) {
        var made = change.made();
        AgreementTable.replace(tx, made);
        return made;
    }

    /// Days end with the last of their hours anywhere near: UTC is close enough for a year's paper.
    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// The key with which a partner signed what it offered, as long as it lists it.
    private static Optional<Multikey> signer(Actor partner, Optional<AgreementDocument> offered) {
        var named = offered.map(it -> it.json().path("proof").path("verificationMethod").asText());
        return partner.assertionMethods().stream()
                .filter(it -> named.filter(it.id().toString()::equals).isPresent())
                .map(Actor.KeyEntry::key)
                .filter(it -> it.kind() == Multikey.Kind.ED25519)
                .findFirst();
    }

    private static Optional<Multikey> sealKey(Actor actor) {
        return actor.keyAgreements().stream()
                .map(Actor.KeyEntry::key)
                .filter(it -> it.kind() == Multikey.Kind.X25519)
                .findFirst();
    }
}
