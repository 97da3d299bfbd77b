// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;

/// Writes the history of listings: what one was before the first change by a person here, and what
/// it was after each. A change only of how things stand, such as free places, is no version: the
/// audit has it.
final class Remembering {

    static final String OUTSIDE = "listing-outside";

    private final Clock clock;
    private final Supplier<UUID> ids;

    Remembering(Clock clock, Supplier<UUID> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /// @param before what it was; empty for a new one
    void remember(
            Transaction tx,
            Acting acting,
            ListingId listing,
            String action,
            Optional<UUID> batch,
            Optional<Snapshot> before) {
        var after = Snapshot.find(tx, listing).orElseThrow();
        if (before.filter(it -> hash(it).equals(hash(after))).isPresent()) {
            return;
        }
        var last = ListingVersionTable.list(tx, listing, 1).stream().findFirst();
        var number = last.map(ListingVersion::number).orElse(0);
        var now = clock.instant();
        var unknown =
                before.filter(
                        it -> last.map(ListingVersion::hash).filter(hash(it)::equals).isEmpty());
        if (unknown.isPresent()) {
            number++;
            add(
                    tx,
                    listing,
                    number,
                    now,
                    Optional.empty(),
                    OUTSIDE,
                    Optional.empty(),
                    unknown.get());
        }
        var by = acting.isNode() ? Optional.<AccountId>empty() : Optional.of(acting.account());
        add(tx, listing, number + 1, now, by, action, batch, after);
    }

    private void add(
            Transaction tx,
            ListingId listing,
            int number,
            Instant at,
            Optional<AccountId> by,
            String action,
            Optional<UUID> batch,
            Snapshot snapshot) {
        ListingVersionTable.add(
                tx,
                new ListingVersion(
                        ids.get(), listing, number, at, by, action, batch, hash(snapshot)),
                snapshot.document().text());
    }

    /// What a change of a shared place made of each listing there, as one edit of many. Where they
    /// are very many, and of what is no place, the audit alone has it.
    ///
    /// @param old the part before
    void rememberPart(Transaction tx, Acting acting, Aggregate old, String action) {
        var users = AggregateTable.usersOf(tx, List.of(old.id()));
        if (old.type() != Aggregate.Type.LOCATION || users.size() > Directory.SERVICES_AT_ONCE) {
            return;
        }
        var batch = Optional.of(newBatch());
        for (var user : users) {
            var listing = new ListingId(user);
            var before = Snapshot.find(tx, listing).map(it -> it.withPlace(old));
            remember(tx, acting, listing, action, batch, before);
        }
    }

    static String hash(Snapshot snapshot) {
        return snapshot.words().hash();
    }

    /// For an edit of many listings.
    UUID newBatch() {
        return ids.get();
    }
}
