// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// Organisations that vouch for each other. A person vouches for a partner, and takes it back; the
/// partner is told, and names the vouch to those it asks to become their peer. There it is shown to
/// the person who decides, and decides nothing.
public final class Vouches {

    // 1 year: then a person looks again whether they still know each other.
    private static final Duration VALID = Duration.ofDays(365);
    // 24 h without an answer of the voucher: what it said before may be taken back by now.
    private static final Duration FRESH = Duration.ofDays(1);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final BaseUrl baseUrl;
    private final OurProofs proofs;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Vouches(
            Database database,
            Work work,
            Access access,
            Audit audit,
            LocalActors actors,
            BaseUrl baseUrl,
            OurProofs proofs,
            Outbox outbox,
            Fetcher fetcher,
            TheirProofs theirProofs,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.baseUrl = baseUrl;
        this.proofs = proofs;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
        work.handle(
                VouchLookup.WORK,
                new VouchLookup(database, fetcher::fetch, theirProofs, clock)::look);
    }

    /// What came of a step.
    public enum Outcome {
        DONE,
        /// It is so already.
        ALREADY_THERE,
        NOT_FOUND,
        /// It is no partner elsewhere with which we deal now.
        NOT_ALLOWED
    }

    /// Vouches for the partner of an agreement, for a year. Whoever gets the address of the vouch
    /// from that partner can read it.
    public Outcome give(Acting acting, AgreementId id) {
        return step(acting, id, this::give);
    }

    /// Takes it back: its address says so from now on.
    public Outcome takeBack(Acting acting, AgreementId id) {
        return step(acting, id, this::takeBack);
    }

    /// The vouch for the partner of an agreement, while it stands.
    public Optional<Vouch> find(Acting acting, AgreementId id) {
        return database.read(
                tx ->
                        AgreementTable.find(tx, id)
                                .flatMap(
                                        it -> {
                                            access.require(
                                                    acting, it.organization(), Right.SEE_PARTNERS);
                                            return standing(tx, it);
                                        }));
    }

    /// Who of its partners vouches for the organisation acted for, and may be named where it asks a
    /// node to become a peer.
    public List<VouchForUs> listForUs(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> listForUs(tx, acting.organization(), clock.instant()));
    }

    /// Nobody reads a vouch of who is no peer, so none of those.
    static List<VouchForUs> listForUs(Transaction tx, OrganizationId organization, Instant now) {
        return VouchTable.listReceived(tx, organization, now).stream()
                .filter(it -> state(tx, it.voucher()).equals(Optional.of(PeerState.ACTIVE)))
                .map(it -> new VouchForUs(it.uri(), it.voucher(), name(tx, organization, it)))
                .toList();
    }

    private static String name(
            Transaction tx, OrganizationId organization, VouchTable.Received received) {
        return AgreementTable.find(tx, organization, received.voucher())
                .map(Agreement::partnerName)
                .or(
                        () ->
                                PeerTable.findOrganization(tx, received.voucher())
                                        .map(PeerOrganization::name))
                .orElseGet(() -> received.voucher().getHost());
    }

    /// How we stand with the node where an actor lives.
    static Optional<PeerState> state(Transaction tx, URI actor) {
        return PeerTrust.baseUrl(actor)
                .flatMap(base -> PeerTable.findByBaseUrl(tx, base))
                .map(Peer::state);
    }

    /// Who of our own partners vouches for a node that asks to become our peer, as they said when
    /// they were last asked.
    public List<Voucher> list(Acting acting, PeerId asking) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(
                tx ->
                        VouchTable.listSeen(tx, asking, clock.instant().minus(FRESH)).stream()
                                .flatMap(it -> voucher(tx, acting, it).stream())
                                .toList());
    }

    private static Optional<Voucher> voucher(Transaction tx, Acting acting, VouchTable.Seen seen) {
        var about =
                PeerTable.findOrganization(tx, seen.about())
                        .map(PeerOrganization::name)
                        .orElseGet(() -> seen.about().getHost());
        return AgreementTable.listWith(tx, seen.voucher()).stream()
                .filter(it -> acting.isNode() || it.organization().equals(acting.organization()))
                .filter(it -> it.state() != AgreementState.ENDED && !it.hasNewSigner())
                .filter(it -> isActive(tx, it))
                .findFirst()
                .map(
                        it ->
                                new Voucher(
                                        it.partnerName(),
                                        about,
                                        seen.about().getRawAuthority(),
                                        seen.at()));
    }

    private interface Step {
        Outcome take(Transaction tx, Acting acting, Agreement agreement);
    }

    private Outcome step(Acting acting, AgreementId id, Step step) {
        var found = database.read(tx -> AgreementTable.find(tx, id));
        found.ifPresent(it -> access.require(acting, it.organization(), Right.SIGN_AGREEMENTS));
        return found.map(
                        known ->
                                database.write(
                                        tx -> {
                                            PeerTable.lock(tx, known.peer());
                                            var now = AgreementTable.find(tx, id).orElseThrow();
                                            return step.take(tx, acting, now);
                                        }))
                .orElse(Outcome.NOT_FOUND);
    }

    private Outcome give(Transaction tx, Acting acting, Agreement agreement) {
        if (agreement.peer().isHere()
                || agreement.state() == AgreementState.ENDED
                || agreement.hasNewSigner()
                || !isActive(tx, agreement)) {
            return Outcome.NOT_ALLOWED;
        }
        if (standing(tx, agreement).isPresent()) {
            return Outcome.ALREADY_THERE;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        VouchTable.takeBack(tx, agreement.organization(), agreement.partner(), now);
        var vouch =
                new Vouch(
                        ids.get(),
                        agreement.organization(),
                        agreement.partner(),
                        now,
                        now.plus(VALID),
                        Optional.empty());
        VouchTable.add(tx, vouch);
        var voucher = actors.of(vouch.organization()).id();
        var signed =
                proofs.sign(voucher, VouchDocument.write(address(vouch.id()), voucher, vouch), now);
        tell(
                tx,
                vouch,
                PeerLetters.create(actors.activity(ids.get()), voucher, vouch.about(), signed));
        audit.record(tx, acting, "vouch-give", vouch.id().toString());
        return Outcome.DONE;
    }

    private Outcome takeBack(Transaction tx, Acting acting, Agreement agreement) {
        var standing = standing(tx, agreement);
        if (standing.isEmpty()) {
            return Outcome.ALREADY_THERE;
        }
        var vouch = standing.get();
        VouchTable.takeBack(tx, vouch.organization(), vouch.about(), clock.instant());
        tell(
                tx,
                vouch,
                PeerLetters.delete(
                        actors.activity(ids.get()),
                        actors.of(vouch.organization()).id(),
                        vouch.about(),
                        VouchDocument.tombstone(address(vouch.id())).json()));
        audit.record(tx, acting, "vouch-take-back", vouch.id().toString());
        return Outcome.DONE;
    }

    private void tell(Transaction tx, Vouch vouch, Activity activity) {
        outbox.send(
                tx,
                actors.of(vouch.organization()),
                vouch.about(),
                activity,
                address(vouch.id()),
                Optional.empty());
    }

    private Optional<Vouch> standing(Transaction tx, Agreement agreement) {
        return VouchTable.list(tx, agreement.organization(), agreement.partner()).stream()
                .filter(it -> it.stands(clock.instant()))
                .findFirst();
    }

    private static boolean isActive(Transaction tx, Agreement agreement) {
        return PeerTable.find(tx, agreement.peer())
                .filter(it -> it.state() == PeerState.ACTIVE)
                .isPresent();
    }

    private URI address(UUID vouch) {
        return baseUrl.resolve("/v/" + vouch);
    }
}
