// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.listing.intake.Upload.State;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Places;
import org.waymark.node.work.Progress;
import org.waymark.node.work.Work;

/// Files that staff sent, until they are imported or a day has passed. A dry run and an import are
/// jobs: a large directory takes minutes. One that a node left without an end is given up at its
/// next start, for it may be what made the node stop; staff begin it again or remove the file. Safe
/// for many threads.
public final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String WORK = "listing-upload";
    private static final String END = "listing-upload-end";
    // 1 day: long enough to come back to it after lunch; tables often name people.
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration WHILE_RUNNING = Duration.ofHours(1);
    // 2: each may be 200 MB, and nobody has three in hand.
    private static final int AT_ONCE = 2;
    // 1: an import reads and writes all the time; two of them are no faster.
    private static final int RUNNING_AT_ONCE = 1;
    // 3: each may take some MB.
    private static final int SHEETS_REMEMBERED = 3;
    // 5: more is no work in hand but a disk that fills up.
    private static final int KEPT_OF_ONE = 5;

    /// How to read a directory that says itself what it is.
    ///
    /// @param country ISO 3166 code for addresses that name none
    /// @param language BCP 47 tag of the texts
    public record Options(Optional<String> country, ZoneId zone, String language) {

        String text() {
            return country.orElse("") + " " + zone.getId() + " " + language;
        }

        /// What was asked for last.
        public static Options parse(String text) {
            var words = text.split(" ", -1);
            return new Options(
                    Optional.of(words[0]).filter(it -> !it.isEmpty()),
                    ZoneId.of(words[1]),
                    words[2]);
        }
    }

    /// How far a run has come.
    public record Step(String what, long done, long total) {}

    private final Database database;
    private final Work work;
    private final Access access;
    private final MappedImport mapped;
    private final DirectoryImport directories;
    private final Consumer<Acting> afterwards;
    private final UploadFolder folder;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Set<AccountId> sending = ConcurrentHashMap.newKeySet();
    private final ReentrantLock reading = new ReentrantLock();

    // What staff look at while it runs and just after; a restart forgets it and nothing else.
    private final Map<UUID, Step> steps = new ConcurrentHashMap<>();
    private final Map<UUID, ImportReport> reports = new ConcurrentHashMap<>();
    private final Map<UUID, TableSheet> sheets = new ConcurrentHashMap<>();

    /// @param afterwards what an import is followed by
    /// @param folder where files lie meanwhile
    /// @param mostBytes of one file
    public Uploads(
            Database database,
            Work work,
            Access access,
            MappedImport mapped,
            DirectoryImport directories,
            Consumer<Acting> afterwards,
            Path folder,
            long mostBytes,
            Clock clock,
            Supplier<UUID> ids) {
        this(
                database,
                work,
                access,
                mapped,
                directories,
                afterwards,
                folder,
                mostBytes,
                UploadFolder::usable,
                clock,
                ids);
    }

    Uploads(
            Database database,
            Work work,
            Access access,
            MappedImport mapped,
            DirectoryImport directories,
            Consumer<Acting> afterwards,
            Path folder,
            long mostBytes,
            ToLongFunction<Path> usableBytes,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.access = access;
        this.mapped = mapped;
        this.directories = directories;
        this.afterwards = afterwards;
        this.folder = new UploadFolder(folder, mostBytes, usableBytes, clock);
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, Places.of(RUNNING_AT_ONCE), this::run);
        work.handle(END, this::end);
    }

    /// Takes a file from the line.
    ///
    /// @throws UnusablePackageException when nothing can be made of it, there is no room for it, or
    ///   it did not come whole; then nothing of it is left
    public UUID add(Acting acting, String name, InputStream content) {
        if (list(acting).stream().filter(it -> it.state() != State.IMPORTED).count()
                >= KEPT_OF_ONE) {
            throw new UnusablePackageException("uploads-full", "Remove a file first");
        }
        if (!sending.add(acting.account())) {
            throw busy();
        }
        try {
            if (!room.tryAcquire()) {
                throw busy();
            }
            try {
                return taken(acting, name, content);
            } finally {
                room.release();
            }
        } finally {
            sending.remove(acting.account());
        }
    }

    private static UnusablePackageException busy() {
        return new UnusablePackageException("upload-busy", "Others are sending files now");
    }

    private UUID taken(Acting acting, String name, InputStream content) {
        var id = ids.get();
        var path = folder.put(id, name, content);
        try {
            add(acting, id, name, path);
        } catch (RuntimeException e) {
            folder.remove(id, name);
            throw e;
        }
        return id;
    }

    private void add(Acting acting, UUID id, String name, Path path) {
        var kind = DirectoryImport.isDirectory(path) ? Upload.Kind.DIRECTORY : Upload.Kind.TABLE;
        if (kind == Upload.Kind.TABLE) {
            reading.lock();
            try {
                remember(TableSheet.read(id, name, path));
            } finally {
                reading.unlock();
            }
        }
        var now = clock.instant();
        database.run(
                tx -> {
                    UploadTable.add(
                            tx,
                            new Upload(
                                    id,
                                    acting.organization(),
                                    acting.account(),
                                    name,
                                    kind,
                                    State.SENT,
                                    Optional.empty(),
                                    Optional.empty(),
                                    now));
                    work.schedule(tx, END, id.toString(), now.plus(KEPT), "");
                });
    }

    /// Of one file.
    public long mostBytes() {
        return folder.mostBytes();
    }

    /// The newest first.
    public List<Upload> list(Acting acting) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(tx -> UploadTable.list(tx, acting.organization()));
    }

    public Optional<Upload> find(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.read(tx -> UploadTable.find(tx, id))
                .filter(it -> it.publisher().equals(acting.organization()));
    }

    /// A table as it was understood; empty once it is imported.
    ///
    /// @throws UnusablePackageException when it is none, or is not there any more
    public Optional<TableSheet> sheet(Acting acting, UUID id) {
        return find(acting, id)
                .filter(it -> it.kind() == Upload.Kind.TABLE && it.state() != State.IMPORTED)
                .map(it -> Optional.ofNullable(sheets.get(id)).orElseGet(() -> readAgain(it)));
    }

    /// One after the other, however many ask: each takes as much memory as a file may.
    private TableSheet readAgain(Upload upload) {
        reading.lock();
        try {
            var id = upload.id();
            var known = sheets.get(id);
            return known == null
                    ? remember(TableSheet.read(id, upload.name(), folder.path(id, upload.name())))
                    : known;
        } finally {
            reading.unlock();
        }
    }

    private TableSheet remember(TableSheet sheet) {
        if (sheets.size() >= SHEETS_REMEMBERED) {
            sheets.clear();
        }
        sheets.put(sheet.id(), sheet);
        return sheet;
    }

    /// How far its run has come, while there is one.
    public Optional<Step> step(Acting acting, UUID id) {
        return find(acting, id).flatMap(it -> Optional.ofNullable(steps.get(it.id())));
    }

    /// What its last run found; empty when there was none, or the node was started since.
    public Optional<ImportReport> report(Acting acting, UUID id) {
        return find(acting, id).flatMap(it -> Optional.ofNullable(reports.get(it.id())));
    }

    /// Begins to import a table, or to tell what would come of it, unless a run is under way. What
    /// nobody looked at as it is asked for now is only looked at.
    ///
    /// @return whether it begins
    public boolean begin(Acting acting, UUID id, Mapping mapping, boolean dryRun) {
        return begin(acting, id, Upload.Kind.TABLE, mapping.text(), dryRun);
    }

    /// The same for a directory.
    public boolean begin(Acting acting, UUID id, Options options, boolean dryRun) {
        return begin(acting, id, Upload.Kind.DIRECTORY, options.text(), dryRun);
    }

    private boolean begin(Acting acting, UUID id, Upload.Kind kind, String wish, boolean dryRun) {
        var upload = find(acting, id).filter(it -> it.kind() == kind);
        if (upload.isEmpty()
                || upload.get().state().isRunning()
                || upload.get().state() == State.IMPORTED) {
            return false;
        }
        var isSeen =
                upload.get().state() == State.LOOKED
                        && upload.get().wish().equals(Optional.of(wish));
        reports.remove(id);
        return database.write(
                tx -> {
                    var begins =
                            UploadTable.begin(
                                    tx,
                                    id,
                                    acting.account(),
                                    upload.get().state(),
                                    dryRun || !isSeen ? State.LOOKING : State.IMPORTING,
                                    wish);
                    if (begins) {
                        work.schedule(tx, WORK, id.toString(), clock.instant(), "");
                    }
                    return begins;
                });
    }

    /// Throws a file away, unless a run is under way.
    ///
    /// @return whether it is gone
    public boolean remove(Acting acting, UUID id) {
        var upload = find(acting, id).filter(it -> !it.state().isRunning());
        if (upload.isEmpty()
                || !database.write(tx -> UploadTable.remove(tx, id, upload.get().state()))) {
            return false;
        }
        folder.remove(id, upload.get().name());
        reports.remove(id);
        sheets.remove(id);
        return true;
    }

    private Handler.Result run(Job job) {
        var id = UUID.fromString(job.key());
        var upload =
                database.read(tx -> UploadTable.find(tx, id)).filter(it -> it.state().isRunning());
        if (upload.isEmpty()) {
            return new Handler.Result.Done();
        }
        var isDry = upload.get().state() == State.LOOKING;
        // Before all else, in a commit of its own: it may take the node with it.
        if (!database.write(tx -> UploadTable.run(tx, id, upload.get().state(), clock.instant()))) {
            LOG.error("A run of an uploaded file never ended; it is not begun again");
            ended(id, State.FAILED, Optional.of("import-stopped"));
            return new Handler.Result.Done();
        }
        try {
            reports.put(id, imported(upload.get(), isDry));
            ended(id, isDry ? State.LOOKED : State.IMPORTED, Optional.empty());
            if (!isDry) {
                folder.remove(id, upload.get().name());
                sheets.remove(id);
                followed(upload.get());
            }
        } catch (UnusablePackageException e) {
            ended(id, State.FAILED, Optional.of(e.code()));
        } catch (Access.Denied e) {
            ended(id, State.FAILED, Optional.of("not-allowed"));
        } catch (RuntimeException e) {
            // Its class only: what it says may name somebody in the file.
            LOG.error("An import of an uploaded file was given up: {}", e.getClass());
            ended(id, State.FAILED, Optional.of(isFull(e) ? "disk-full" : "import-stopped"));
        } finally {
            steps.remove(id);
        }
        return new Handler.Result.Done();
    }

    private ImportReport imported(Upload upload, boolean dryRun) {
        var acting = new Acting(upload.by(), upload.publisher(), Purpose.DIRECTORY);
        access.require(acting, Right.EDIT_LISTINGS);
        Progress progress =
                (what, done, total) -> steps.put(upload.id(), new Step(what, done, total));
        var path = folder.path(upload.id(), upload.name());
        var wish = upload.wish().orElse("");
        var report =
                switch (upload.kind()) {
                    case TABLE ->
                            mapped.table(
                                    acting,
                                    upload.publisher(),
                                    path,
                                    upload.name(),
                                    Mapping.parse(wish),
                                    dryRun,
                                    progress);
                    case DIRECTORY -> {
                        var options = Options.parse(wish);
                        yield directories.run(
                                acting,
                                path,
                                new HsdsImport.Options(
                                        upload.publisher(),
                                        options.country(),
                                        options.zone(),
                                        options.language(),
                                        Optional.empty(),
                                        dryRun),
                                progress);
                    }
                };
        return report;
    }

    /// What is in is in, whatever comes of this.
    private void followed(Upload upload) {
        try {
            afterwards.accept(new Acting(upload.by(), upload.publisher(), Purpose.DIRECTORY));
        } catch (RuntimeException e) {
            LOG.error("What follows an import was given up: {}", e.getClass());
        }
    }

    private void ended(UUID id, State state, Optional<String> code) {
        database.run(tx -> UploadTable.end(tx, id, state, code));
    }

    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("No space left")) {
                return true;
            }
        }
        return false;
    }

    /// Its day has passed.
    private Handler.Result end(Job job) {
        var id = UUID.fromString(job.key());
        var upload = database.read(tx -> UploadTable.find(tx, id));
        if (upload.filter(it -> it.state().isRunning()).isPresent()) {
            return new Handler.Result.Again(clock.instant().plus(WHILE_RUNNING));
        }
        upload.ifPresent(it -> folder.remove(id, it.name()));
        reports.remove(id);
        sheets.remove(id);
        database.run(tx -> UploadTable.remove(tx, id));
        return new Handler.Result.Done();
    }

    /// Removes files that no row names: the power went between them. Before the first request.
    public void tidy() {
        folder.retain(database.read(UploadTable::ids));
    }
}
