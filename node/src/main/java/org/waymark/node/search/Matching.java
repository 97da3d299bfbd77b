// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.waymark.node.search.SearchEntry.Weight;

/// From what someone typed to what Lucene looks for. A word counts most where it stands as typed in
/// a title, less by its stem, by what it means, least by its beginning or as a likely typing error.
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

    private static final float MEANT = 1.5f;
    private static final float PERHAPS_MEANT = 0.6f;

    private final IndexSearcher searcher;
    private final IndexReader reader;
    private final Meanings meanings;
    private final String language;
    private final List<String> words;
    private final Set<String> meant = new LinkedHashSet<>();
    private final List<Part> parts = new ArrayList<>();

    /// Typed words that belong together.
    ///
    /// @param ways all that they may stand for in the index
    /// @param idle so frequent, or so empty, that they decide nothing
    private record Part(Query ways, boolean idle) {}

    Matching(IndexSearcher searcher, Meanings meanings, SearchQuery query) throws IOException {
        this.searcher = searcher;
        this.reader = searcher.getIndexReader();
        this.meanings = meanings;
        this.language = query.language();
        this.words =
                Words.of(query.words()).stream()
                        .filter(word -> word.length() <= LONGEST_WORD)
                        .distinct()
                        .limit(MOST_WORDS)
                        .toList();
        read();
    }

    private void read() throws IOException {
        var spans = new HashMap<Integer, Meanings.Span>();
        meanings.typed(language, words).forEach(span -> spans.put(span.from(), span));
        var corrected = corrected();
        if (!corrected.equals(words)) {
            spans.clear();
            meanings.typed(language, corrected).forEach(span -> spans.put(span.from(), span));
        }
        for (int at = 0; at < words.size(); ) {
            var span = spans.getOrDefault(at, new Meanings.Span(at, at + 1, Set.of()));
            meant.addAll(span.keys());
            var together = words.subList(span.from(), span.to());
            boolean guessed = !corrected.subList(span.from(), span.to()).equals(together);
            parts.add(part(together, span.keys(), guessed));
            at = span.to();
        }
    }

    /// The words, with those that nobody wrote spelt as the closest that mean something.
    private List<String> corrected() throws IOException {
        var corrected = new ArrayList<String>();
        for (var word : words) {
            corrected.add(isKnown(word) ? word : meanings.closest(word, typingErrors(word)));
        }
        return corrected;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean isOneThing() {
        return parts.size() == 1;
    }

    List<String> words() {
        return words;
    }

    /// The keys of all that the words mean.
    Set<String> meant() {
        return meant;
    }

    /// The entries that have the words that matter.
    Query withEach() {
        boolean allIdle = parts.stream().allMatch(Part::idle);
        return with(part -> allIdle || !part.idle());
    }

    /// The entries that have at least one of the words that matter.
    Query withSome() {
        var some = new BooleanQuery.Builder();
        parts.stream()
                .filter(part -> !part.idle())
                .forEach(part -> some.add(part.ways(), Occur.SHOULD));
        return some.build();
    }

    private Query with(Predicate<Part> needed) {
        var all = new BooleanQuery.Builder();
        parts.forEach(part -> all.add(part.ways(), needed.test(part) ? Occur.MUST : Occur.SHOULD));
        return all.build();
    }

    /// @param guessed whether the meaning is that of a word spelt differently
    private Part part(List<String> together, Collection<String> keys, boolean guessed)
            throws IOException {
        boolean sure = !keys.isEmpty() && !guessed;
        var ways = new ArrayList<Query>();
        if (together.size() == 1) {
            ways.addAll(ways(together.getFirst(), sure));
        } else {
            var all = new BooleanQuery.Builder();
            for (var word : together) {
                all.add(new DisjunctionMaxQuery(ways(word, sure), 0.1f), Occur.MUST);
            }
            ways.add(all.build());
        }
        if (!keys.isEmpty()) {
            ways.add(meaning(keys, guessed ? PERHAPS_MEANT : MEANT));
        }
        boolean idle = together.size() == 1 && isIdle(together.getFirst(), keys);
        return new Part(searcher.rewrite(new DisjunctionMaxQuery(ways, 0.1f)), idle);
    }

    /// @param understood whether it is spelt right, because we know what it means
    private List<Query> ways(String word, boolean understood) throws IOException {
        var ways = new ArrayList<Query>();
        var stems = Words.stemsInAnyLanguage(word);
        int known = reader.docFreq(new Term(Fields.ANY, word));
        ways.add(boosted(new TermQuery(new Term(Fields.TITLE, word)), 4));
        ways.add(boosted(stems(Weight.TITLE, stems), 3));
        ways.add(boosted(stems(Weight.LABEL, stems), 2));
        ways.add(boosted(stems(Weight.BODY, stems), 1));
        ways.add(boosted(new TermQuery(new Term(Fields.ANY, word)), 1));
        if (word.length() >= SHORTEST_BEGINNING) {
            ways.add(boosted(new PrefixQuery(new Term(Fields.ANY, word)), 0.5f));
        }
        int errors = typingErrors(word);
        if (errors > 0 && known < RARE && !understood) {
            // Two errors and a free first letter would mean to look at every word there is.
            int sure = errors - 1;
            var term = new Term(Fields.ANY, word);
            ways.add(boosted(new FuzzyQuery(term, errors, sure, MOST_GUESSES, true), 0.4f));
        }
        return ways;
    }

    private static Query meaning(Collection<String> keys, float boost) {
        var any = new SynonymQuery.Builder(Fields.MEANING);
        keys.forEach(key -> any.addTerm(new Term(Fields.MEANING, key)));
        return boosted(any.build(), boost);
    }

    private static Query stems(Weight weight, Set<String> stems) {
        var any = new SynonymQuery.Builder(Fields.stems(weight));
        stems.forEach(stem -> any.addTerm(new Term(Fields.stems(weight), stem)));
        return any.build();
    }

    private static Query boosted(Query query, float boost) {
        return new BoostQuery(query, boost);
    }

    /// How many letters may be wrong: none in short words and in numbers.
    static int typingErrors(String word) {
        if (word.length() < 4 || word.chars().anyMatch(Character::isDigit)) {
            return 0;
        }
        return word.length() < 7 ? 1 : 2;
    }

    private boolean isIdle(String word, Collection<String> keys) throws IOException {
        if (keys.isEmpty() && meanings.isFiller(language, word)) {
            return true;
        }
        int entries = reader.numDocs();
        return entries >= TOO_FEW_TO_TELL
                && reader.docFreq(new Term(Fields.ANY, word)) > entries * COMMON;
    }

    /// What may have been meant, where a word is found nowhere: the same words, spelt differently.
    String instead() throws IOException {
        boolean changed = false;
        var all = new ArrayList<String>();
        for (var word : words) {
            var better = isKnown(word) ? word : closest(word);
            changed |= !better.equals(word);
            all.add(better);
        }
        return changed ? String.join(" ", all) : "";
    }

    private boolean isKnown(String word) throws IOException {
        return meanings.isFiller(language, word)
                || meanings.knows(word)
                || Guesses.stands(reader, word)
                || !meanings.typed(language, List.of(word)).isEmpty();
    }

    private String closest(String word) throws IOException {
        int errors = typingErrors(word);
        var near = meanings.closest(word, errors);
        return near.equals(word) ? Guesses.closest(reader, word, errors) : near;
    }
}
