// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/// What Lucene itself reads in an index, of whatever lies in it: words, values, stored texts and
/// vectors of every entry, deleted ones too, and what was committed beside them. Looking at the
/// bytes shows nothing: words lie there folded, cut down and packed.
public final class IndexReading {

    private final List<Set<String>> entries = new ArrayList<>();

    private IndexReading(Path folder) {
        try (var directory = FSDirectory.open(folder);
                var reader = DirectoryReader.open(directory)) {
            for (var leaf : reader.leaves()) {
                read(leaf.reader());
            }
            entries.add(
                    new HashSet<>(SegmentInfos.readLatestCommit(directory).getUserData().values()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Which of some texts lie in an index: all words of one in the same entry, as they are or as
    /// their stems in any language.
    public static List<String> find(Path folder, Collection<String> texts) {
        var index = new IndexReading(folder);
        return texts.stream().filter(index::holds).toList();
    }

    /// Where the index of a node lies.
    public static Path below(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(it -> it.getFileName().toString().startsWith("segments_"))
                    .findFirst()
                    .orElseThrow()
                    .resolveSibling(".")
                    .normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean holds(String text) {
        var words = Words.of(text);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("No words: " + text);
        }
        var spellings = words.stream().map(Words::stemsInAnyLanguage).toList();
        return entries.stream()
                .anyMatch(entry -> spellings.stream().allMatch(it -> holdsOne(entry, it)));
    }

    private static boolean holdsOne(Set<String> entry, Set<String> spellings) {
        return entry.stream().anyMatch(it -> spellings.stream().anyMatch(it::contains));
    }

    private void read(LeafReader reader) throws IOException {
        var texts = new HashMap<Integer, Set<String>>();
        for (var field : reader.getFieldInfos()) {
            if (field.getPointDimensionCount() > 0 || field.getVectorDimension() > 0) {
                throw new IllegalStateException("Nobody looks into " + field.name);
            }
            if (field.getIndexOptions() != IndexOptions.NONE) {
                readWords(reader, field, texts);
            }
            if (field.getDocValuesType() != DocValuesType.NONE) {
                readValues(reader, field, texts);
            }
        }
        var stored = reader.storedFields();
        var vectors = reader.termVectors();
        for (int number = 0; number < reader.maxDoc(); number++) {
            for (var field : stored.document(number).getFields()) {
                var bytes = field.binaryValue();
                note(texts, number, bytes == null ? field.stringValue() : text(bytes));
            }
            if (vectors.get(number) != null) {
                throw new IllegalStateException("Nobody looks into vectors of words");
            }
        }
        entries.addAll(texts.values());
    }

    private static void readWords(
            LeafReader reader, FieldInfo field, Map<Integer, Set<String>> texts)
            throws IOException {
        var words = reader.terms(field.name).iterator();
        for (var word = words.next(); word != null; word = words.next()) {
            var text = text(word);
            var numbers = words.postings(null, PostingsEnum.NONE);
            while (numbers.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                note(texts, numbers.docID(), text);
            }
        }
    }

    private static void readValues(
            LeafReader reader, FieldInfo field, Map<Integer, Set<String>> texts)
            throws IOException {
        switch (field.getDocValuesType()) {
            case BINARY -> {
                var values = reader.getBinaryDocValues(field.name);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    note(texts, values.docID(), text(values.binaryValue()));
                }
            }
            case SORTED_SET -> {
                var values = reader.getSortedSetDocValues(field.name);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    for (int i = 0; i < values.docValueCount(); i++) {
                        note(texts, values.docID(), text(values.lookupOrd(values.nextOrd())));
                    }
                }
            }
            case SORTED_NUMERIC -> {
                var values = reader.getSortedNumericDocValues(field.name);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    for (int i = 0; i < values.docValueCount(); i++) {
                        note(texts, values.docID(), Long.toString(values.nextValue()));
                    }
                }
            }
            case NUMERIC, SORTED, NONE ->
                    throw new IllegalStateException("Nobody looks into " + field.name);
        }
    }

    private static void note(Map<Integer, Set<String>> texts, int number, String text) {
        texts.computeIfAbsent(number, _ -> new HashSet<>()).add(Folding.fold(text));
    }

    private static String text(BytesRef bytes) {
        return new String(bytes.bytes, bytes.offset, bytes.length, StandardCharsets.UTF_8);
    }
}
