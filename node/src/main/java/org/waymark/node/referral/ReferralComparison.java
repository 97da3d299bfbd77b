// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.OrderedCollectionPage;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.RemoteHosts;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralList.Entry;
import org.waymark.node.referral.Repair.Finding;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Compares the referrals of each pair of organisations, once a day and whenever something may have
/// been missed. Each side mends its own half ([Repair]) and asks the other for what is missing
/// here; no state is ever told this way.
public final class ReferralComparison {

    private static final Logger LOG = LoggerFactory.getLogger(ReferralComparison.class);

    private static final String ALL = "referral-comparisons";
    private static final String COMPARE = "referral-comparison";
    private static final String ASKED = "asked";

    // 90 days: what was closed earlier is over for both (federation.md, Referrals).
    private static final Duration WINDOW = Duration.ofDays(90);
    // 89 days: what the other side still lists although it closed a little earlier there.
    private static final Duration SAFE_WINDOW = Duration.ofDays(89);
    private static final Duration DAILY = Duration.ofHours(24);
    private static final Duration SPREAD = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(10);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final int PAGE_SIZE = 500;
    private static final int MOST_PAGES = 20;

    private final Database database;
    private final Work work;
    private final Agreements agreements;
    private final Partners partners;
    private final LocalActors localActors;
    private final RemoteActors remoteActors;
    private final Fetcher fetcher;
    private final Outbox outbox;
    private final Repair repair;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final DoubleSupplier jitter;
    private final ReferralTable table = new ReferralTable();

    /// @param jitter between 0 and 1
    public ReferralComparison(
            Database database,
            Work work,
            Referrals referrals,
            Agreements agreements,
            LocalActors localActors,
            RemoteActors remoteActors,
            RemoteHosts remoteHosts,
            Fetcher fetcher,
            Outbox outbox,
            org.waymark.node.exchange.Deliveries deliveries,
            Clock clock,
            Supplier<UUID> ids,
            DoubleSupplier jitter) {
        this.database = database;
        this.work = work;
        this.agreements = agreements;
        this.partners = referrals.partners();
        this.localActors = localActors;
        this.remoteActors = remoteActors;
        this.fetcher = fetcher;
        this.outbox = outbox;
        this.repair = new Repair(referrals.files(), referrals.moves(), deliveries, clock);
        this.clock = clock;
        this.ids = ids;
        this.jitter = jitter;
        work.handle(ALL, _ -> scheduleAll());
        work.handle(COMPARE, this::compare);
        remoteHosts.whenBack((tx, _) -> scheduleSoon(tx));
    }

    /// The node was down or is new in its place: what was missed meanwhile is looked for.
    public void start() {
        database.run(this::scheduleSoon);
    }

    // The pairs are asked for later, outside this transaction.
    private void scheduleSoon(Transaction tx) {
        work.schedule(tx, ALL, "", clock.instant().plus(spread(SOON)), "");
    }

    private Result scheduleAll() {
        var pairs = remote();
        database.run(
                tx -> pairs.forEach(it -> schedule(tx, it.organization(), it.partner(), SOON, "")));
        return new Result.Again(clock.instant().plus(DAILY).plus(spread(SPREAD)));
    }

    private List<Agreement> remote() {
        return agreements.listInForce(Acting.node()).stream()
                .filter(it -> !localActors.isOurs(it.partner()))
                .toList();
    }

    private void schedule(
            Transaction tx, OrganizationId organization, URI partner, Duration within, String why) {
        var key = organization.value() + " " + partner;
        work.schedule(tx, COMPARE, key, clock.instant().plus(spread(within)), why);
    }

    private Duration spread(Duration most) {
        return Duration.ofMillis((long) (most.toMillis() * jitter.getAsDouble()));
    }

    /// `Update` of the partner's `waymark:referrals`, which says: something of yours did not
    /// arrive.
    public ActivityHandler.Result asked(ReceivedActivity received) {
        var partner = received.activity().actor();
        if (received.receiver().isEmpty()
                || partners.inForce(received.receiver().get(), partner).isEmpty()) {
            return new ActivityHandler.Result.Refused("not-agreed");
        }
        database.run(tx -> schedule(tx, received.receiver().get(), partner, Duration.ZERO, ASKED));
        return new ActivityHandler.Result.Done();
    }

    /// Whether that is what an `Update` of a collection is about.
    public boolean isAsking(ReceivedActivity received) {
        return received.activity()
                .object()
                .flatMap(Reference::id)
                .equals(
                        remoteActors
                                .find(received.activity().actor())
                                .flatMap(
                                        it ->
                                                it.reference("waymark:referrals")
                                                        .flatMap(Reference::id)));
    }

    /// What one partner is told; empty when it has no agreement with us.
    Optional<byte[]> list(LocalActor ours, URI partner, URI asked, String after) {
        var organization = ours.organization();
        if (organization.isEmpty() || partners.inForce(organization.get(), partner).isEmpty()) {
            return Optional.empty();
        }
        var since = clock.instant().minus(WINDOW);
        var entries =
                database
                        .read(
                                tx ->
                                        table.listWith(
                                                tx,
                                                organization.get(),
                                                partner,
                                                since,
                                                after,
                                                PAGE_SIZE))
                        .stream()
                        .map(Entry::of)
                        .toList();
        var list = ours.below("/referrals");
        var next =
                Optional.of(entries)
                        .filter(it -> it.size() == PAGE_SIZE)
                        .map(it -> with(list, partner, it.getLast().referral().toString()));
        return Optional.of(ReferralList.write(asked, list, entries, next));
    }

    private static URI with(URI list, URI partner, String after) {
        var from = after.isEmpty() ? "" : "&after=" + encoded(after);
        return URI.create(list + "?with=" + encoded(partner.toString()) + from);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Result compare(Job job) {
        var key = job.key().split(" ", 2);
        var organization = new OrganizationId(UUID.fromString(key[0]));
        var partner = URI.create(key[1]);
        // A changed key stops it too: what is said again is sealed.
        if (!(partners.find(organization, partner) instanceof Found.Ready(var found))) {
            return new Result.Done();
        }
        return switch (fetch(localActors.of(organization), partner)) {
            case Listed.Failed _ -> {
                var wait = FIRST_WAIT.multipliedBy(1L << Math.min(job.attempts(), 6));
                yield new Result.Failed(
                        clock.instant()
                                .plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
            }
            case Listed.Refused(var code) -> {
                LOG.info("Referrals with {} cannot be compared: {}", partner, code);
                yield new Result.Done();
            }
            case Listed.All(var entries) ->
                    mend(organization, found, entries, job.payload().equals(ASKED));
        };
    }

    private sealed interface Listed {
        record All(Map<URI, Entry> entries) implements Listed {}

        record Refused(String code) implements Listed {}

        record Failed() implements Listed {}
    }

    private Listed fetch(LocalActor ours, URI partner) {
        var list =
                remoteActors
                        .get(partner)
                        .flatMap(it -> it.reference("waymark:referrals"))
                        .flatMap(Reference::id)
                        .filter(it -> Origins.same(partner, it));
        if (list.isEmpty()) {
            return new Listed.Refused("no-list");
        }
        var entries = new LinkedHashMap<URI, Entry>();
        var next = Optional.of(with(list.get(), ours.id(), ""));
        for (int pages = 0; next.isPresent() && pages < MOST_PAGES; pages++) {
            switch (fetcher.fetch(next.get(), ours)) {
                case Fetched.Found(OrderedCollectionPage page) -> {
                    ReferralList.read(page).forEach(it -> entries.put(it.referral(), it));
                    next = page.next().filter(it -> Origins.same(partner, it));
                }
                case Fetched.Found _ -> {
                    return new Listed.Refused("not-a-page");
                }
                case Fetched.Gone _ -> {
                    return new Listed.Refused("gone");
                }
                case Fetched.Refused(var code) -> {
                    return new Listed.Refused(code);
                }
                case Fetched.Failed _ -> {
                    return new Listed.Failed();
                }
            }
        }
        return new Listed.All(entries);
    }

    /// @param asked whether the other side asked for it. Then we do not ask in return: two that
    ///   both miss what neither can say any more would ask each other without end
    private Result mend(
            OrganizationId organization, Partner partner, Map<URI, Entry> theirs, boolean asked) {
        var findings = new ArrayList<Finding>();
        for (var ours : ours(organization, partner.actor())) {
            var entry = Optional.ofNullable(theirs.remove(ours.uri()));
            if (entry.isPresent() || ours.changedAt().isAfter(clock.instant().minus(SAFE_WINDOW))) {
                findings.add(
                        database.write(
                                tx -> {
                                    table.lock(tx, ours.id());
                                    var now = table.find(tx, ours.id()).orElseThrow();
                                    return repair.mend(tx, now, entry, partner);
                                }));
            }
        }
        theirs.values().forEach(it -> findings.add(unknown(organization, partner, it)));
        if (findings.contains(Finding.SOMETHING_MISSING) && !asked) {
            ask(localActors.of(organization), partner.actor());
        }
        if (findings.contains(Finding.TOO_FRESH)) {
            return new Result.Again(clock.instant().plus(Repair.SETTLED_AFTER));
        }
        return new Result.Done();
    }

    private List<Referral> ours(OrganizationId organization, URI partner) {
        var since = clock.instant().minus(WINDOW);
        var all = new ArrayList<Referral>();
        var after = "";
        while (true) {
            var from = after;
            var page =
                    database.read(
                            tx ->
                                    table.listWith(
                                            tx, organization, partner, since, from, PAGE_SIZE));
            all.addAll(page);
            if (page.size() < PAGE_SIZE) {
                return all;
            }
            after = page.getLast().uri().toString();
        }
    }

    /// They list what is not among ours.
    private Finding unknown(OrganizationId organization, Partner partner, Entry entry) {
        if (localActors.isOurs(entry.referral())) {
            return database.write(
                    tx -> {
                        var kept =
                                table.find(tx, entry.referral(), Side.SENDER)
                                        .filter(it -> it.organization().equals(organization))
                                        .filter(it -> it.partner().equals(partner.actor()));
                        if (kept.isEmpty()) {
                            LOG.warn(
                                    "{} knows a referral of ours that is not here",
                                    partner.actor());
                            return Finding.NOTHING;
                        }
                        return repair.mend(tx, kept.get(), Optional.of(entry), partner);
                    });
        }
        return Repair.isFresh(entry, clock.instant())
                ? Finding.TOO_FRESH
                : Finding.SOMETHING_MISSING;
    }

    private void ask(LocalActor ours, URI partner) {
        var list = ours.below("/referrals");
        var activity =
                Draft.activity("Update", localActors.activity(ids.get()), ours.id())
                        .set("object", Draft.of("OrderedCollection", list))
                        .to(partner);
        var read = Activity.read(activity.document()).orElseThrow();
        database.run(tx -> outbox.send(tx, ours, partner, read, list, Optional.empty()));
    }
}
