// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.hsds.Fault;
import org.waymark.node.privacy.Acting;

/// Holds what staff wrote against HSDS before it is kept. What was wrong before they came is not
/// their fault, and does not stop them.
public final class DraftChecks {

    private static final ListingId NEW = new ListingId(new UUID(0, 0));

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final HostedOrganizations organizations;
    private final Drafts drafts;

    public DraftChecks(
            Database database,
            org.waymark.node.account.Access access,
            HostedOrganizations organizations,
            Listings listings) {
        this.database = database;
        this.access = access;
        this.organizations = organizations;
        this.drafts = listings.drafts();
    }

    /// What the draft would break; paths begin with `service` or `location`.
    ///
    /// @param listing empty for a new one
    public List<Fault> faults(Acting acting, Optional<ListingId> listing, Draft draft) {
        access.require(acting, Right.DRAFT_LISTINGS);
        var host = organizations.find(acting.organization()).orElseThrow();
        return database.read(
                tx -> {
                    var written = drafts.write(tx, host, listing.orElse(NEW), draft);
                    var faults = new ArrayList<>(fresh(tx, written.service()));
                    written.shared().stream()
                            .filter(it -> it.type() == Aggregate.Type.LOCATION)
                            .forEach(it -> faults.addAll(fresh(tx, it)));
                    return faults.stream().distinct().toList();
                });
    }

    private static List<Fault> fresh(Transaction tx, Aggregate written) {
        var known = new HashSet<Fault>();
        AggregateTable.find(tx, written.id()).ifPresent(it -> known.addAll(ModelFaults.of(it)));
        return ModelFaults.of(written).stream().filter(it -> !known.contains(it)).toList();
    }
}
