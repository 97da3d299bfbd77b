// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.waymark.federation.transport.Exchange;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Tries the web sites of our listings, one a minute, and tells staff which are gone. It changes no
/// listing, and asks no site oftener than once a round for each listing that names it.
public final class Websites {

    /// @param website that does not answer any more
    public record Gone(Listing listing, URI website) {}

    private static final String WORK = "listing-websites";
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    // 14 days: twice gone is gone for two weeks.
    private static final Duration BETWEEN_ROUNDS = Duration.ofDays(14);
    private static final Duration FIRST = Duration.ofHours(1);
    private static final int AT_ONCE = 50;
    private static final int FAILURES_SHOWN = 2;
    private static final int MOST_SHOWN = 100;
    private static final Set<Integer> GONE = Set.of(404, 410);

    private final Database database;
    private final Access access;
    private final Listings listings;
    private final HostedOrganizations organizations;
    private final Work work;
    private final Function<URI, Exchange> get;
    private final Clock clock;

    /// @param get asks for a page by the guarded client
    public Websites(
            Database database,
            Access access,
            Listings listings,
            HostedOrganizations organizations,
            Work work,
            Function<URI, Exchange> get,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.listings = listings;
        this.organizations = organizations;
        this.work = work;
        this.get = get;
        this.clock = clock;
        work.handle(WORK, this::tryNext);
    }

    /// Goes on with the round of each organisation, an hour after the start.
    public void start() {
        var due = clock.instant().plus(FIRST);
        for (var organization : organizations.list()) {
            database.run(tx -> work.schedule(tx, WORK, organization.id().toString(), due, ""));
        }
    }

    private Handler.Result tryNext(Job job) {
        var organization = new OrganizationId(UUID.fromString(job.key()));
        var now = clock.instant();
        var round = database.read(tx -> WebsiteTable.round(tx, organization));
        if (round.restsUntil().isAfter(now)) {
            return new Handler.Result.Again(round.restsUntil());
        }
        var acting = Acting.node(organization);
        var some =
                database.read(
                        tx -> listings.listOwn(acting, tx, organization, round.last(), AT_ONCE));
        var last = round.last();
        for (var id : some) {
            last = id.toString();
            var website = listings.find(acting, id).flatMap(Listing::website);
            if (website.isPresent()) {
                var gone = isGone(get.apply(website.get()));
                note(organization, id, website.get(), gone);
                break;
            }
            database.run(tx -> WebsiteTable.remove(tx, id));
        }
        var next =
                some.isEmpty()
                        ? new WebsiteTable.Round("", now.plus(BETWEEN_ROUNDS))
                        : new WebsiteTable.Round(last, Instant.EPOCH);
        database.run(tx -> WebsiteTable.putRound(tx, organization, next));
        return new Handler.Result.Again(some.isEmpty() ? next.restsUntil() : now.plus(BETWEEN));
    }

    /// @param gone empty when nobody can tell
    private void note(
            OrganizationId organization, ListingId id, URI website, Optional<Boolean> gone) {
        if (gone.isEmpty()) {
            return;
        }
        database.run(
                tx -> {
                    var before =
                            WebsiteTable.find(tx, id)
                                    .filter(it -> it.website().equals(website))
                                    .map(WebsiteTable.Tried::failures)
                                    .orElse(0);
                    WebsiteTable.put(
                            tx,
                            organization,
                            new WebsiteTable.Tried(
                                    id, website, gone.get() ? before + 1 : 0, clock.instant()));
                });
    }

    /// Empty when it is only that we were not let in, or that it was a bad moment.
    private static Optional<Boolean> isGone(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answer answer -> Optional.of(GONE.contains(answer.status()));
            // A page, and not the data that the guarded client asks for.
            case Exchange.Refused(var code) ->
                    code.equals("media-type-wrong") ? Optional.of(false) : Optional.empty();
            case Exchange.Failed(var code) ->
                    code.equals("host-unknown") ? Optional.of(true) : Optional.empty();
        };
    }

    /// Those that were gone twice in a row.
    public List<Gone> listGone(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database
                .read(
                        tx ->
                                WebsiteTable.listFailing(
                                        tx, acting.organization(), FAILURES_SHOWN, MOST_SHOWN))
                .stream()
                .flatMap(
                        tried ->
                                listings
                                        .find(acting, tried.listing())
                                        .filter(it -> !it.isClosed())
                                        .filter(it -> names(it, tried.website()))
                                        .map(it -> new Gone(it, tried.website()))
                                        .stream())
                .toList();
    }

    private static boolean names(Listing listing, URI website) {
        return listing.website().equals(Optional.of(website));
    }
}
