// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.suggest;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.waymark.node.account.Access;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingHits;
import org.waymark.node.listing.ListingIndex;
import org.waymark.node.listing.ListingQuery;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.Referrals;

/// Finds whom to ask. What stands first is only likeliest to help; people choose.
public final class Suggestions {

    private static final int MOST = 8;
    // 60: each is asked for its agreement.
    private static final int LOOKED_AT = 60;
    // A year: who answered fast two years ago may have other people now.
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private final Database database;
    private final Access access;
    private final Accounts accounts;
    private final LocalActors actors;
    private final ListingIndex index;
    private final Referrals referrals;
    private final ZoneId zone;
    private final Clock clock;
    private final AnswerTimeTable table = new AnswerTimeTable();

    public Suggestions(
            Database database,
            Access access,
            Accounts accounts,
            LocalActors actors,
            ListingIndex index,
            Referrals referrals,
            ZoneId zone,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.accounts = accounts;
        this.actors = actors;
        this.index = index;
        this.referrals = referrals;
        this.zone = zone;
        this.clock = clock;
    }

    /// At most eight, the likeliest first.
    public List<Suggestion> list(Acting acting, Wanted wanted) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, zone);
        var hits = index.search(query(wanted), LOOKED_AT);
        var known =
                database.read(tx -> table.list(tx, acting.organization(), now.minus(REMEMBERED)));
        var kept = new HashMap<URI, Boolean>();
        return hits.listings().stream()
                .filter(it -> !wanted.without().contains(it.id()))
                .filter(it -> it.standing().closedOn(today).isEmpty())
                .filter(it -> !it.standing().isFull(today))
                .flatMap(
                        it ->
                                referrals
                                        .whomToAsk(acting, it)
                                        .filter(
                                                who ->
                                                        kept.computeIfAbsent(
                                                                who, _ -> isKept(who, known)))
                                        .map(who -> suggestion(it, who, wanted, hits, known, today))
                                        .stream())
                .sorted(
                        Comparator.comparingDouble((Suggestion it) -> it.cost(wanted))
                                .thenComparing(it -> it.listing().name().base()))
                .limit(MOST)
                .toList();
    }

    /// Whether somebody looks after requests there, as far as can be told from here.
    public boolean isAttended(Acting acting, URI receiver) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        var since = clock.instant().minus(REMEMBERED);
        var known = database.read(tx -> table.find(tx, acting.organization(), receiver, since));
        return isKept(receiver, Map.of(receiver, known));
    }

    private static ListingQuery query(Wanted wanted) {
        return new ListingQuery(
                "",
                "en",
                new ListingQuery.Narrow(
                        wanted.topic(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        true,
                        Optional.empty(),
                        Set.of(),
                        Set.of(),
                        wanted.near(),
                        Optional.empty()),
                Optional.empty(),
                0);
    }

    /// Whether somebody is there: signed in this week where we can know it, and in any case not
    /// silent about a request of ours.
    private boolean isKept(URI receiver, Map<URI, Experience> known) {
        var now = clock.instant();
        var limit = now.minus(Experience.LONGEST_SILENCE);
        var organization = actors.find(receiver).flatMap(LocalActor::organization);
        var isSeen =
                organization.isEmpty()
                        || accounts.lastSeen(Acting.node(), organization.get())
                                        .filter(limit::isBefore)
                                        .isPresent()
                                // Their own page has closed itself then (safety.md 15).
                                && !referrals.hasLateAskedOnline(Acting.node(organization.get()));
        return isSeen && !known.getOrDefault(receiver, Experience.none()).isSilent(now);
    }

    private static Suggestion suggestion(
            Listing listing,
            URI receiver,
            Wanted wanted,
            ListingHits hits,
            Map<URI, Experience> known,
            LocalDate today) {
        var standing = listing.standing();
        var isBelieved = standing.isBelieved(today);
        return new Suggestion(
                listing,
                receiver,
                wanted.spoken().filter(tag -> speaks(listing, tag)),
                hits.kilometres(listing),
                known.getOrDefault(receiver, Experience.none()).answersInDays(),
                isBelieved ? standing.free() : OptionalInt.empty(),
                isBelieved ? standing.waitDays() : OptionalInt.empty());
    }

    private static boolean speaks(Listing listing, String tag) {
        return listing.languages().stream()
                .flatMap(it -> it.tag().stream())
                .anyMatch(it -> primary(it).equals(primary(tag)));
    }

    private static String primary(String tag) {
        return Locale.forLanguageTag(tag).getLanguage();
    }
}
