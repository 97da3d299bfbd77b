// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;

/// What someone needs to know of each listing without asking for its row, in memory: some hundred
/// bytes each. It is read once, and then follows the directory by change numbers; a transaction
/// that is still writing is not waited for when it adds rows; one that changes rows may be, on
/// Derby, for a second, and whoever asks meanwhile waits with it. Safe for many threads.
///
/// No row of a listing is ever deleted, it is emptied or closed; what is not found any more is of
/// no interest. Whoever begins to delete rows gives the change a number that is found here, or what
/// is gone stays known until the next start.
final class KnownListings<V> {

    /// Where it stands.
    interface Source<V> {

        /// Some of the listings, in the order of ids; empty for those that are of no interest.
        ///
        /// @param after the id of the last one before them
        Map<UUID, Optional<V>> after(Transaction tx, String after);

        /// The same for these.
        Map<UUID, Optional<V>> ofIds(Transaction tx, Collection<UUID> ids);
    }

    /// @param asOf the number of the last change in it
    /// @param all by id
    record State<V>(long asOf, List<V> all) {}

    // Rows read at once; their documents may lie in memory meanwhile.
    private static final int AT_ONCE = 200;
    private static final long NEVER = -1;

    // The order of ids as the database has it: that of the texts.
    static final Comparator<UUID> AS_TEXT =
            ((Comparator<UUID>)
                            (one, other) ->
                                    Long.compareUnsigned(
                                            one.getMostSignificantBits(),
                                            other.getMostSignificantBits()))
                    .thenComparing(
                            (one, other) ->
                                    Long.compareUnsigned(
                                            one.getLeastSignificantBits(),
                                            other.getLeastSignificantBits()));

    private final Database database;
    private final Source<V> source;
    private final TreeMap<UUID, V> known = new TreeMap<>(AS_TEXT);
    private State<V> state = new State<>(NEVER, List.of());

    KnownListings(Database database, Source<V> source) {
        this.database = database;
        this.source = source;
    }

    /// As it is after the last commit.
    synchronized State<V> now() {
        // Not the highest number among the rows: who is adding some keeps others from it.
        var last = database.read(Transaction::lastChange);
        if (state.asOf() == NEVER || last < state.asOf()) {
            known.clear();
            readAll();
            state = new State<>(last, List.copyOf(known.values()));
        } else if (last > state.asOf()) {
            follow(state.asOf(), last);
        }
        return state;
    }

    private void readAll() {
        var after = "";
        while (true) {
            var from = after;
            var some = database.read(tx -> source.after(tx, from));
            if (some.isEmpty()) {
                return;
            }
            for (var it : some.entrySet()) {
                take(it.getKey(), it.getValue());
                after = it.getKey().toString();
            }
        }
    }

    private void follow(long from, long last) {
        var changed = database.read(tx -> ListingTable.listChanged(tx, from, last));
        for (int i = 0; i < changed.size(); i += AT_ONCE) {
            var ids = changed.subList(i, Math.min(changed.size(), i + AT_ONCE));
            var found = database.read(tx -> source.ofIds(tx, ids));
            ids.forEach(id -> take(id, found.getOrDefault(id, Optional.empty())));
        }
        state = new State<>(last, changed.isEmpty() ? state.all() : List.copyOf(known.values()));
    }

    private void take(UUID id, Optional<V> value) {
        value.ifPresentOrElse(it -> known.put(id, it), () -> known.remove(id));
    }
}
