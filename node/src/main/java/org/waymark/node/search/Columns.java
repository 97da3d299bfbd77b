// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// What filters, counts and orders need, laid out by entry: read once for each state of the index,
/// about 100 bytes an entry. Thread-safe.
final class Columns {

    private final IndexReader reader;
    private final int size;
    private final FixedBitSet living;
    private final long[] freshness;
    private final long[] beginnings;
    private final Map<String, Map<String, Documents>> keywords = new TreeMap<>();
    private final Places places;
    private volatile @Nullable Now now;

    private record Now(String moment, FixedBitSet passing) {}

    Columns(IndexReader reader) throws IOException {
        this.reader = reader;
        this.size = reader.maxDoc();
        this.living = new FixedBitSet(Math.max(1, size));
        this.freshness = new long[size];
        this.beginnings = new long[size];
        this.places = new Places(size);
        var numbers = new HashMap<String, Map<String, Numbers>>();
        for (var leaf : reader.leaves()) {
            readLiving(leaf);
            readOrder(leaf);
            readSpots(leaf);
            for (var field : leaf.reader().getFieldInfos()) {
                if (field.name.startsWith(Fields.KEYWORD)) {
                    readKeywords(
                            leaf,
                            field.name,
                            numbers.computeIfAbsent(
                                    field.name.substring(Fields.KEYWORD.length()),
                                    _ -> new HashMap<>()));
                }
            }
        }
        places.settle();
        numbers.forEach(
                (group, values) -> {
                    var all = new TreeMap<String, Documents>();
                    values.forEach(
                            (value, found) ->
                                    all.put(value, Documents.of(found.all, found.count, size)));
                    keywords.put(group, all);
                });
    }

    /// Numbers as they come.
    private static final class Numbers {
        private int[] all = new int[4];
        private int count;

        private void add(int number) {
            if (count == all.length) {
                all = Arrays.copyOf(all, count * 2);
            }
            all[count++] = number;
        }
    }

    private void readLiving(LeafReaderContext leaf) {
        Bits alive = leaf.reader().getLiveDocs();
        for (int i = 0; i < leaf.reader().maxDoc(); i++) {
            if (alive == null || alive.get(i)) {
                living.set(leaf.docBase + i);
            }
        }
    }

    private void readOrder(LeafReaderContext leaf) throws IOException {
        var fresh = DocValues.getSortedNumeric(leaf.reader(), Fields.FRESHNESS);
        var ids = DocValues.getBinary(leaf.reader(), Fields.ID);
        for (int i = 0; i < leaf.reader().maxDoc(); i++) {
            if (fresh.advanceExact(i)) {
                freshness[leaf.docBase + i] = fresh.nextValue();
            }
            if (ids.advanceExact(i)) {
                var id = ids.binaryValue();
                long beginning = 0;
                for (int at = 0; at < Long.BYTES; at++) {
                    int next = at < id.length ? id.bytes[id.offset + at] & 0xFF : 0;
                    beginning = beginning << 8 | next;
                }
                beginnings[leaf.docBase + i] = beginning;
            }
        }
    }

    private void readSpots(LeafReaderContext leaf) throws IOException {
        var spots = DocValues.getBinary(leaf.reader(), Fields.SPOTS);
        for (int i = spots.nextDoc(); i < leaf.reader().maxDoc(); i = spots.nextDoc()) {
            if (living.get(leaf.docBase + i)) {
                for (var spot : Fields.spots(spots.binaryValue())) {
                    places.add(leaf.docBase + i, spot);
                }
            }
        }
    }

    private static void readKeywords(
            LeafReaderContext leaf, String field, Map<String, Numbers> numbers) throws IOException {
        SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), field);
        var byOrdinal = new Numbers[(int) values.getValueCount()];
        for (int i = 0; i < byOrdinal.length; i++) {
            byOrdinal[i] =
                    numbers.computeIfAbsent(values.lookupOrd(i).utf8ToString(), _ -> new Numbers());
        }
        for (int i = values.nextDoc(); i < leaf.reader().maxDoc(); i = values.nextDoc()) {
            for (int n = values.docValueCount(); n > 0; n--) {
                byOrdinal[(int) values.nextOrd()].add(leaf.docBase + i);
            }
        }
    }

    int size() {
        return size;
    }

    /// All entries that are not deleted. Not to be changed.
    FixedBitSet living() {
        return living;
    }

    long freshness(int entry) {
        return freshness[entry];
    }

    /// The first letters of the id, as a number in their order.
    long beginningOfId(int entry) {
        return beginnings[entry];
    }

    Places places() {
        return places;
    }

    Map<String, Map<String, Documents>> keywords() {
        return keywords;
    }

    /// The entries that pass a live filter. Not to be changed.
    FixedBitSet passing(SearchQuery.Live live) throws IOException {
        var last = now;
        if (last != null && last.moment().equals(live.moment())) {
            return last.passing();
        }
        var passing = new FixedBitSet(Math.max(1, size));
        for (var leaf : reader.leaves()) {
            var carried = DocValues.getBinary(leaf.reader(), Fields.CARRIED);
            for (int i = carried.nextDoc(); i < leaf.reader().maxDoc(); i = carried.nextDoc()) {
                if (live.test().test(carried.binaryValue().utf8ToString())) {
                    passing.set(leaf.docBase + i);
                }
            }
        }
        now = new Now(live.moment(), passing);
        return passing;
    }

    String id(int entry) throws IOException {
        var leaf = reader.leaves().get(ReaderUtil.subIndex(entry, reader.leaves()));
        var ids = DocValues.getBinary(leaf.reader(), Fields.ID);
        if (!ids.advanceExact(entry - leaf.docBase)) {
            throw new IllegalStateException("An entry without an id");
        }
        return ids.binaryValue().utf8ToString();
    }
}
