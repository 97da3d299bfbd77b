// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;

/// The mappings that an organisation keeps for next time.
public final class Mappings {

    private final Database database;
    private final Access access;
    private final Clock clock;

    public Mappings(Database database, Access access, Clock clock) {
        this.database = database;
        this.access = access;
        this.clock = clock;
    }

    public Optional<Mapping> find(Acting acting, String name) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(tx -> MappingTable.find(tx, acting.organization(), name));
    }

    /// The one that was made for a table with these columns, if any was.
    public Optional<Mapping> fitting(Acting acting, Set<String> columns) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(tx -> MappingTable.list(tx, acting.organization())).stream()
                .filter(mapping -> columns.containsAll(mapping.columns()))
                .findFirst();
    }

    /// Keeps a mapping under its name, in place of one that had it.
    public void put(Acting acting, Mapping mapping) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(tx -> MappingTable.put(tx, acting.organization(), mapping, clock.instant()));
    }
}
