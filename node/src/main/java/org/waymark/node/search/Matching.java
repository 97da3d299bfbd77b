// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.waymark.node.search.SearchEntry.Weight;

/// From what someone typed to what Lucene looks for. A word counts most where it stands as typed in
/// a title, less by its stem, least by its beginning or as a likely typing error.
final class Matching {

    // A longer question is cut: nobody types more, and each word costs time.
    private static final int MOST_WORDS = 12;
    private static final int LONGEST_WORD = 40;

    // A word in more of the entries than this ("the", "help") decides nothing, it only ranks.
    private static final double COMMON = 0.25;
    private static final int TOO_FEW_TO_TELL = 50;

    // A word that hardly any entry has is likely mistyped, there or here.
    private static final int RARE = 3;
    private static final int SHORTEST_BEGINNING = 4;
    private static final int MOST_GUESSES = 24;

    private static final float FRESH = 1;

    private final IndexSearcher searcher;
    private final IndexReader reader;

    Matching(IndexSearcher searcher) {
        this.searcher = searcher;
        this.reader = searcher.getIndexReader();
    }

    /// A typed word.
    ///
    /// @param ways all that it may stand for in the index
    /// @param common so frequent that it decides nothing
    record Word(Query ways, boolean common) {}

    static List<String> words(SearchQuery query) {
        return Words.of(query.words()).stream()
                .filter(word -> word.length() <= LONGEST_WORD)
                .distinct()
                .limit(MOST_WORDS)
                .toList();
    }

    /// The entries that pass the filters, whatever their words.
    Query filtered(Map<String, String> filters) {
        var all = new BooleanQuery.Builder();
        all.add(new MatchAllDocsQuery(), Occur.FILTER);
        addFilters(all, filters);
        return all.build();
    }

    /// Works out once what the words can mean, so that it can be asked strictly and leniently.
    List<Word> meanings(List<String> words) throws IOException {
        var meanings = new ArrayList<Word>();
        for (var word : words) {
            meanings.add(new Word(searcher.rewrite(word(word)), isCommon(word)));
        }
        return meanings;
    }

    /// The entries that have the words that matter.
    Query withEach(List<Word> words, SearchQuery query) {
        boolean allCommon = words.stream().allMatch(Word::common);
        return worded(words, query, word -> allCommon || !word.common());
    }

    /// The entries that have at least one of the words.
    Query withSome(List<Word> words, SearchQuery query) {
        return worded(words, query, _ -> false);
    }

    private static Query worded(List<Word> words, SearchQuery query, Predicate<Word> needed) {
        var text = new BooleanQuery.Builder();
        words.forEach(word -> text.add(word.ways(), needed.test(word) ? Occur.MUST : Occur.SHOULD));
        var all = new BooleanQuery.Builder();
        all.add(text.build(), Occur.MUST);
        addFilters(all, query.filters());
        var fresh = LongPoint.newRangeQuery(Fields.FRESHNESS, query.freshSince(), Long.MAX_VALUE);
        all.add(new BoostQuery(new ConstantScoreQuery(fresh), FRESH), Occur.SHOULD);
        return all.build();
    }

    private static void addFilters(BooleanQuery.Builder all, Map<String, String> filters) {
        filters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(entry -> new Term(Fields.keyword(entry.getKey()), entry.getValue()))
                .forEach(term -> all.add(new TermQuery(term), Occur.FILTER));
    }

    private Query word(String word) throws IOException {
        var ways = new ArrayList<Query>();
        ways.add(boosted(new TermQuery(new Term(Fields.TITLE, word)), 4));
        ways.add(boosted(stems(Weight.TITLE, word), 3));
        ways.add(boosted(stems(Weight.LABEL, word), 2));
        ways.add(boosted(stems(Weight.BODY, word), 1));
        ways.add(boosted(new TermQuery(new Term(Fields.ANY, word)), 1));
        if (word.length() >= SHORTEST_BEGINNING) {
            ways.add(boosted(new PrefixQuery(new Term(Fields.ANY, word)), 0.5f));
        }
        int errors = typingErrors(word);
        if (errors > 0 && reader.docFreq(new Term(Fields.ANY, word)) < RARE) {
            // Two errors and a free first letter would mean to look at every word there is.
            int sure = errors - 1;
            var term = new Term(Fields.ANY, word);
            ways.add(boosted(new FuzzyQuery(term, errors, sure, MOST_GUESSES, true), 0.4f));
        }
        return new DisjunctionMaxQuery(ways, 0.1f);
    }

    private static Query stems(Weight weight, String word) {
        var stems = new SynonymQuery.Builder(Fields.stems(weight));
        Words.stemsInAnyLanguage(word)
                .forEach(stem -> stems.addTerm(new Term(Fields.stems(weight), stem)));
        return stems.build();
    }

    private static Query boosted(Query query, float boost) {
        return new BoostQuery(query, boost);
    }

    /// How many letters may be wrong: none in short words and in numbers.
    private static int typingErrors(String word) {
        if (word.length() < 4 || word.chars().anyMatch(Character::isDigit)) {
            return 0;
        }
        return word.length() < 7 ? 1 : 2;
    }

    private boolean isCommon(String word) throws IOException {
        int entries = reader.numDocs();
        return entries >= TOO_FEW_TO_TELL
                && reader.docFreq(new Term(Fields.ANY, word)) > entries * COMMON;
    }
}
