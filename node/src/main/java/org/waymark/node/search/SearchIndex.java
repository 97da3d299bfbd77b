// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/// The entries that can be found, on disk, with the number of the last change they contain.
///
/// Entries and number are committed together, so after a crash the index knows what it missed.
/// Searches see the last commit and never wait for an update. Safe for any number of threads.
public final class SearchIndex implements AutoCloseable {

    // Raise it when Fields, Folding, Words or what is given to it change: an index of another
    // format is thrown away.
    private static final String FORMAT = "6";

    // Several batches of entries; the whole heap is 96 MB.
    private static final double BUFFER_MEGABYTES = 4;

    private final String source;
    private final Path folder;
    private final Directory directory;
    private final Supplier<Meanings> meanings;
    private IndexWriter writer;
    private volatile SearcherManager searchers;
    private volatile long applied;
    private volatile String indexedWith = "";

    private SearchIndex(String source, Path folder, Supplier<Meanings> meanings)
            throws IOException {
        this.source = source;
        this.meanings = meanings;
        this.folder = folder;
        this.directory = new MMapDirectory(folder);
        this.applied = readApplied();
        this.writer = writer(applied == 0);
        this.searchers = searchers();
    }

    /// Opens the index in a folder. One of another source or format, or a damaged one, is emptied.
    ///
    /// @param source names the history that change numbers count; a restored database has another
    /// @param meanings as they are at any moment; entries keep those they were added with
    public static SearchIndex open(Path folder, String source, Supplier<Meanings> meanings) {
        try {
            return new SearchIndex(source, folder, meanings);
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

        // One state for all of it.
        private final Meanings meaning = meanings.get();

        private boolean cleared = indexedWith.isEmpty();

        private Update() {}

        /// Adds the entry, or replaces the one of the same id.
        public void put(SearchEntry entry) {
            change(() -> writer.updateDocument(id(entry.id()), Fields.document(entry, meaning)));
        }

        public void remove(String id) {
            change(() -> writer.deleteDocuments(id(id)));
        }

        /// Removes all entries. Searches still find them until the update is through.
        public void clear() {
            change(() -> writer.deleteAll());
            cleared = true;
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
            var update = new Update();
            long number = work.applyAsLong(update);
            commit(number, update.cleared ? update.meaning.fingerprint() : indexedWith);
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
                    indexedWith = "";
                    var old = searchers;
                    searchers = searchers();
                    old.close();
                });
    }

    /// Finds entries; those with all the words, or, when there are none, those with some of them.
    public SearchHits search(SearchQuery query) {
        return searching(
                searcher ->
                        new Searching(searcher, searcher.columns(), meanings.get(), query).run());
    }

    /// The codes of all places that entries are in, with their names.
    public Map<String, String> places() {
        return searching(searcher -> searcher.columns().places().names());
    }

    /// The place that a code means: itself, or the postcodes that begin most like it; empty when no
    /// entry is there.
    public Optional<String> findPlace(String code) {
        return searching(searcher -> searcher.columns().places().find(code));
    }

    /// The middles of the places, by code, as far as points that may be drawn show them.
    public Map<String, SearchEntry.Point> drawnPlaces() {
        return searching(searcher -> searcher.columns().places().drawn());
    }

    /// Whether entries were added with other meanings than are known now.
    public boolean isOutdated() {
        return applied > 0 && !indexedWith.equals(meanings.get().fingerprint());
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

    private long readApplied() {
        try {
            if (!DirectoryReader.indexExists(directory)) {
                return 0;
            }
            var data = SegmentInfos.readLatestCommit(directory).getUserData();
            boolean ours = FORMAT.equals(data.get("format")) && source.equals(data.get("source"));
            indexedWith = ours ? data.getOrDefault("meanings", "") : "";
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
        return new SearcherManager(directory, new StateFactory());
    }

    private void commit(long number, String fingerprint) {
        change(
                () -> {
                    var data =
                            Map.of(
                                    "format", FORMAT,
                                    "source", source,
                                    "meanings", fingerprint,
                                    "applied", Long.toString(number));
                    writer.setLiveCommitData(data.entrySet());
                    writer.commit();
                    applied = number;
                    indexedWith = fingerprint;
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
            var searcher = (State) current.acquire();
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
        T with(State searcher) throws IOException;
    }

    private interface Change {
        void make() throws IOException;
    }

    /// One state of the index, with its columns: whoever searches first shall not wait for them.
    private static final class State extends IndexSearcher {

        private final Columns columns;

        private State(IndexReader reader) throws IOException {
            super(reader);
            this.columns = new Columns(reader);
            // Lucene keeps what was often searched in a cache that all indexes of the process
            // share; ours forgets.
            setQueryCache(null);
        }

        private Columns columns() {
            return columns;
        }
    }

    private static final class StateFactory extends SearcherFactory {

        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous)
                throws IOException {
            return new State(reader);
        }
    }
}
