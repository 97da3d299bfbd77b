// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What came in, checked and with our ids, put aside until all of it was read.
final class IntakeStore {

    private record Kept(long position, int length) {}

    private final Scratch scratch;
    private final Map<Aggregate.Type, Map<UUID, Kept>> all = new EnumMap<>(Aggregate.Type.class);

    IntakeStore(Scratch scratch) {
        this.scratch = scratch;
        for (var type : Aggregate.Type.values()) {
            all.put(type, new LinkedHashMap<>());
        }
    }

    private Map<UUID, Kept> of(Aggregate.Type type) {
        return all.computeIfAbsent(type, _ -> new LinkedHashMap<>());
    }

    boolean has(Aggregate.Type type, UUID id) {
        return of(type).containsKey(id);
    }

    /// Puts an object aside. What is shared comes with each service that shows it; the one that
    /// says most stays.
    void add(Aggregate.Type type, UUID id, ObjectNode json) {
        var before = of(type).get(id);
        var length = json.toString().length();
        if (before == null || before.length() < length) {
            of(type).put(id, new Kept(scratch.add(json), length));
        }
    }

    List<UUID> ids(Aggregate.Type type) {
        return List.copyOf(of(type).keySet());
    }

    ObjectNode get(Aggregate.Type type, UUID id) {
        var kept = of(type).get(id);
        if (kept == null) {
            throw new IllegalArgumentException("Nothing was put aside as " + id);
        }
        return scratch.get(kept.position());
    }
}
