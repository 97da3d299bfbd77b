// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.intake.Upload.State;
import org.waymark.node.privacy.Acting;

/// What becomes of a file that staff sent: who began its run answers for it, and one that may have
/// stopped the node does not begin again by itself.
class UploadsTest {

    private static final Uploads.Options GERMAN =
            new Uploads.Options(Optional.of("DE"), Desk.ZONE, "de");
    private static final Uploads.Options ENGLISH =
            new Uploads.Options(Optional.of("DE"), Desk.ZONE, "en");

    @TempDir private Path folder;
    private final Desk desk = new Desk(Databases.inMemory());
    private final List<Acting> importers = new ArrayList<>();
    private Uploads uploads;

    @BeforeEach
    void open() {
        uploads =
                new Uploads(
                        desk.database,
                        desk.work,
                        desk.staff.access,
                        new MappedImport(desk.intake, Desk.ZONE),
                        new DirectoryImport(desk.hsdsImport, desk.intake),
                        importers::add,
                        folder,
                        1 << 20,
                        Clock.systemUTC(),
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

    private State state(UUID id) {
        return uploads.find(desk.amal, id).orElseThrow().state();
    }

    private UUID sent() {
        var service =
                "[{\"id\":\"7e57c0de-0000-4000-8000-000000000001\",\"name\":\"Kitchen\","
                        + "\"status\":\"active\"}]";
        return uploads.add(
                desk.amal,
                "town.json",
                new ByteArrayInputStream(service.getBytes(StandardCharsets.UTF_8)));
    }
}
