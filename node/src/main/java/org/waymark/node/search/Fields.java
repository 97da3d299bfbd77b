// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.apache.lucene.index.IndexOptions.DOCS_AND_FREQS;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.waymark.node.search.SearchEntry.Weight;

/// How an entry lies in the index.
final class Fields {

    static final String ID = "id";
    static final String FRESHNESS = "freshness";
    static final String SPOTS = "spots";
    static final String CARRIED = "carried";

    /// What the names of keyword fields begin with.
    static final String KEYWORD = "keyword.";

    /// Every whole word of every text: what typos and beginnings are compared with.
    static final String ANY = "any";

    /// The whole words of the titles.
    static final String TITLE = "title";

    /// What the texts say, in no language.
    static final String MEANING = "meaning";

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

    // A meaning in a title counts as often as four in a text.
    private static int times(Weight weight) {
        return switch (weight) {
            case TITLE -> 4;
            case LABEL -> 2;
            case BODY -> 1;
        };
    }

    static Document document(SearchEntry entry, CutTexts cut) {
        var document = new Document();
        document.add(new StringField(ID, entry.id(), Field.Store.NO));
        document.add(new BinaryDocValuesField(ID, new BytesRef(entry.id())));
        document.add(new SortedNumericDocValuesField(FRESHNESS, entry.freshness()));
        entry.texts().forEach(text -> add(document, text, cut.of(text)));
        entry.keywords()
                .forEach((group, values) -> values.forEach(value -> add(document, group, value)));
        if (!entry.spots().isEmpty()) {
            document.add(new BinaryDocValuesField(SPOTS, bytes(entry.spots())));
        }
        if (!entry.carried().isEmpty()) {
            document.add(new BinaryDocValuesField(CARRIED, new BytesRef(entry.carried())));
        }
        return document;
    }

    private static void add(Document document, SearchEntry.Text text, CutTexts.Cut cut) {
        document.add(field(ANY, cut.words()));
        document.add(field(stems(text.weight()), cut.stems()));
        if (text.weight() == Weight.TITLE) {
            document.add(field(TITLE, cut.words()));
        }
        if (!cut.said().isEmpty()) {
            var weighed = new ArrayList<String>();
            Collections.nCopies(times(text.weight()), cut.said()).forEach(weighed::addAll);
            document.add(field(MEANING, weighed));
        }
    }

    private static void add(Document document, String group, String value) {
        document.add(new SortedSetDocValuesField(KEYWORD + group, new BytesRef(value)));
    }

    private static Field field(String name, List<String> words) {
        return new Field(name, new WordStream(words), WORDS);
    }

    private static BytesRef bytes(List<SearchEntry.Spot> spots) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeShort(spots.size());
            for (var spot : spots) {
                out.writeUTF(spot.place());
                out.writeUTF(spot.name());
                out.writeUTF(spot.postcode());
                out.writeBoolean(spot.drawn());
                out.writeFloat(spot.point().map(it -> (float) it.latitude()).orElse(Float.NaN));
                out.writeFloat(spot.point().map(it -> (float) it.longitude()).orElse(Float.NaN));
            }
        } catch (IOException e) {
            throw new SearchException("An entry cannot be written", e);
        }
        return new BytesRef(bytes.toByteArray());
    }

    static List<SearchEntry.Spot> spots(BytesRef bytes) throws IOException {
        var spots = new ArrayList<SearchEntry.Spot>();
        try (var in =
                new DataInputStream(
                        new ByteArrayInputStream(bytes.bytes, bytes.offset, bytes.length))) {
            for (int left = in.readShort(); left > 0; left--) {
                var place = in.readUTF();
                var name = in.readUTF();
                var postcode = in.readUTF();
                boolean drawn = in.readBoolean();
                float latitude = in.readFloat();
                float longitude = in.readFloat();
                spots.add(
                        new SearchEntry.Spot(
                                place,
                                name,
                                postcode,
                                Float.isNaN(latitude)
                                        ? Optional.empty()
                                        : Optional.of(new SearchEntry.Point(latitude, longitude)),
                                drawn));
            }
        }
        return spots;
    }
}
