// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final long[] NONE = {};

    private final Scratch scratch;
    private final Map<PackageTable, Map<UUID, Long>> things = new EnumMap<>(PackageTable.class);
    private final Map<PackageTable, Map<UUID, long[]>> belongings =
            new EnumMap<>(PackageTable.class);
    private final Map<UUID, Placeholder> placeholders = new LinkedHashMap<>();
    private final Map<UUID, Set<Topic>> topics = new HashMap<>();
    private final Set<UUID> peopleContacts = new HashSet<>();

    PackageContents(Scratch scratch) {
        this.scratch = scratch;
        for (var table : PackageTable.values()) {
            things.put(table, new LinkedHashMap<>());
            belongings.put(table, new HashMap<>());
        }
    }

    /// Puts a row aside.
    ///
    /// @param owner what it belongs to, if it does not stand by itself
    void add(PackageTable table, UUID id, Optional<UUID> owner, ObjectNode row) {
        row.put(TABLE, table.name()).put(ID, id.toString());
        var position = scratch.add(row);
        of(table).put(id, position);
        owner.ifPresent(
                it ->
                        belongingsIn(table)
                                .merge(it, new long[] {position}, PackageContents::joined));
    }

    static final String TABLE = "_table";
    static final String ID = "_id";

    private static long[] joined(long[] some, long[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private Map<UUID, Long> of(PackageTable table) {
        return things.computeIfAbsent(table, _ -> new LinkedHashMap<>());
    }

    boolean has(PackageTable table, UUID id) {
        return of(table).containsKey(id);
    }

    List<UUID> ids(PackageTable table) {
        return List.copyOf(of(table).keySet());
    }

    Optional<ObjectNode> row(PackageTable table, UUID id) {
        return Optional.ofNullable(of(table).get(id)).map(scratch::get);
    }

    /// The rows of one table that belong to something.
    List<ObjectNode> belongings(UUID owner, PackageTable table) {
        var rows = new ArrayList<ObjectNode>();
        for (var position : belongingsIn(table).getOrDefault(owner, NONE)) {
            rows.add(scratch.get(position));
        }
        return rows;
    }

    private Map<UUID, long[]> belongingsIn(PackageTable table) {
        return belongings.computeIfAbsent(table, _ -> new HashMap<>());
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
