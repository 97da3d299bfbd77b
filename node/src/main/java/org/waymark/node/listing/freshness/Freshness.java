// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Amendment;
import org.waymark.node.listing.CheckList;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Outcome;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Who has to check which listing again, by when, and what came of it (safety rule 6). A person
/// hides what two calls did not reach; a clock never does.
public final class Freshness {

    /// What came of the wish to hide a listing that nobody answers for.
    public enum Hiding {
        HIDDEN,
        /// Two calls at different times come first.
        TOO_FEW_CALLS,
        /// Its town would have nothing left for one of its topics.
        LAST_OF_TOWN,
        /// The page for danger leads to it.
        EMERGENCY_LINE,
        NOT_FOUND
    }

    /// Whom to ask about a listing.
    public record Asked(ListingId listing, String mail) {}

    private static final String WORK = "listing-rhythm";
    private static final int AT_ONCE = 100;
    private static final int CALLS_NEEDED = 2;
    // 4 h: two calls in a row are one.
    private static final Duration BETWEEN_CALLS = Duration.ofHours(4);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Listings listings;
    private final CheckList checkList;
    private final HostedOrganizations organizations;
    private final Work work;
    private final FreshnessSettings settings;
    private final Set<UUID> emergencyLines;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /// @param emergencyLines listings that the page for danger leads to: they never vanish
    public Freshness(
            Database database,
            Access access,
            Audit audit,
            Listings listings,
            CheckList checkList,
            HostedOrganizations organizations,
            Work work,
            FreshnessSettings settings,
            Set<UUID> emergencyLines,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.listings = listings;
        this.checkList = checkList;
        this.organizations = organizations;
        this.work = work;
        this.settings = settings;
        this.emergencyLines = emergencyLines;
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, this::apply);
    }

    /// What is due, or soon will be; the longest due first.
    public List<Listing> toCheck(Acting acting, int skip, int limit) {
        return checkList.due(acting, settings.remindDays(), skip, limit);
    }

    public int countToCheck(Acting acting) {
        return checkList.countDue(acting, settings.remindDays());
    }

    /// How many months lie between checks of the organisation's listings.
    public int months(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> months(tx, acting.organization()));
    }

    private int months(Transaction tx, OrganizationId organization) {
        return FreshnessTable.findRhythm(tx, organization)
                .flatMap(FreshnessTable.Rhythm::months)
                .orElse(settings.months());
    }

    private int months(Transaction tx, OrganizationId organization, ListingId listing) {
        return FreshnessTable.findCare(tx, listing)
                .flatMap(Care::months)
                .orElseGet(() -> months(tx, organization));
    }

    /// Sets the rhythm of all listings that have none of their own.
    public void setMonths(Acting acting, int months) {
        access.require(acting, Right.EDIT_LISTINGS);
        var allowed = Math.clamp(months, 1, Checked.LONGEST_MONTHS);
        database.run(
                tx -> {
                    var applied =
                            FreshnessTable.findRhythm(tx, acting.organization())
                                    .map(FreshnessTable.Rhythm::applied)
                                    .orElse(Checked.USUAL_MONTHS);
                    FreshnessTable.putRhythm(
                            tx,
                            acting.organization(),
                            new FreshnessTable.Rhythm(Optional.of(allowed), applied));
                    audit.record(tx, acting, "listing-rhythm", acting.organization().toString());
                    scheduleApplying(tx, acting.organization());
                });
    }

    private void scheduleApplying(Transaction tx, OrganizationId organization) {
        work.schedule(tx, WORK, organization.toString(), clock.instant(), "");
    }

    /// Lets listings say what the settings say, where nobody chose a rhythm and the settings have
    /// changed.
    public void start() {
        for (var organization : organizations.list()) {
            database.run(
                    tx -> {
                        var applied =
                                FreshnessTable.findRhythm(tx, organization.id())
                                        .map(FreshnessTable.Rhythm::applied)
                                        .orElse(Checked.USUAL_MONTHS);
                        if (applied != months(tx, organization.id())) {
                            scheduleApplying(tx, organization.id());
                        }
                    });
        }
    }

    private Handler.Result apply(Job job) {
        var organization = new OrganizationId(UUID.fromString(job.key()));
        var acting = Acting.node(organization);
        var months = database.read(tx -> months(tx, organization));
        var after = "";
        while (true) {
            var from = after;
            var done = database.write(tx -> apply(tx, acting, from));
            if (done.isEmpty()) {
                break;
            }
            after = done.getLast().toString();
        }
        database.run(
                tx ->
                        FreshnessTable.putRhythm(
                                tx,
                                organization,
                                new FreshnessTable.Rhythm(
                                        FreshnessTable.findRhythm(tx, organization)
                                                .flatMap(FreshnessTable.Rhythm::months),
                                        months)));
        return new Handler.Result.Done();
    }

    private List<ListingId> apply(Transaction tx, Acting acting, String after) {
        var some = listings.listOwn(acting, tx, acting.organization(), after, AT_ONCE);
        for (var listing : some) {
            var months = months(tx, acting.organization(), listing);
            listings.amend(acting, tx, listing, new Amendment.Rhythm(months), Optional.empty());
        }
        return some;
    }

    /// What staff keep beside a listing of theirs.
    public Care care(Acting acting, ListingId listing) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        isOurs(acting, tx, listing)
                                ? FreshnessTable.findCare(tx, listing).orElse(Care.none())
                                : Care.none());
    }

    /// Our listings for which staff wrote down whom to ask.
    public List<Asked> listAsked(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> FreshnessTable.listAsked(tx, acting.organization()));
    }

    public void setCare(Acting acting, ListingId listing, Care care) {
        access.require(acting, Right.EDIT_LISTINGS);
        var allowed =
                new Care(
                        care.months().map(it -> Math.clamp(it, 1, Checked.LONGEST_MONTHS)),
                        care.askMail());
        database.run(
                tx -> {
                    if (isOurs(acting, tx, listing)) {
                        FreshnessTable.putCare(tx, acting.organization(), listing, allowed);
                        var months = months(tx, acting.organization(), listing);
                        audit.record(tx, acting, "listing-care", listing.toString());
                        listings.amend(
                                acting,
                                tx,
                                listing,
                                new Amendment.Rhythm(months),
                                Optional.empty());
                    }
                });
    }

    private boolean isOurs(Acting acting, Transaction tx, ListingId listing) {
        return listings.publisher(acting, tx, listing)
                .filter(acting.organization()::equals)
                .isPresent();
    }

    /// Somebody made sure today that all of it is right, in all its languages.
    public Outcome confirm(Acting acting, ListingId listing, Checked.How how) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(tx -> confirm(acting, tx, listing, how));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    Outcome confirm(Acting acting, Transaction tx, ListingId listing, Checked.How how) {
        var months = months(tx, acting.organization(), listing);
        var outcome =
                listings.amend(
                        acting, tx, listing, new Amendment.Confirm(how, months), Optional.empty());
        if (!(outcome instanceof Outcome.NotFound || outcome instanceof Outcome.NotYours)) {
            FreshnessTable.forgetCalls(tx, listing);
        }
        return outcome;
    }

    /// Notes that nobody answered.
    public void noAnswer(Acting acting, ListingId listing) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    if (isOurs(acting, tx, listing)) {
                        FreshnessTable.addFailedCall(
                                tx, ids.get(), listing, acting.account(), clock.instant());
                        audit.record(tx, acting, "listing-no-answer", listing.toString());
                    }
                });
    }

    /// When nobody answered since the last check, the oldest first.
    public List<Instant> failedCalls(Acting acting, ListingId listing) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        isOurs(acting, tx, listing)
                                ? FreshnessTable.listFailedCalls(tx, listing)
                                : List.of());
    }

    /// Whether calls enough failed, far enough from each other, for a person to hide it.
    public boolean mayHide(Acting acting, ListingId listing) {
        return isEnough(failedCalls(acting, listing));
    }

    private static boolean isEnough(List<Instant> calls) {
        return calls.size() >= CALLS_NEEDED
                && !calls.getLast().isBefore(calls.getFirst().plus(BETWEEN_CALLS));
    }

    /// Takes a listing out of sight until somebody publishes it again.
    public Hiding hide(Acting acting, ListingId listing) {
        access.require(acting, Right.EDIT_LISTINGS);
        if (!database.read(tx -> isOurs(acting, tx, listing))) {
            return Hiding.NOT_FOUND;
        }
        if (!mayHide(acting, listing)) {
            return Hiding.TOO_FEW_CALLS;
        }
        if (emergencyLines.contains(listing.value())) {
            return Hiding.EMERGENCY_LINE;
        }
        if (checkList.isLastOfTown(acting, listing)) {
            return Hiding.LAST_OF_TOWN;
        }
        return switch (listings.hold(acting, listing)) {
            case Outcome.NotFound _, Outcome.NotYours _ -> Hiding.NOT_FOUND;
            case Outcome.Changed _,
                    Outcome.NothingToChange _,
                    Outcome.NeedsSecondPerson _,
                    Outcome.Stale _ ->
                    Hiding.HIDDEN;
        };
    }
}
