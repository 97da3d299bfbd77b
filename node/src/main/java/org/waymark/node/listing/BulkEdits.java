// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Changes many listings of an organisation at once: first shown, then done, and to be undone. Each
/// keeps its own safety rules; a change never shows more.
public final class BulkEdits {

    /// Listings at once: as many as a person can look at.
    public static final int MOST = 200;

    private static final String ACTION = "listing-bulk";

    /// What would change in one listing.
    public record Preview(Listing listing, List<FieldChange> changes) {}

    /// @param batch by which it is undone
    public record Done(UUID batch, int changed) {}

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final HostedOrganizations organizations;
    private final Listings listings;
    private final Supplier<UUID> ids;

    public BulkEdits(
            Database database,
            org.waymark.node.account.Access access,
            Audit audit,
            HostedOrganizations organizations,
            Listings listings,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.organizations = organizations;
        this.listings = listings;
        this.ids = ids;
    }

    /// What would change, with nothing written; listings that would not change are left out.
    public List<Preview> preview(Acting acting, Collection<ListingId> chosen, BulkChange change) {
        access.require(acting, Right.EDIT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        var found = new ArrayList<Preview>();
        for (var id : chosen.stream().distinct().limit(MOST).toList()) {
            var draft = listings.edit(acting, id).flatMap(change::on);
            draft.ifPresent(
                    it ->
                            found.add(
                                    database.read(
                                            tx ->
                                                    new Preview(
                                                            Profile.read(row(tx, id)),
                                                            changes(tx, host, id, it)))));
        }
        return List.copyOf(found);
    }

    private List<FieldChange> changes(
            Transaction tx, HostedOrganization host, ListingId id, Draft draft) {
        var written = listings.drafts().write(tx, host, id, draft);
        return FieldChange.between(
                Snapshot.find(tx, id).orElseThrow(),
                Snapshot.of(written.service(), written.shared()));
    }

    /// Does it.
    public Done apply(Acting acting, Collection<ListingId> chosen, BulkChange change) {
        access.require(acting, Right.EDIT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        var batch = ids.get();
        var count = 0;
        for (var id : chosen.stream().distinct().limit(MOST).toList()) {
            // Read where it is written: what a colleague saves meanwhile stays.
            if (database.write(
                    tx ->
                            listings.draft(tx, acting, id)
                                    .flatMap(change::on)
                                    .filter(it -> apply(acting, tx, host, id, it, batch))
                                    .isPresent())) {
                count++;
            }
        }
        return new Done(batch, count);
    }

    private boolean apply(
            Acting acting,
            Transaction tx,
            HostedOrganization host,
            ListingId id,
            Draft draft,
            UUID batch) {
        var before = Snapshot.find(tx, id);
        if (!listings.drafts().store(tx, acting, host, id, draft, Optional.of(row(tx, id)))) {
            return false;
        }
        audit.record(tx, acting, ACTION, id.toString());
        listings.remembering().remember(tx, acting, id, ACTION, Optional.of(batch), before);
        return true;
    }

    private static ListingRow row(Transaction tx, ListingId id) {
        return ListingTable.find(tx, id).orElseThrow();
    }
}
