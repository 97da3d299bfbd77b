// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The entries that can be found, on disk, with the number of the last change they contain.
///
/// Entries and number are committed together, so after a crash the index knows what it missed.
/// Searches see the last commit and never wait for an update. Safe for any number of threads.
public final class SearchIndex implements AutoCloseable {

    // Raise it when Fields, Folding or Words change: an index of another format is thrown away.
    private static final String FORMAT = "1";

    // Several batches of entries; the whole heap is 96 MB.
    private static final double BUFFER_MEGABYTES = 4;

    private static final SortField BY_ID = new SortField(Fields.ID, SortField.Type.STRING);
    private static final SortField BY_FRESHNESS =
            LongField.newSortField(Fields.FRESHNESS, true, SortedNumericSelector.Type.MIN);
    private static final Sort FRESHEST = new Sort(BY_FRESHNESS, BY_ID);
    private static final Sort MOST_RELEVANT = new Sort(SortField.FIELD_SCORE, BY_FRESHNESS, BY_ID);

    private final String source;
    private final Path folder;
    private final Directory directory;
    private IndexWriter writer;
    private volatile SearcherManager searchers;
    private volatile long applied;

    private SearchIndex(String source, Path folder) throws IOException {
        this.source = source;
        this.folder = folder;
        this.directory = new MMapDirectory(folder);
        this.applied = readApplied();
        this.writer = writer(applied == 0);
        this.searchers = searchers();
    }

    /// Opens the index in a folder. One of another source or format, or a damaged one, is emptied.
    ///
    /// @param source names the history that change numbers count; a restored database has another
    public static SearchIndex open(Path folder, String source) {
        try {
            return new SearchIndex(source, folder);
        } catch (IOException e) {
            throw new SearchException("The index cannot be opened", e);
        }
    }

    /// The number of the last change contained, 0 when empty.
    public long applied() {
        return applied;
    }

    /// What an update does.
    public final class Update {

        private Update() {}

        /// Adds the entry, or replaces the one of the same id.
        public void put(SearchEntry entry) {
            change(() -> writer.updateDocument(id(entry.id()), Fields.document(entry)));
        }

        public void remove(String id) {
            change(() -> writer.deleteDocuments(id(id)));
        }

        /// Removes all entries. Searches still find them until the update is through.
        public void clear() {
            change(() -> writer.deleteAll());
        }

        private static Term id(String id) {
            return new Term(Fields.ID, id);
        }
    }

    /// Changes entries and commits them with the number that the work returns. When the work fails,
    /// the index stays as it was.
    public synchronized void update(ToLongFunction<Update> work) {
        boolean committed = false;
        try {
            long number = work.applyAsLong(new Update());
            commit(number);
            committed = true;
        } finally {
            if (!committed) {
                undo();
            }
        }
    }

    /// Empties the index, whatever state its files are in.
    public synchronized void reset() {
        change(
                () -> {
                    writer.rollback();
                    writer = writer(true);
                    applied = 0;
                    var old = searchers;
                    searchers = searchers();
                    old.close();
                });
    }

    /// Finds entries; those with all the words, or, when there are none, those with some of them.
    public SearchHits search(SearchQuery query) {
        return searching(
                searcher -> {
                    var matching = new Matching(searcher);
                    var words = Matching.words(query);
                    if (words.isEmpty()) {
                        var all = matching.filtered(query.filters());
                        return hits(searcher, all, FRESHEST, query, false);
                    }
                    var meanings = matching.meanings(words);
                    var each = matching.withEach(meanings, query);
                    var hits = hits(searcher, each, MOST_RELEVANT, query, false);
                    if (hits.total() > 0 || words.size() == 1) {
                        return hits;
                    }
                    var some = matching.withSome(meanings, query);
                    return hits(searcher, some, MOST_RELEVANT, query, true);
                });
    }

    /// How many entries that pass the filters have each keyword of a group.
    public Map<String, Integer> counts(String group, Map<String, String> filters) {
        return searching(
                searcher -> {
                    var all = new Matching(searcher).filtered(filters);
                    return searcher.search(all, new KeywordCounts(group));
                });
    }

    @Override
    public synchronized void close() {
        change(
                () -> {
                    searchers.close();
                    writer.close();
                    directory.close();
                });
    }

    private static SearchHits hits(
            IndexSearcher searcher, Query matching, Sort order, SearchQuery query, boolean partly)
            throws IOException {
        int wanted = query.offset() + query.size();
        var found =
                searcher.search(
                        matching,
                        new TopFieldCollectorManager(order, wanted, null, Integer.MAX_VALUE));
        var ids = new ArrayList<String>();
        for (int i = query.offset(); i < found.scoreDocs.length; i++) {
            ids.add(id((FieldDoc) found.scoreDocs[i]));
        }
        return new SearchHits((int) found.totalHits.value(), List.copyOf(ids), partly);
    }

    // The id is the last thing sorted by, so each hit already carries it.
    private static String id(FieldDoc hit) {
        return ((BytesRef) hit.fields[hit.fields.length - 1]).utf8ToString();
    }

    private long readApplied() {
        try {
            if (!DirectoryReader.indexExists(directory)) {
                return 0;
            }
            var data = SegmentInfos.readLatestCommit(directory).getUserData();
            boolean ours = FORMAT.equals(data.get("format")) && source.equals(data.get("source"));
            return ours ? Long.parseLong(data.getOrDefault("applied", "0")) : 0;
        } catch (IOException | NumberFormatException e) {
            // Damaged or of another Lucene: a cache is not worth a repair.
            return 0;
        }
    }

    private IndexWriter writer(boolean empty) throws IOException {
        if (empty) {
            deleteFiles();
        }
        var opened =
                new IndexWriter(
                        directory,
                        new IndexWriterConfig()
                                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                                .setMergeScheduler(new SerialMergeScheduler())
                                .setMergePolicy(fewSegments())
                                .setCommitOnClose(false));
        if (empty) {
            opened.commit();
        }
        return opened;
    }

    // Guessing typing errors walks the word list of every segment.
    private static MergePolicy fewSegments() {
        return new TieredMergePolicy().setSegmentsPerTier(3);
    }

    // Lucene reads what is there even where it shall create, and fails on what is damaged.
    private void deleteFiles() throws IOException {
        Files.createDirectories(folder);
        for (var file : directory.listAll()) {
            if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                directory.deleteFile(file);
            }
        }
    }

    private SearcherManager searchers() throws IOException {
        return new SearcherManager(directory, new Forgetful());
    }

    private void commit(long number) {
        change(
                () -> {
                    var data =
                            Map.of(
                                    "format", FORMAT,
                                    "source", source,
                                    "applied", Long.toString(number));
                    writer.setLiveCommitData(data.entrySet());
                    writer.commit();
                    applied = number;
                    searchers.maybeRefreshBlocking();
                });
    }

    private void undo() {
        change(
                () -> {
                    writer.rollback();
                    writer = writer(false);
                });
    }

    private <T> T searching(Search<T> search) {
        try {
            var current = searchers;
            var searcher = current.acquire();
            try {
                return search.with(searcher);
            } finally {
                current.release(searcher);
            }
        } catch (IOException e) {
            throw new SearchException("The index cannot be read", e);
        }
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (IOException | AlreadyClosedException e) {
            throw new SearchException("The index cannot be written", e);
        }
    }

    private interface Search<T> {
        T with(IndexSearcher searcher) throws IOException;
    }

    private interface Change {
        void make() throws IOException;
    }

    /// Lucene keeps what was often searched in a cache that all indexes of the process share; ours
    /// forgets.
    private static final class Forgetful extends SearcherFactory {

        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            var searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }
}
