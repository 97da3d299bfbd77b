// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.account.Role;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.HsdsExport.Format;
import org.waymark.node.listing.HsdsExport.Options;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

class HsdsExportTest {

    private static final Progress QUIET = (_, _, _) -> {};
    private static Desk desk;
    private static HsdsExport export;

    @TempDir private static Path folder;

    @BeforeAll
    static void fill() {
        desk = new Desk(Databases.inMemory());
        export = new HsdsExport(desk.database, desk.staff.access, desk.staff.audit, desk.listings);
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Course, \"first\" part"))
                        .topics(Set.of(Topic.LANGUAGE))
                        .phones(List.of(Phone.of("+1 305 555 0100")))
                        .spots(List.of(Spot.at("1 Quay Street", "12345", "Lindmar", "XX")))
                        .schedules(
                                List.of(
                                        Schedule.weekly(
                                                Set.of(DayOfWeek.MONDAY),
                                                LocalTime.of(9, 0),
                                                LocalTime.of(12, 0))))
                        .build());
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Women's shelter"))
                        .spots(List.of(Spot.at("7 Hidden Lane", "12345", "Lindmar", "XX")))
                        .build());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void aPackageHasATableForEachKindAndItsDescription() throws IOException {
        var to = folder.resolve("package");

        var done = run(desk.amal, to, Format.DATAPACKAGE, false);

        assertThat(done.services()).isEqualTo(1);
        assertThat(Files.readString(to.resolve("services.csv")))
                .startsWith("id,organization_id,program_id,name,")
                .contains("\"Course, \"\"first\"\" part\"");
        assertThat(Files.readAllLines(to.resolve("phones.csv"))).hasSize(2);
        assertThat(Files.readString(to.resolve("addresses.csv"))).contains("1 Quay Street");
        assertThat(Files.readString(to.resolve("schedules.csv"))).contains("MO", "09:00");
        var described = Document.parse(Files.readString(to.resolve("datapackage.json")));
        assertThat(described.path("profile").asText()).isEqualTo("tabular-data-package");
        for (var resource : described.path("resources")) {
            var lines = Files.readAllLines(to.resolve(resource.path("path").asText()));
            assertThat(lines.getFirst().split(","))
                    .isEqualTo(
                            resource.at("/schema/fields")
                                    .valueStream()
                                    .map(it -> it.path("name").asText())
                                    .toArray(String[]::new));
        }
    }

    @Test
    void whatIsProtectedIsInNoFileUnlessEverythingIsAskedFor() throws IOException {
        run(desk.amal, folder.resolve("public.zip"), Format.DATAPACKAGE, false);
        var json = folder.resolve("public.json");
        run(desk.amal, json, Format.JSON, false);
        var all = folder.resolve("all");
        run(Acting.node(desk.publisher), all, Format.DATAPACKAGE, true);

        assertThat(Files.readString(json)).doesNotContain("Hidden", "Women");
        assertThat(Document.parse(Files.readString(json)).path("contents")).hasSize(1);
        assertThat(Files.readString(all.resolve("addresses.csv"))).contains("7 Hidden Lane");
        assertThat(Files.readString(all.resolve("datapackage.json")))
                .contains("NOT FOR PUBLICATION");
        assertThat(all.resolve("NOT-FOR-PUBLICATION.txt")).exists();
        for (var line : Files.readAllLines(all.resolve(HsdsExport.RECORDS))) {
            var record = Document.parse(line);
            assertThat(Document.of(record.path("document")).hash())
                    .isEqualTo(record.path("sha256").asText());
        }
    }

    @Test
    void whatIsProtectedIsReadByItsOwnerOnly() throws IOException {
        var node = Acting.node(desk.publisher);
        var all = folder.resolve("owner");
        run(node, all, Format.DATAPACKAGE, true);
        run(node, folder.resolve("owner.zip"), Format.DATAPACKAGE, true);
        run(node, folder.resolve("owner.json"), Format.JSON, true);

        assertThat(permissions(all)).isEqualTo("rwx------");
        try (var files = Files.list(all)) {
            assertThat(files.map(HsdsExportTest::permissions)).containsOnly("rw-------");
        }
        assertThat(permissions(folder.resolve("owner.zip"))).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("owner.json"))).isEqualTo("rw-------");
    }

    @Test
    void halfOfAnExportIsNotLeftBehind() {
        for (var name : List.of("half", "half.zip", "half.json")) {
            var to = folder.resolve(name);
            var format = name.endsWith("json") ? Format.JSON : Format.DATAPACKAGE;
            var options = new Options(Optional.of(desk.publisher), format, false);
            Progress broken =
                    (_, _, _) -> {
                        throw new IllegalStateException("The disk is full");
                    };

            assertThatThrownBy(() -> export.run(desk.amal, to, options, broken))
                    .hasMessage("The disk is full");
            assertThat(to).doesNotExist();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void onlyWhoMayPublishTakesEverythingAndItIsWrittenDown() {
        var volunteer = desk.staff.acting(desk.publisher, Role.VOLUNTEER);

        assertThatThrownBy(() -> run(volunteer, folder.resolve("no"), Format.JSON, true))
                .isInstanceOf(org.waymark.node.account.Access.Denied.class);
        run(Acting.node(desk.publisher), folder.resolve("yes"), Format.JSON, true);
        assertThat(
                        desk.database
                                .read(tx -> desk.staff.audit.list(tx, desk.publisher + ""))
                                .toString())
                .contains("listing-export-all");
    }

    private static HsdsExport.Done run(Acting acting, Path to, Format format, boolean all) {
        return export.run(acting, to, new Options(Optional.of(desk.publisher), format, all), QUIET);
    }
}
