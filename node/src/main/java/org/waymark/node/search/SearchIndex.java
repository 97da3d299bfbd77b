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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entries that can be found, on disk, with the number of the last change they contain.
///
/// Searches see an update as soon as it is through, and never wait for one. What they see reaches
/// the disk with a commit, entries and number together, so that after a crash the index knows what
/// it missed. Safe for any number of threads.
public final class SearchIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

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
    private volatile Reached reached;
    private Reached committed;
    private boolean changed;

    /// How far the entries are, and with which meanings they were added.
    private record Reached(long applied, String indexedWith) {
        private static final Reached NOTHING = new Reached(0, "");
    }

    private SearchIndex(String source, Path folder, Supplier<Meanings> meanings)
            throws IOException {
        this.source = source;
        this.meanings = meanings;
        this.folder = folder;
        this.directory = new MMapDirectory(folder);
        this.committed = readCommitted();
        this.reached = committed;
        this.writer = writer(committed.applied() == 0);
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
        return reached.applied();
    }

    /// The number of the last change that a crash leaves here.
    public synchronized long committed() {
        return committed.applied();
    }

    /// What an update does.
    public final class Update {

        // One state for all of it.
        private final Meanings meaning = meanings.get();
        private final CutTexts cut = new CutTexts(meaning);

        private boolean cleared = reached.indexedWith().isEmpty();
        private boolean touched;

        private Update() {}

        /// Adds the entry, or replaces the one of the same id.
        public void put(SearchEntry entry) {
            touched = true;
            change(() -> writer.updateDocument(id(entry.id()), Fields.document(entry, cut)));
        }

        public void remove(String id) {
            touched = true;
            change(() -> writer.deleteDocuments(id(id)));
        }

        /// Removes all entries, before anything else. Searches still find them until the update is
        /// through, and for good when it fails.
        public void clear() {
            commit();
            touched = true;
            change(() -> writer.deleteAll());
            cleared = true;
        }

        private static Term id(String id) {
            return new Term(Fields.ID, id);
        }
    }

    /// Changes entries, up to the change whose number the work returns. When the work fails, the
    /// index goes back to the last commit, number and all.
    public synchronized void update(ToLongFunction<Update> work) {
        var update = new Update();
        boolean done = false;
        try {
            long number = work.applyAsLong(update);
            change(searchers::maybeRefreshBlocking);
            reached =
                    new Reached(
                            number,
                            update.cleared ? update.meaning.fingerprint() : reached.indexedWith());
            changed = true;
            done = true;
        } finally {
            if (!done && (update.touched || !writer.isOpen())) {
                undo();
            }
        }
    }

    /// Brings to the disk what updates changed since the last time. Each costs writes that wait for
    /// the disk, however little changed.
    public synchronized void commit() {
        if (changed) {
            change(
                    () -> {
                        var data =
                                Map.of(
                                        "format",
                                        FORMAT,
                                        "source",
                                        source,
                                        "meanings",
                                        reached.indexedWith(),
                                        "applied",
                                        Long.toString(reached.applied()));
                        writer.setLiveCommitData(data.entrySet());
                        writer.commit();
                        committed = reached;
                        changed = false;
                    });
        }
    }

    /// Empties the index, whatever state its files are in.
    public synchronized void reset() {
        change(
                () -> {
                    writer.rollback();
                    writer = writer(true);
                    reopened(Reached.NOTHING);
                });
    }

    private void undo() {
        change(
                () -> {
                    writer.rollback();
                    writer = writer(false);
                    reopened(committed);
                });
    }

    private void reopened(Reached now) throws IOException {
        committed = now;
        reached = now;
        changed = false;
        var old = searchers;
        searchers = searchers();
        old.close();
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
        var now = reached;
        return now.applied() > 0 && !now.indexedWith().equals(meanings.get().fingerprint());
    }

    /// Commits, where that is possible: what is missing is read again from its source.
    @Override
    public synchronized void close() {
        try {
            commit();
        } catch (SearchException e) {
            LOG.warn("The search index could not be written before it was closed", e);
        }
        change(
                () -> {
                    searchers.close();
                    writer.close();
                    directory.close();
                });
    }

    private Reached readCommitted() {
        try {
            if (!DirectoryReader.indexExists(directory)) {
                return Reached.NOTHING;
            }
            var data = SegmentInfos.readLatestCommit(directory).getUserData();
            boolean ours = FORMAT.equals(data.get("format")) && source.equals(data.get("source"));
            return ours
                    ? new Reached(
                            Long.parseLong(data.getOrDefault("applied", "0")),
                            data.getOrDefault("meanings", ""))
                    : Reached.NOTHING;
        } catch (IOException | NumberFormatException e) {
            // Damaged or of another Lucene: a cache is not worth a repair.
            return Reached.NOTHING;
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

    // From the writer: they see what is not committed yet.
    private SearcherManager searchers() throws IOException {
        return new SearcherManager(writer, new StateFactory());
    }

    private <T> T searching(Search<T> search) {
        try {
            var current = searchers;
            IndexSearcher searcher;
            try {
                searcher = current.acquire();
            } catch (AlreadyClosedException e) {
                // Others took their place a moment ago; or the index is closed.
                current = searchers;
                searcher = current.acquire();
            }
            try {
                return search.with((State) searcher);
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
