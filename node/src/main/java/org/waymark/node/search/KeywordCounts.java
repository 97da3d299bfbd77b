// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/// Counts the hits of each keyword of one group.
final class KeywordCounts
        implements CollectorManager<KeywordCounts.Counting, Map<String, Integer>> {

    private final String field;

    KeywordCounts(String group) {
        this.field = Fields.keyword(group);
    }

    @Override
    public Counting newCollector() {
        return new Counting();
    }

    @Override
    public Map<String, Integer> reduce(Collection<Counting> parts) {
        var all = new HashMap<String, Integer>();
        parts.forEach(part -> part.counts.forEach((key, n) -> all.merge(key, n, Integer::sum)));
        return Map.copyOf(all);
    }

    final class Counting implements Collector {

        private final Map<String, Integer> counts = new HashMap<>();

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
            var keywords = DocValues.getSortedSet(context.reader(), field);
            var byNumber = new int[(int) keywords.getValueCount()];
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {}

                @Override
                public void collect(int document) throws IOException {
                    count(keywords, document, byNumber);
                }

                @Override
                public void finish() throws IOException {
                    for (int i = 0; i < byNumber.length; i++) {
                        if (byNumber[i] > 0) {
                            var key = keywords.lookupOrd(i).utf8ToString();
                            counts.merge(key, byNumber[i], Integer::sum);
                        }
                    }
                }
            };
        }

        private static void count(SortedSetDocValues keywords, int document, int[] byNumber)
                throws IOException {
            if (keywords.advanceExact(document)) {
                for (int i = 0; i < keywords.docValueCount(); i++) {
                    byNumber[(int) keywords.nextOrd()]++;
                }
            }
        }
    }
}
