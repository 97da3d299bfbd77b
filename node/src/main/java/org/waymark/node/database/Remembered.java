// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// What was made from rows, kept in memory until a commit changes those rows; the least used goes
/// when there are too many. It relies on this process being the only one that writes (architecture,
/// 10). Safe for many threads; what is kept must be immutable.
///
/// Nothing outdated is kept: what was being made while a commit came is given to who asked and not
/// kept.
public final class Remembered<K, V> {

    private final Map<K, V> values;
    private long commits;

    /// @param most how many values are kept
    public Remembered(int most) {
        this.values =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > most;
                    }
                };
    }

    /// One that forgets by itself, with each commit that writes to one of these tables.
    ///
    /// @param most how many values are kept
    public static <K, V> Remembered<K, V> of(Database database, int most, String... tables) {
        var remembered = new Remembered<K, V>(most);
        database.whenWritten(List.of(tables), remembered::forget);
        return remembered;
    }

    /// What is kept, or what is made now. Several threads may make the same at once.
    public V get(K key, Function<? super K, ? extends V> make) {
        long before;
        synchronized (this) {
            if (values.containsKey(key)) {
                return values.get(key);
            }
            before = commits;
        }
        V made = make.apply(key);
        synchronized (this) {
            if (commits == before) {
                values.put(key, made);
            }
        }
        return made;
    }

    /// Says that this transaction changes what values are made from: all are forgotten with its
    /// commit.
    public void changedBy(Transaction tx) {
        tx.afterCommit(this::forget);
    }

    /// Says that this transaction changes what some values are made from: those are forgotten with
    /// its commit. It looks at every key.
    public void changedBy(Transaction tx, Predicate<? super K> keys) {
        tx.afterCommit(() -> forget(keys));
    }

    private synchronized void forget(Predicate<? super K> keys) {
        commits++;
        values.keySet().removeIf(keys);
    }

    /// Forgets everything.
    public synchronized void forget() {
        commits++;
        values.clear();
    }
}
