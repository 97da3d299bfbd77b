// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;
import org.waymark.node.listing.intake.DirectoryImport;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// All of a real directory of 4,089 services: out and in again the same, and every answer of the
/// open interface about it held against HSDS. Some minutes.
@EnabledIfSystemProperty(named = "waymark.long", matches = "true")
class MiamiLongTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern PERSON = Pattern.compile("\"Contact \\d+\"|contact-\\d+@");

    private static Desk desk;
    private static HsdsSchemas schemas;
    private static ImportReport report;

    @TempDir private static Path folder;

    @BeforeAll
    static void open() {
        var shared = SharedFolder.find();
        assumeTrue(shared.isPresent(), "Skipped: no folder `shared` beside the checkout");
        desk = new Desk(Databases.inMemory());
        report = MiamiTest.run(desk, shared.get());
        schemas = new HsdsSchemas(shared.get());
    }

    @AfterAll
    static void close() {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void allOfItGoesOutAndComesInAgainTheSame() throws IOException {
        for (var format : HsdsExport.Format.values()) {
            var file = folder.resolve(format == HsdsExport.Format.JSON ? "all.json" : "all.zip");
            export(desk, file, format);
            try (var young = new Desk(Databases.inMemory())) {
                var options =
                        new HsdsImport.Options(
                                young.publisher,
                                Optional.empty(),
                                Desk.ZONE,
                                "en",
                                Optional.empty(),
                                false);
                var taken =
                        new DirectoryImport(young.hsdsImport, young.intake, young.scratch)
                                .run(Acting.node(young.publisher), file, options, Progress.SILENT);

                assertThat(taken.leftOut()).isZero();
                assertThat(taken.services()).isEqualTo(4089);
                assertThat(taken.held()).isEqualTo(report.held());
                assertThat(records(young)).isEqualTo(records(desk));
            }
        }
    }

    /// Checksum and ruling of each record, by its id.
    private static TreeMap<String, String> records(Desk of) throws IOException {
        var file = folder.resolve("records.json");
        Files.deleteIfExists(file);
        export(of, file, HsdsExport.Format.JSON);
        var records = new TreeMap<String, String>();
        for (var record : Document.JSON.readTree(file.toFile()).path("records")) {
            records.put(
                    record.path("id").asText(),
                    record.path("type") + " " + record.path("sha256") + record.path("ruling"));
        }
        assertThat(records).hasSizeGreaterThan(4089 * 3);
        return records;
    }

    private static void export(Desk of, Path file, HsdsExport.Format format) {
        new HsdsExport(of.database, of.staff.access, of.staff.audit, of.listings)
                .run(
                        Acting.node(of.publisher),
                        file,
                        new HsdsExport.Options(Optional.of(of.publisher), format, true),
                        Progress.SILENT);
    }

    @Test
    void everyAnswerAboutEveryPublicThingIsHsds(@TempDir Path indexed) throws Exception {
        var base = BaseUrl.parse("https://shelter.example");
        try (var index = ListingIndex.open(indexed, "restore", desk.listings, Clock.systemUTC());
                var server = HttpServer.bind("127.0.0.1", 0)) {
            index.catchUp();
            server.serve(
                    new Site(base, 1000)
                            .add(new HsdsDoor())
                            .add(
                                    new HsdsResource(
                                            new HsdsCatalogue(
                                                    desk.database,
                                                    desk.listings,
                                                    index::findOpenData),
                                            base)));
            var root = "http://127.0.0.1:" + server.port() + "/hsds";
            var described = get(root + "/openapi.json");
            var ours = new DescribedSchemas(described);

            for (var kind : HsdsKind.values()) {
                var list = root + "/" + kind.path();
                var lines =
                        get(
                                list
                                        + "?format=ndjson"
                                        + (kind == HsdsKind.SERVICES ? "&full=true" : ""));
                var count = 0;
                for (var line : lines.lines().toList()) {
                    var one = Document.parse(line);
                    var whole = Document.parse(get(list + "/" + one.path("id").asText()));
                    check(ours, kind, whole);
                    if (kind == HsdsKind.SERVICES) {
                        assertThat(whole).isEqualTo(one);
                    }
                    count++;
                }
                assertThat(count).as(list).isPositive();
                if (kind == HsdsKind.SERVICES) {
                    assertThat(count).isEqualTo(4089 - report.held());
                    for (var id : List.of("3444", "3446", "7824", "152")) {
                        assertThat(lines).doesNotContain(MiamiTest.service(desk, id).toString());
                    }
                }
                assertThat(PERSON.matcher(lines).find()).isFalse();
                for (int page = 1; page <= 3; page++) {
                    var answer = Document.parse(get(list + "?per_page=10&page=" + page));
                    assertThat(ours.validate("PageOf_" + kind.object(), answer)).isEmpty();
                }
            }
        }
    }

    private static void check(DescribedSchemas ours, HsdsKind kind, JsonNode whole) {
        assertThat(ours.validate(kind.object(), whole)).as(whole.toString()).isEmpty();
        assertThat(schemas.validate(kind.object(), whole)).as(whole.toString()).isEmpty();
        assertThat(PERSON.matcher(whole.toString()).find()).as(whole.toString()).isFalse();
    }

    private static String get(String address) throws IOException, InterruptedException {
        var answer =
                CLIENT.send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.body();
    }
}
