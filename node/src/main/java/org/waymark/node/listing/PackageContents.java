// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a package holds, checked and with our ids; the rows themselves lie in [Scratch].
final class PackageContents {

    /// An organisation that services name and the package lacks.
    record Placeholder(String foreignId, UUID firstService) {}

    // Positions begin at 0.
    private static final long NONE = -1;

    private final Scratch scratch;
    private final Map<PackageTable, IdMap> things = new EnumMap<>(PackageTable.class);

    /// Of each owner the last row; each row names the one before it.
    private final Map<PackageTable, IdMap> belongings = new EnumMap<>(PackageTable.class);

    private final Map<UUID, Placeholder> placeholders = new LinkedHashMap<>();
    private final Map<UUID, Set<Topic>> topics = new HashMap<>();
    private final Set<UUID> peopleContacts = new HashSet<>();

    PackageContents(Scratch scratch) {
        this.scratch = scratch;
    }

    /// Puts a row aside.
    ///
    /// @param owner what it belongs to, if it does not stand by itself
    /// @param isLookedFor whether somebody asks for it by its id, or for its id
    void add(
            PackageTable table,
            UUID id,
            Optional<UUID> owner,
            ObjectNode row,
            boolean isLookedFor) {
        row.put(TABLE, table.name()).put(ID, id.toString());
        // A package may have a column of that name, and nothing in it is a position of ours.
        row.remove(BEFORE);
        owner.flatMap(it -> last(table, it)).ifPresent(it -> row.put(BEFORE, it));
        var position = scratch.add(row);
        if (isLookedFor) {
            map(things, table).put(id, position);
        }
        owner.ifPresent(it -> map(belongings, table).put(it, position));
    }

    static final String TABLE = "_table";
    static final String ID = "_id";
    private static final String BEFORE = "_before";

    private static IdMap map(Map<PackageTable, IdMap> maps, PackageTable table) {
        return maps.computeIfAbsent(table, _ -> new IdMap());
    }

    private Optional<Long> last(PackageTable table, UUID owner) {
        var last = map(belongings, table).get(owner);
        return last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty();
    }

    boolean has(PackageTable table, UUID id) {
        return map(things, table).has(id);
    }

    List<UUID> ids(PackageTable table) {
        return map(things, table).ids();
    }

    Optional<ObjectNode> row(PackageTable table, UUID id) {
        var position = map(things, table).get(id);
        if (position.isEmpty()) {
            return Optional.empty();
        }
        var row = scratch.get(position.getAsLong());
        row.remove(BEFORE);
        return Optional.of(row);
    }

    /// The rows of one table that belong to something, in the order of the package.
    List<ObjectNode> belongings(UUID owner, PackageTable table) {
        var rows = new ArrayList<ObjectNode>();
        long position = last(table, owner).orElse(NONE);
        while (position != NONE) {
            var row = scratch.get(position);
            var before = row.remove(BEFORE);
            position = before == null ? NONE : before.asLong();
            rows.add(row);
        }
        Collections.reverse(rows);
        return rows;
    }

    void placeholder(UUID organization, String foreignId, UUID service) {
        placeholders.putIfAbsent(organization, new Placeholder(foreignId, service));
    }

    Map<UUID, Placeholder> placeholders() {
        return placeholders;
    }

    void topic(UUID service, Topic topic) {
        topics.computeIfAbsent(service, _ -> EnumSet.noneOf(Topic.class)).add(topic);
    }

    Set<Topic> topics(UUID service) {
        return topics.getOrDefault(service, Set.of());
    }

    void contactIsAPerson(UUID contact) {
        peopleContacts.add(contact);
    }

    boolean isAPerson(UUID contact) {
        return peopleContacts.contains(contact);
    }
}
