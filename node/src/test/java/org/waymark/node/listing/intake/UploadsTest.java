// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestClock;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.listing.intake.Upload.State;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Work;

/// What becomes of a file that staff sent: who began its run answers for it, and one that may have
/// stopped the node does not begin again by itself.
class UploadsTest {

    private static final Uploads.Options GERMAN =
            new Uploads.Options(Optional.of("DE"), Desk.ZONE, "de");
    private static final Uploads.Options ENGLISH =
            new Uploads.Options(Optional.of("DE"), Desk.ZONE, "en");

    private static final String TOWN =
            "[{\"id\":\"7e57c0de-0000-4000-8000-000000000001\",\"name\":\"Kitchen\","
                    + "\"status\":\"active\"}]";
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private final Desk desk = new Desk(Databases.inMemory(), clock);
    private boolean fails;
    private final List<Acting> importers = new ArrayList<>();
    private Uploads uploads;

    @BeforeEach
    void open() {
        uploads = uploads(desk.work);
    }

    private Uploads uploads(Work work) {
        return new Uploads(
                desk.database,
                work,
                desk.staff.access,
                new MappedImport(desk.intake, Desk.ZONE),
                new DirectoryImport(desk.hsdsImport, desk.intake, desk.scratch),
                acting -> {
                    if (fails) {
                        throw new IllegalStateException("Some fault");
                    }
                    importers.add(acting);
                },
                folder,
                1 << 20,
                clock,
                UUID::randomUUID);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whoBeginsAnImportAnswersForIt() {
        var id = sent();
        uploads.begin(desk.amal, id, GERMAN, true);
        desk.work.runDue();

        assertThat(uploads.begin(desk.boris, id, GERMAN, false)).isTrue();
        desk.work.runDue();

        assertThat(state(id)).isEqualTo(State.IMPORTED);
        assertThat(importers).extracting(Acting::account).containsExactly(desk.boris.account());
    }

    @Test
    void aRunThatNeverEndedIsNotBegunAgainByItself() {
        var id = sent();
        uploads.begin(desk.amal, id, GERMAN, true);
        // As a node leaves it that has no more memory.
        desk.database.run(tx -> UploadTable.run(tx, id, State.LOOKING, Instant.EPOCH));

        desk.work.runDue();

        var given = uploads.find(desk.amal, id).orElseThrow();
        assertThat(given.state()).isEqualTo(State.FAILED);
        assertThat(given.code()).contains("import-stopped");
        assertThat(uploads.report(desk.amal, id)).isEmpty();
        uploads.begin(desk.amal, id, GERMAN, true);
        desk.work.runDue();
        assertThat(state(id)).as("when a person wants it").isEqualTo(State.LOOKED);
    }

    @Test
    void nothingIsImportedThatNobodyLookedAtLikeThis() {
        var id = sent();

        uploads.begin(desk.amal, id, GERMAN, false);
        desk.work.runDue();
        assertThat(state(id)).as("not looked at").isEqualTo(State.LOOKED);
        uploads.begin(desk.amal, id, ENGLISH, false);
        desk.work.runDue();
        assertThat(state(id)).as("another language").isEqualTo(State.LOOKED);

        uploads.begin(desk.amal, id, ENGLISH, false);
        desk.work.runDue();
        assertThat(state(id)).isEqualTo(State.IMPORTED);
    }

    @Test
    void staffRemoveAFileThatDoesNotRun() {
        var id = sent();
        uploads.begin(desk.amal, id, GERMAN, true);
        assertThat(uploads.remove(desk.amal, id)).as("while it waits").isFalse();
        desk.work.runDue();

        assertThat(uploads.remove(desk.boris, id)).isTrue();

        assertThat(uploads.find(desk.amal, id)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneOrganisationDoesNotFillTheDisk() {
        var first = sent();
        for (int i = 0; i < 4; i++) {
            sent();
        }

        assertThatThrownBy(this::sent)
                .isInstanceOfSatisfying(
                        UnusablePackageException.class,
                        it -> assertThat(it.code()).isEqualTo("uploads-full"));
        uploads.remove(desk.amal, first);
        sent();
    }

    @Test
    void onePersonSendsOneFileAtATime() {
        var codes = new ArrayList<String>();

        uploads.add(
                desk.amal,
                "town.json",
                new ByteArrayInputStream(TOWN.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] buffer, int offset, int length) {
                        try {
                            sent();
                        } catch (UnusablePackageException e) {
                            codes.add(e.code());
                        }
                        return super.read(buffer, offset, length);
                    }
                });

        assertThat(codes).isNotEmpty().containsOnly("upload-busy");
    }

    @Test
    void afterADayAFileIsGoneButNotWhileItRuns() {
        var id = sent();
        uploads.begin(desk.amal, id, GERMAN, true);
        clock.advance(Duration.ofDays(1).plusMinutes(1));
        desk.database.run(tx -> desk.work.schedule(tx, "listing-upload", id.toString(), LATER, ""));
        desk.work.runDue();
        assertThat(state(id)).as("its run waits").isEqualTo(State.LOOKING);

        desk.database.run(tx -> UploadTable.end(tx, id, State.LOOKED, Optional.empty()));
        clock.advance(Duration.ofHours(2));
        desk.work.runDue();

        assertThat(uploads.find(desk.amal, id)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNotThereAnyMoreIsSaidToBeUnreadable() throws IOException {
        var id =
                uploads.add(
                        desk.amal,
                        "town.csv",
                        new ByteArrayInputStream(
                                "Name\nKitchen\n".getBytes(StandardCharsets.UTF_8)));
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        var restarted = uploads(new Work(desk.database, clock));

        assertThatThrownBy(() -> restarted.sheet(desk.amal, id))
                .isInstanceOf(UnusablePackageException.class);
    }

    @Test
    void whatFollowsAnImportDoesNotUndoIt() {
        fails = true;
        var id = sent();
        uploads.begin(desk.amal, id, GERMAN, true);
        desk.work.runDue();
        uploads.begin(desk.amal, id, GERMAN, false);
        desk.work.runDue();

        assertThat(state(id)).isEqualTo(State.IMPORTED);
    }

    private State state(UUID id) {
        return uploads.find(desk.amal, id).orElseThrow().state();
    }

    private UUID sent() {
        return uploads.add(
                desk.amal,
                "town.json",
                new ByteArrayInputStream(TOWN.getBytes(StandardCharsets.UTF_8)));
    }
}
