// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Deliveries;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Organisations hosted here that close. First everyone is told while the address still answers,
/// because others check with its key that it really was said; at last the address answers 410.
public final class Farewells {

    /// Stands for the node itself among those that close.
    static final OrganizationId NODE = new OrganizationId(new UUID(0, 0));

    // 1 week: both have the same reasons before their eyes.
    static final Duration WISH_LASTS = Duration.ofDays(7);

    private static final String WORK = "farewell";
    private static final Duration RHYTHM = Duration.ofMinutes(10);
    // 3 days: a weekend. Whoever hears later goes by the keys it knows.
    private static final Duration LAST_WORDS = Duration.ofDays(3);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Followers followers;
    private final Agreements agreements;
    private final Outbox outbox;
    private final Work work;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Farewells(
            Database database,
            Access access,
            Audit audit,
            LocalActors actors,
            RemoteActors remoteActors,
            Followers followers,
            Agreements agreements,
            Outbox outbox,
            Work work,
            Deliveries deliveries,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.followers = followers;
        this.agreements = agreements;
        this.outbox = outbox;
        this.work = work;
        this.deliveries = deliveries;
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, job -> leave(new OrganizationId(UUID.fromString(job.key()))));
    }

    public Optional<Farewell> find(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        return database.read(tx -> FarewellTable.find(tx, organization));
    }

    /// Somebody wishes that an organisation closes. Where another person there may decide it too,
    /// both must wish it within a week; the node itself needs nobody.
    ///
    /// @return whether it may begin now
    public boolean wish(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        var decidesAlone = decidesAlone(acting);
        return database.write(
                tx -> {
                    if (decidesAlone || isWishedByAnother(tx, acting, organization)) {
                        return true;
                    }
                    if (wish(tx, organization).isEmpty()) {
                        FarewellTable.putWish(
                                tx,
                                organization,
                                new FarewellTable.Wish(acting.account(), clock.instant()));
                        audit.record(
                                tx, acting, "organization-close-wished", organization.toString());
                    }
                    return false;
                });
    }

    /// Who wishes that an organisation closes, while nobody else does.
    public Optional<ClosingWish> findWish(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        return database.read(tx -> wish(tx, organization));
    }

    /// Anybody who may wish it may take it back, also for another.
    ///
    /// @return whether there was anything to take back
    public boolean dropWish(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        return database.write(
                tx -> {
                    var dropped = FarewellTable.removeWish(tx, organization);
                    if (dropped) {
                        audit.record(
                                tx, acting, "organization-close-dropped", organization.toString());
                    }
                    return dropped;
                });
    }

    private boolean decidesAlone(Acting acting) {
        return acting.isNode() || access.isAlone(acting, Right.MANAGE_ORGANIZATION);
    }

    private boolean isWishedByAnother(Transaction tx, Acting acting, OrganizationId organization) {
        return wish(tx, organization)
                .filter(it -> !it.account().equals(acting.account()))
                .isPresent();
    }

    private Optional<ClosingWish> wish(Transaction tx, OrganizationId organization) {
        return FarewellTable.findWish(tx, organization)
                .filter(it -> access.has(tx, it.account(), organization, Right.MANAGE_ORGANIZATION))
                .map(
                        it ->
                                new ClosingWish(
                                        it.account(),
                                        it.wishedAt(),
                                        it.wishedAt().plus(WISH_LASTS)))
                .filter(it -> it.until().isAfter(clock.instant()));
    }

    /// What came of beginning to close.
    public enum Beginning {
        BEGUN,
        /// Before; nothing was done.
        BEGUN_BEFORE,
        /// Nothing was done: a second person must wish it first ([#wish]).
        NOT_WISHED,
        /// Nothing was done: there is something to end first.
        NOT_FREE
    }

    /// Notes that an organisation closes, from when on it takes nothing new, and tells its
    /// followers that it goes.
    ///
    /// @param isFree asked in the same transaction whether nothing is open there any more
    public Beginning begin(
            Acting acting, OrganizationId organization, Predicate<Transaction> isFree) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        var decidesAlone = decidesAlone(acting);
        return database.write(
                tx -> {
                    if (FarewellTable.find(tx, organization).isPresent()) {
                        return Beginning.BEGUN_BEFORE;
                    }
                    if (!decidesAlone && !isWishedByAnother(tx, acting, organization)) {
                        return Beginning.NOT_WISHED;
                    }
                    if (!FarewellTable.begin(tx, organization, clock.instant())) {
                        return Beginning.BEGUN_BEFORE;
                    }
                    if (!isFree.test(tx)) {
                        FarewellTable.undo(tx, organization);
                        return Beginning.NOT_FREE;
                    }
                    FarewellTable.removeWish(tx, organization);
                    sayGone(tx, organization, followers.receivers(Acting.node(), tx, organization));
                    audit.record(tx, acting, "organization-close", organization.toString());
                    return Beginning.BEGUN;
                });
    }

    /// Ends all agreements of an organisation that closes; those that have ended stay as they are.
    public void endAgreements(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        var node = Acting.node(organization);
        agreements.list(node, organization).stream()
                .filter(it -> it.state() != AgreementState.ENDED)
                .forEach(it -> agreements.end(node, it.id(), Copied.KEEP));
    }

    /// Partners are told that it has gone. Its address answers until they have heard it, because
    /// they ask there for the keys it was said with, or for three days; then it answers 410.
    ///
    /// @return whether that was not so before
    public boolean end(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.MANAGE_ORGANIZATION);
        return database.write(
                tx -> {
                    if (!FarewellTable.finish(tx, organization, clock.instant())) {
                        return false;
                    }
                    var partners =
                            AgreementTable.list(tx, organization).stream()
                                    .filter(it -> !it.peer().isHere())
                                    .map(Agreement::partner)
                                    .filter(it -> remoteActors.find(tx, it).isPresent())
                                    .toList();
                    sayGone(tx, organization, partners);
                    work.schedule(tx, WORK, organization.toString(), clock.instant(), "");
                    audit.record(tx, acting, "organization-gone", organization.toString());
                    return true;
                });
    }

    /// The node itself goes, after all its organisations: when all that it said has arrived, or
    /// after three days, `/actor`, NodeInfo and WebFinger answer 410.
    ///
    /// @return whether that was not so before
    public boolean endNode(Acting acting) {
        access.requireNode(acting);
        return database.write(
                tx -> {
                    FarewellTable.begin(tx, NODE, clock.instant());
                    if (!FarewellTable.finish(tx, NODE, clock.instant())) {
                        return false;
                    }
                    work.schedule(tx, WORK, NODE.toString(), clock.instant(), "");
                    audit.record(tx, acting, "node-gone", NODE.toString());
                    return true;
                });
    }

    public Optional<Farewell> findNode(Acting acting) {
        return find(acting, NODE);
    }

    private Handler.Result leave(OrganizationId organization) {
        var gone =
                database.write(
                        tx -> {
                            var farewell = FarewellTable.find(tx, organization);
                            var finished = farewell.flatMap(Farewell::finishedAt);
                            if (finished.isEmpty()) {
                                return true;
                            }
                            var late = finished.get().plus(LAST_WORDS).isBefore(clock.instant());
                            if (!late && isSpeaking(tx, organization)) {
                                return false;
                            }
                            FarewellTable.end(tx, organization, clock.instant());
                            return true;
                        });
        return gone
                ? new Handler.Result.Done()
                : new Handler.Result.Again(clock.instant().plus(RHYTHM));
    }

    private boolean isSpeaking(Transaction tx, OrganizationId organization) {
        return organization.equals(NODE)
                ? deliveries.isAnythingUnderWay(tx)
                : deliveries.isSpeaking(tx, actors.of(organization).id());
    }

    private void sayGone(Transaction tx, OrganizationId organization, List<URI> receivers) {
        var sender = actors.of(organization);
        var activity =
                Draft.activity("Delete", actors.activity(ids.get()), sender.id())
                        .set("object", sender.id())
                        .to(Contexts.PUBLIC)
                        .cc(sender.below("/followers"));
        outbox.sendToAll(
                tx,
                sender,
                receivers,
                Activity.read(activity.document()).orElseThrow(),
                sender.id());
    }
}
