// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.apache.lucene.index.IndexOptions.DOCS_AND_FREQS;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.waymark.node.search.SearchEntry.Weight;

/// How an entry lies in the index.
final class Fields {

    static final String ID = "id";
    static final String FRESHNESS = "freshness";

    /// Every whole word of every text: what typos and beginnings are compared with.
    static final String ANY = "any";

    /// The whole words of the titles.
    static final String TITLE = "title";

    private static final FieldType WORDS = new FieldType();

    static {
        WORDS.setIndexOptions(DOCS_AND_FREQS);
        WORDS.setTokenized(true);
        WORDS.freeze();
    }

    private Fields() {}

    static String stems(Weight weight) {
        return switch (weight) {
            case TITLE -> "title.stem";
            case LABEL -> "label.stem";
            case BODY -> "body.stem";
        };
    }

    static String keyword(String group) {
        return "keyword." + group;
    }

    static Document document(SearchEntry entry) {
        var document = new Document();
        document.add(new StringField(ID, entry.id(), Field.Store.NO));
        document.add(new SortedDocValuesField(ID, new BytesRef(entry.id())));
        document.add(new LongField(FRESHNESS, entry.freshness(), Field.Store.NO));
        entry.texts().forEach(text -> add(document, text));
        entry.keywords()
                .forEach((group, values) -> values.forEach(value -> add(document, group, value)));
        return document;
    }

    private static void add(Document document, SearchEntry.Text text) {
        var words = Words.of(text.text());
        var fields = new ArrayList<Field>();
        fields.add(field(ANY, words));
        fields.add(field(stems(text.weight()), Words.stems(text.language(), words)));
        if (text.weight() == Weight.TITLE) {
            fields.add(field(TITLE, words));
        }
        fields.forEach(document::add);
    }

    private static void add(Document document, String group, String value) {
        document.add(new StringField(keyword(group), value, Field.Store.NO));
        document.add(new SortedSetDocValuesField(keyword(group), new BytesRef(value)));
    }

    private static Field field(String name, List<String> words) {
        return new Field(name, new WordStream(words), WORDS);
    }
}
