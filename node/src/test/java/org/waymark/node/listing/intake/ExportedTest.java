// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.HsdsExport;
import org.waymark.node.listing.HsdsExport.Format;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// Everything goes out and comes in again, record by record the same.
class ExportedTest {

    private static Desk old;

    @TempDir private static Path folder;

    @BeforeAll
    static void fill() {
        old = new Desk(Databases.inMemory());
        var day = LocalDate.of(2026, 5, 4);
        var spot = Spot.at("1 Quay Street", "12345", "Lindmar", "XX");
        old.listings.add(
                old.amal,
                Draft.named(Text.of("en", "Language course"))
                        .topics(Set.of(Topic.LANGUAGE))
                        .spots(List.of(spot))
                        .schedules(
                                List.of(
                                        Schedule.weekly(
                                                Set.of(DayOfWeek.MONDAY),
                                                LocalTime.of(9, 0),
                                                LocalTime.of(12, 0)),
                                        Schedule.closed(day, day, "Holiday")))
                        .build());
        old.listings.add(
                old.amal,
                Draft.named(Text.of("en", "Women's shelter")).spots(List.of(spot)).build());
        old.listings.add(
                old.amal,
                Draft.named(Text.of("ar", "مكتب"))
                        .spots(List.of(spot))
                        .reach(Reach.STAFF)
                        .place(Place.AREA)
                        .build());
    }

    @AfterAll
    static void close() {
        old.close();
    }

    @Test
    void anExportOfEverythingMakesTheSameDirectoryAgain() throws IOException {
        for (var format : Format.values()) {
            var file = folder.resolve(format == Format.JSON ? "old.json" : "old.zip");
            export(old, file, format);
            try (var young = new Desk(Databases.inMemory())) {
                var report = take(young, Acting.node(young.publisher), file);

                assertThat(report).doesNotContain("left out");
                assertThat(records(young)).containsAllEntriesOf(records(old));
            }
        }
    }

    @Test
    void onePersonAloneCannotWidenAListingByAFile() throws IOException {
        var file = folder.resolve("wide.json");
        export(old, file, Format.JSON);
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("\"place\":\"[a-z_]+\"", "\"place\":\"exact\"")
                        .replaceAll("\"reach\":\"[a-z_]+\"", "\"reach\":\"public\""));
        try (var young = new Desk(Databases.inMemory())) {
            take(young, young.amal, file);

            assertThat(young.listings.list(young.amal, "shelter", 10))
                    .allMatch(it -> it.reach() != Reach.PUBLIC && it.place() == Place.PHONE_ONLY);
        }
    }

    @Test
    void whatAStrangerWroteAsARecordIsTakenAsAStrangers() throws IOException {
        var record =
                """
                {"type":"service","id":"%1$s","sha256":"%2$s","document":{"id":"%1$s",
                 "name":"Women's shelter","description":"<b>Safe</b>","status":"active"},
                 "ruling":{"kind":"help","reach":"public","place":"exact","review":"published"}}"""
                        .formatted(UUID.randomUUID(), "0".repeat(64))
                        .replace("\n", "");
        var package_ = Files.createDirectory(folder.resolve("strange"));
        Files.writeString(package_.resolve("services.csv"), "id,name\n1,A\n");
        Files.writeString(package_.resolve("waymark.ndjson"), record);
        var lists = Files.writeString(folder.resolve("s.json"), "{\"records\":[" + record + "]}");
        var says =
                Files.writeString(
                        folder.resolve("says.json"),
                        "{\"not_for_publication\":true,\"name\":\"human_services_data\","
                                + "\"records\":["
                                + record
                                + "]}");
        for (var file : List.of(lists, says)) {
            try (var young = new Desk(Databases.inMemory())) {
                var report = take(young, Acting.node(young.publisher), file);

                assertThat(report).contains("review-women-only");
                var ours = young.listings.list(young.amal, "shelter", 10);
                assertThat(ours)
                        .isNotEmpty()
                        .allMatch(it -> !it.review().isPublished())
                        .allMatch(it -> !it.description().byLanguage().toString().contains("<"));
            }
        }
        try (var young = new Desk(Databases.inMemory())) {
            take(young, Acting.node(young.publisher), package_);
            assertThat(young.listings.list(young.amal, "shelter", 10)).isEmpty();
        }
    }

    @Test
    void aRecordThatShowsMoreOfProtectedPeopleThanCautionAllowsWaits() throws IOException {
        var file = folder.resolve("bold.json");
        export(old, file, Format.JSON);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"place\":\"phone_only\"", "\"place\":\"exact\"")
                        .replace("\"reach\":\"site\"", "\"reach\":\"public\""));
        try (var young = new Desk(Databases.inMemory())) {
            var report = take(young, Acting.node(young.publisher), file);

            assertThat(report).contains("review-women-only");
            assertThat(young.listings.list(young.amal, "shelter", 10))
                    .isNotEmpty()
                    .allMatch(it -> it.reach() != Reach.PUBLIC && it.place() == Place.PHONE_ONLY);
        }
    }

    private static String take(Desk desk, Acting acting, Path file) {
        var options =
                new HsdsImport.Options(
                        desk.publisher, Optional.empty(), Desk.ZONE, "en", Optional.empty(), false);
        return new DirectoryImport(desk.hsdsImport, desk.intake, desk.scratch)
                .run(acting, file, options, Progress.SILENT)
                .json()
                .toString();
    }

    /// Checksum and ruling by id.
    private static TreeMap<String, String> records(Desk desk) throws IOException {
        var file = Files.createTempFile(folder, "records", ".json");
        Files.delete(file);
        export(desk, file, Format.JSON);
        var records = new TreeMap<String, String>();
        for (JsonNode record : JsonSource.JSON.readTree(file.toFile()).path("records")) {
            records.put(
                    record.path("id").asText(),
                    record.path("type") + " " + record.path("sha256") + record.path("ruling"));
        }
        assertThat(records).hasSizeGreaterThan(4);
        return records;
    }

    private static void export(Desk desk, Path file, Format format) {
        new HsdsExport(desk.database, desk.staff.access, desk.staff.audit, desk.listings)
                .run(
                        Acting.node(desk.publisher),
                        file,
                        new HsdsExport.Options(Optional.of(desk.publisher), format, true),
                        Progress.SILENT);
    }
}
