// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// Rows of `listing_place`: where the parts of projections are to be found.
final class PlaceTable {

    private PlaceTable() {}

    /// Puts what these projections show in place of what they showed before. An id that another
    /// service shows stays with it: ids come from many sources, and none may stop the others.
    ///
    /// @param known those of the services that were there before
    static void replace(
            Transaction tx, Map<UUID, ? extends JsonNode> projections, Set<UUID> known) {
        var gone = new ArrayList<Object[]>();
        var wanted = new LinkedHashMap<UUID, UUID>();
        projections.forEach(
                (service, json) -> {
                    if (known.contains(service)) {
                        gone.add(new Object[] {service});
                    }
                    for (var at : Document.objects(json, "service_at_locations")) {
                        Document.uuid(at, "id").ifPresent(id -> wanted.putIfAbsent(id, service));
                    }
                });
        tx.batch("DELETE FROM listing_place WHERE service_id = ?", gone);
        var shown = new ArrayList<Object[]>();
        wanted.forEach(
                (id, service) -> {
                    if (serviceOf(tx, id).isEmpty()) {
                        shown.add(new Object[] {id, service});
                    }
                });
        tx.batch("INSERT INTO listing_place (id, service_id) VALUES (?, ?)", shown);
    }

    static Optional<UUID> serviceOf(Transaction tx, UUID place) {
        return tx.find(
                "SELECT service_id FROM listing_place WHERE id = ?",
                row -> row.uuid("service_id"),
                place);
    }

    record Shown(UUID id, UUID service) {}

    static List<Shown> list(Transaction tx) {
        return tx.list(
                "SELECT id, service_id FROM listing_place ORDER BY id",
                row -> new Shown(row.uuid("id"), row.uuid("service_id")));
    }
}
