// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;

/// A number for each of many ids, in the order in which they were added: 40 bytes each, a third of
/// what a map of objects takes. For one thread.
public final class IdMap {

    private static final int NOBODY = -1;

    // Two longs for each id, in the order in which they came.
    private long[] ids = new long[32];
    private long[] values = new long[16];
    private int size;

    // Where to look for an id: its place in that order. At most half of it is taken.
    private int[] places = places(32);

    private static int[] places(int length) {
        var places = new int[length];
        Arrays.fill(places, NOBODY);
        return places;
    }

    public OptionalLong get(UUID id) {
        var at = places[slot(id.getMostSignificantBits(), id.getLeastSignificantBits())];
        return at == NOBODY ? OptionalLong.empty() : OptionalLong.of(values[at]);
    }

    public boolean has(UUID id) {
        return get(id).isPresent();
    }

    /// Adds an id, or gives it another number.
    public void put(UUID id, long value) {
        var slot = slot(id.getMostSignificantBits(), id.getLeastSignificantBits());
        if (places[slot] != NOBODY) {
            values[places[slot]] = value;
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            ids = Arrays.copyOf(ids, size * 4);
        }
        ids[2 * size] = id.getMostSignificantBits();
        ids[2 * size + 1] = id.getLeastSignificantBits();
        values[size] = value;
        places[slot] = size++;
        if (size * 2 > places.length) {
            places = places(places.length * 2);
            for (int i = 0; i < size; i++) {
                places[slot(ids[2 * i], ids[2 * i + 1])] = i;
            }
        }
    }

    /// Where the id is, or where it would be.
    private int slot(long most, long least) {
        var mixed = (most ^ Long.rotateLeft(least, 31)) * 0x9E3779B97F4A7C15L;
        var slot = (int) (mixed >>> 32) & (places.length - 1);
        while (places[slot] != NOBODY
                && (ids[2 * places[slot]] != most || ids[2 * places[slot] + 1] != least)) {
            slot = (slot + 1) & (places.length - 1);
        }
        return slot;
    }

    public int size() {
        return size;
    }

    /// The numbers, in the order in which their ids were added.
    public LongStream values() {
        return Arrays.stream(values, 0, size);
    }

    public List<UUID> ids() {
        var all = new ArrayList<UUID>(size);
        for (int i = 0; i < size; i++) {
            all.add(new UUID(ids[2 * i], ids[2 * i + 1]));
        }
        return all;
    }
}
