// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// What our listings were, who changed what in them, and how to bring an earlier version back.
public final class ListingHistory {

    private static final int MOST_SHOWN = 100;

    /// One version.
    ///
    /// @param changes what it changed
    /// @param back what would change if it were brought back; empty for who may not do that
    /// @param isErased whether somebody removed its text
    public record Step(
            ListingVersion version,
            List<FieldChange> changes,
            List<FieldChange> back,
            boolean isErased) {}

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final HostedOrganizations organizations;
    private final Drafts drafts;
    private final Remembering remembering;

    public ListingHistory(
            Database database,
            org.waymark.node.account.Access access,
            Audit audit,
            HostedOrganizations organizations,
            Listings listings) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.organizations = organizations;
        this.drafts = listings.drafts();
        this.remembering = listings.remembering();
    }

    /// The versions of a listing of ours, the newest first.
    public List<ListingVersion> list(Acting acting, ListingId listing) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        isOurs(acting, tx, listing)
                                ? ListingVersionTable.list(tx, listing, MOST_SHOWN)
                                : List.of());
    }

    /// What was held, and places that are not shown, are only in it for who may edit them.
    public Optional<Step> find(Acting acting, ListingId listing, int number) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx ->
                        isOurs(acting, tx, listing)
                                ? ListingVersionTable.find(tx, listing, number)
                                        .map(version -> step(acting, tx, version))
                                : Optional.empty());
    }

    private Step step(Acting acting, Transaction tx, ListingVersion version) {
        var text = snapshot(acting, tx, version);
        if (text.isEmpty()) {
            return new Step(version, List.of(), List.of(), true);
        }
        var after = text.get();
        var before =
                ListingVersionTable.find(tx, version.listing(), version.number() - 1)
                        .flatMap(it -> snapshot(acting, tx, it));
        if (access.may(acting, Right.EDIT_LISTINGS)) {
            var here = Snapshot.find(tx, version.listing()).orElseThrow();
            return new Step(
                    version,
                    before.map(it -> FieldChange.between(it.named(tx), after.named(tx)))
                            .orElse(List.of()),
                    FieldChange.between(here.named(tx), here.withWordsOf(tx, after).named(tx)),
                    false);
        }
        var shown = ListingTable.find(tx, version.listing()).orElseThrow().place();
        return new Step(
                version,
                before.map(it -> it.forReaders(shown))
                        .map(it -> FieldChange.between(it, after.forReaders(shown)))
                        .orElse(List.of()),
                List.of(),
                false);
    }

    private static Optional<Snapshot> snapshot(
            Acting acting, Transaction tx, ListingVersion version) {
        return Optional.of(ListingVersionTable.document(tx, version.id()))
                .filter(text -> !text.isEmpty())
                .map(text -> Snapshot.parse(text, acting.organization()));
    }

    /// Removes the text of one version for ever. That there was one stays.
    ///
    /// @return whether there is such a version of a listing of ours
    public boolean forget(Acting acting, ListingId listing, int number) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(
                tx -> {
                    var version =
                            isOurs(acting, tx, listing)
                                    ? ListingVersionTable.find(tx, listing, number)
                                    : Optional.<ListingVersion>empty();
                    version.ifPresent(
                            it -> {
                                ListingVersionTable.erase(tx, it.id());
                                audit.record(
                                        tx, acting, "listing-version-forget", listing.toString());
                            });
                    return version.isPresent();
                });
    }

    private static boolean isOurs(Acting acting, Transaction tx, ListingId listing) {
        return ListingTable.find(tx, listing)
                .filter(row -> row.origin().equals(new Origin.Own(acting.organization())))
                .isPresent();
    }

    /// Makes a new version with the words of an earlier one. A place that other listings show too
    /// stays where it is, and so does how things stand and when it was checked stays as it is, and
    /// it is never shown more widely by this.
    public Outcome restore(Acting acting, ListingId listing, int number) {
        access.require(acting, Right.EDIT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        return database.write(
                tx -> {
                    if (!isOurs(acting, tx, listing)) {
                        return new Outcome.NotFound(listing);
                    }
                    return ListingVersionTable.find(tx, listing, number)
                            .flatMap(version -> snapshot(acting, tx, version))
                            .map(
                                    to -> {
                                        var here = Snapshot.find(tx, listing).orElseThrow();
                                        return bringBack(
                                                acting,
                                                tx,
                                                host,
                                                here,
                                                here.withWordsOf(tx, to),
                                                "listing-restore",
                                                Optional.empty());
                                    })
                            .orElseGet(() -> new Outcome.NotFound(listing));
                });
    }

    /// Undoes an edit of many listings, wherever nobody has changed one of them since.
    ///
    /// @return how many are as they were before
    public int undo(Acting acting, UUID batch) {
        access.require(acting, Right.EDIT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        var versions = database.read(tx -> ListingVersionTable.listOfBatch(tx, batch));
        var count = 0;
        for (var version : versions) {
            if (database.write(tx -> undo(acting, tx, host, version))) {
                count++;
            }
        }
        return count;
    }

    private boolean undo(
            Acting acting, Transaction tx, HostedOrganization host, ListingVersion version) {
        var listing = version.listing();
        if (!isOurs(acting, tx, listing)) {
            return false;
        }
        var here = Snapshot.find(tx, listing).orElseThrow();
        var last = ListingVersionTable.list(tx, listing, 1).getFirst();
        var before =
                ListingVersionTable.find(tx, listing, version.number() - 1)
                        .flatMap(it -> snapshot(acting, tx, it));
        if (before.isEmpty() || !last.id().equals(version.id())) {
            return false;
        }
        var to = before.get();
        var batch = Optional.of(version.id());
        var now = Remembering.hash(here);
        if (now.equals(Remembering.hash(to))) {
            // With another listing of this edit its shared place went back, and that was all.
            audit.record(tx, acting, "listing-undo", listing.toString());
            remembering.remember(
                    tx, acting, listing, "listing-undo", batch, snapshot(acting, tx, version));
            return true;
        }
        if (!now.equals(version.hash())) {
            return false;
        }
        // Nothing changed since, so places go back too: they are as this edit left them.
        var wanted = here.with(here, to);
        return bringBack(acting, tx, host, here, wanted, "listing-undo", Optional.of(version.id()))
                instanceof Outcome.Changed;
    }

    private Outcome bringBack(
            Acting acting,
            Transaction tx,
            HostedOrganization host,
            Snapshot here,
            Snapshot wanted,
            String action,
            Optional<UUID> batch) {
        var listing = new ListingId(here.service().id());
        var row = ListingTable.find(tx, listing).orElseThrow();
        var shared = new ArrayList<>(wanted.places());
        shared.add(Drafts.itself(tx, host));
        var wish = new Ruling.Wish(row.kind(), row.reach(), row.place());
        var written = new Drafts.Written(wanted.service(), shared);
        if (!drafts.store(tx, acting, written, wish, Optional.of(row))) {
            return new Outcome.NothingToChange(Profile.read(row));
        }
        audit.record(tx, acting, action, listing.toString());
        remembering.remember(tx, acting, listing, action, batch, Optional.of(here));
        return new Outcome.Changed(Profile.read(ListingTable.find(tx, listing).orElseThrow()));
    }
}
