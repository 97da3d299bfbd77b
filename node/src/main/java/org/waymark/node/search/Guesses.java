// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.FuzzyTermsEnum;

/// The word of the index that is closest to one that nobody wrote.
final class Guesses {

    private Guesses() {}

    /// @param errors how many at most, up to 2
    /// @return the word itself when nothing is close
    static String closest(IndexReader reader, String word, int errors) throws IOException {
        if (errors == 0) {
            return word;
        }
        var best = word;
        int fewest = errors + 1;
        int mostEntries = 0;
        for (var leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(Fields.ANY);
            if (terms == null) {
                continue;
            }
            var near = new FuzzyTermsEnum(terms, new Term(Fields.ANY, word), errors, 0, true);
            for (var term = near.next(); term != null; term = near.next()) {
                var candidate = term.utf8ToString();
                int distance = Spelling.distance(word, candidate, errors);
                var isBetter =
                        distance < fewest || (distance == fewest && near.docFreq() > mostEntries);
                if (isBetter && isLive(leaf.reader(), near.postings(null, PostingsEnum.NONE))) {
                    best = candidate;
                    fewest = distance;
                    mostEntries = near.docFreq();
                }
            }
        }
        return best;
    }

    /// Whether a word stands in something that can be found. The words of what was removed stay in
    /// the files of the index for a while, and nobody may read them there.
    static boolean stands(IndexReader reader, String word) throws IOException {
        for (var leaf : reader.leaves()) {
            var entries = leaf.reader().postings(new Term(Fields.ANY, word), PostingsEnum.NONE);
            if (entries != null && isLive(leaf.reader(), entries)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLive(LeafReader reader, PostingsEnum entries) throws IOException {
        var live = reader.getLiveDocs();
        for (int entry = entries.nextDoc();
                entry != PostingsEnum.NO_MORE_DOCS;
                entry = entries.nextDoc()) {
            if (live == null || live.get(entry)) {
                return true;
            }
        }
        return false;
    }
}
