// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Cuts text into folded words, and words down to their stems.
///
/// A text has a language, a typed word has none: so a text is stemmed by its own language's rules
/// and a typed word by all, which is how a word of the host country is found from every interface
/// language.
final class Words {

    // Languages whose endings we know. Others are found by whole words, beginnings and typos.
    private static final List<String> STEMMED = List.of("ar", "de", "en", "es", "fa", "fr", "uk");

    private Words() {}

    static List<String> of(String text) {
        try (var tokenizer = new StandardTokenizer()) {
            tokenizer.setReader(new StringReader(Folding.fold(text)));
            return terms(tokenizer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The words' stems by the rules of a language, in their order.
    ///
    /// @param language a BCP 47 tag; only its first part counts
    static List<String> stems(String language, List<String> words) {
        try (var stems = stemming(primary(language), new WordStream(words))) {
            return terms(stems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a word can be at heart: itself, and its stem in every language we know.
    static Set<String> stemsInAnyLanguage(String word) {
        var all = new LinkedHashSet<String>();
        all.add(word);
        STEMMED.stream()
                .filter(language -> isArabicScript(language) == isArabicScript(word.charAt(0)))
                .forEach(language -> all.addAll(stems(language, List.of(word))));
        return all;
    }

    // Rules for the other script would change nothing.
    private static boolean isArabicScript(String language) {
        return language.equals("ar") || language.equals("fa");
    }

    private static boolean isArabicScript(char letter) {
        return Character.UnicodeScript.of(letter) == Character.UnicodeScript.ARABIC;
    }

    private static TokenStream stemming(String language, TokenStream words) {
        return switch (language) {
            case "ar" -> new ArabicStemFilter(words);
            case "de" -> new GermanLightStemFilter(words);
            case "en" -> new PorterStemFilter(words);
            case "es" -> new SpanishLightStemFilter(words);
            case "fa" -> new PersianStemFilter(words);
            case "fr" -> new FrenchLightStemFilter(words);
            case "uk" -> new UkrainianStemFilter(words);
            default -> words;
        };
    }

    static String primary(String language) {
        int end = language.indexOf('-');
        return end < 0 ? language : language.substring(0, end);
    }

    private static List<String> terms(TokenStream stream) throws IOException {
        var terms = new ArrayList<String>();
        var term = stream.addAttribute(CharTermAttribute.class);
        stream.reset();
        while (stream.incrementToken()) {
            terms.add(term.toString());
        }
        stream.end();
        return terms;
    }
}
