// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.FixedBitSet;

/// All entries that have the words, with how well they do, in the order of their numbers.
final class Found {

    private final FixedBitSet bits;
    private int[] entries;
    private float[] scores;
    private int count;

    private Found(FixedBitSet bits, int room) {
        this.bits = bits;
        this.entries = new int[room];
        this.scores = new float[room];
    }

    /// Everything, all of it equally good.
    static Found all(FixedBitSet living) {
        var found = new Found(living, living.cardinality());
        for (int i = 0; i < living.length() && found.count < found.entries.length; i++) {
            if (living.get(i)) {
                found.entries[found.count++] = i;
            }
        }
        return found;
    }

    static Found of(IndexSearcher searcher, Query query, int size) throws IOException {
        var found = new Found(new FixedBitSet(Math.max(1, size)), 64);
        searcher.search(query, found.new Collecting());
        return found;
    }

    private void add(int entry, float score) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
            scores = Arrays.copyOf(scores, count * 2);
        }
        bits.set(entry);
        entries[count] = entry;
        scores[count++] = score;
    }

    int count() {
        return count;
    }

    int entry(int position) {
        return entries[position];
    }

    float score(int position) {
        return scores[position];
    }

    float best() {
        float best = 0;
        for (int i = 0; i < count; i++) {
            best = Math.max(best, scores[i]);
        }
        return best;
    }

    /// The entries as a set. Not to be changed.
    FixedBitSet bits() {
        return bits;
    }

    private final class Collecting extends SimpleCollector {

        private int base;
        private Scorable scorer = NOTHING;

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) {
            base = leaf.docBase;
        }

        @Override
        public void setScorer(Scorable scorer) {
            this.scorer = scorer;
        }

        @Override
        public void collect(int entry) throws IOException {
            add(base + entry, scorer.score());
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE;
        }
    }

    private static final Scorable NOTHING =
            new Scorable() {
                @Override
                public float score() {
                    return 0;
                }
            };
}
