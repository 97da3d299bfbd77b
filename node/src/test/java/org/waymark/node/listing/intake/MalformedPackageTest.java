// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

@SuppressWarnings("NullAway.Init") // set before all
class MalformedPackageTest {

    private static Desk desk;

    @TempDir Path folder;

    @BeforeAll
    static void open() {
        desk = new Desk(Databases.inMemory());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static ImportReport run(Path path) {
        return new DirectoryImport(desk.hsdsImport, desk.intake, desk.scratch)
                .run(
                        Acting.node(desk.publisher),
                        path,
                        new HsdsImport.Options(
                                desk.publisher,
                                Optional.empty(),
                                Desk.ZONE,
                                "en",
                                Optional.empty(),
                                false),
                        Progress.SILENT);
    }

    @Test
    void whatCannotBeReadIsRefusedAndTheDirectoryStaysAsItWas() throws IOException {
        checkRefused(folder.resolve("nothing"), "package-not-found");
        checkRefused(Files.createDirectory(folder.resolve("empty")), "package-without-services");
        checkRefused(
                json("broken.json", "[{\"name\": \"A\", \"status\": \"active\"}"),
                "file-unreadable");
        checkRefused(json("cut.json", "[{\"name\": \"A\", \"sta"), "file-unreadable");
        checkRefused(json("void.json", ""), "file-unreadable");
        checkRefused(json("word.json", "\"services\""), "file-unreadable");
        checkRefused(
                json("wide.json", "[{\"name\": \"A\", \"x\": [" + "[],".repeat(3 << 19) + "0]}]"),
                "package-too-large");
        checkRefused(
                json("long.json", "{\"name\": \"A\", \"x\": [" + "[],".repeat(3 << 19) + "0]}"),
                "package-too-large");
        checkRefused(bomb(), "package-too-large");
        checkRefused(rowWithoutEnd("services.csv"), "file-unreadable");
        checkRefused(rowWithoutEnd("addresses.csv"), "file-unreadable");
        checkRefused(
                Files.writeString(folder.resolve("half.zip"), "PK\3\4half of it"),
                "package-unreadable");
    }

    private Path json(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// 40 MB that are 40 KB in the post.
    private Path bomb() throws IOException {
        var file = folder.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("services.csv"));
            zip.write("id,name\n1,".getBytes(StandardCharsets.UTF_8));
            var much = new byte[1 << 20];
            Arrays.fill(much, (byte) 'a');
            for (int i = 0; i < much.length; i += 1000) {
                much[i] = '\n';
            }
            for (int i = 0; i < 40; i++) {
                zip.write(much);
            }
        }
        return file;
    }

    /// A file of 1 GB with nothing but zeros in it, which takes no room on the disk.
    private Path rowWithoutEnd(String file) throws IOException {
        var package_ = Files.createDirectory(folder.resolve("endless-" + file));
        Files.writeString(package_.resolve("services.csv"), "id,name\n1,A\n");
        try (var endless = new RandomAccessFile(package_.resolve(file).toFile(), "rw")) {
            endless.setLength(1L << 30);
        }
        return package_;
    }

    /// Files that others name, ids of any kind, and things that are above themselves: told, and the
    /// rest comes in, the same each time.
    @Test
    void whatIsNamedAndMissingIsReportedAndGoingRoundInCirclesEnds() throws IOException {
        var at = Files.createDirectory(folder.resolve("torn"));
        Files.writeString(
                at.resolve("services.csv"),
                "id,organization_id,program_id,name,status\n"
                        + "17,o-9,p-9,Lost soup,active\nno uuid!,round-1,,Round soup,active\n");
        Files.writeString(
                at.resolve("organizations.csv"),
                "id,name,description,parent_organization_id\n"
                        + "round-1,One,d,round-2\nround-2,Two,d,round-3\nround-3,Three,d,round-1\n");
        Files.writeString(
                at.resolve("taxonomy_terms.csv"),
                "id,name,description,parent_id,taxonomy\nA,Above,d,B,Circle\nB,Below,d,A,Circle\nC,Own,d,C,Circle\n");
        Files.writeString(
                at.resolve("service_at_locations.csv"),
                "id,service_id,location_id\n1,17,nowhere\n");
        Files.writeString(
                at.resolve("phones.csv"), "id,service_id,number\n1,17,555-0170\n2,18,555-0171\n");

        var report = run(at);

        assertThat(report.problems())
                .extracting(ImportReport.Line::problem)
                .contains(
                        Problem.ORGANIZATION_NOT_IN_PACKAGE,
                        Problem.REFERENCE_NOT_IN_PACKAGE,
                        Problem.OWNER_NOT_IN_PACKAGE,
                        Problem.CYCLE);
        assertThat(desk.listings.list(desk.amal, "lost soup", 2)).hasSize(1);
        assertThat(desk.listings.list(desk.amal, "round soup", 2).getFirst().provider().name())
                .isEqualTo("One");
        assertThat(run(at).changes()).isZero();
    }

    /// The same of HSDS 1.1.
    @Test
    void anOldPackageWithHalfOfItsFilesComesInAsFarAsItGoes() throws IOException {
        var at = Files.createDirectory(folder.resolve("torn-old"));
        Files.writeString(
                at.resolve("services.csv"),
                "id;organization_id;name;description\r\n1;7;\"=CMD()\";Half\r\n2;7;Half soup;<b>Warm</b>\n");
        Files.writeString(
                at.resolve("regular_schedules.csv"),
                "id,service_id,weekday\n,2,Monday\n,3,Monday\n");

        var report = run(at);

        assertThat(report.problems())
                .extracting(ImportReport.Line::problem)
                .contains(
                        Problem.ORGANIZATION_NOT_IN_PACKAGE,
                        Problem.OWNER_NOT_IN_PACKAGE,
                        Problem.MIXED_LINE_ENDS,
                        Problem.MARKUP);
    }

    /// Rows that lie aside are chained by a member of the same name.
    @Test
    void aColumnThatIsNamedAsOursAreMixesNothing() throws IOException {
        for (var position : List.of("1", "-1", "0", "word")) {
            for (var version : List.of("old", "new")) {
                var at = Files.createTempDirectory(folder, version);
                var name = "Chained " + version + " soup " + position;
                Files.writeString(
                        at.resolve("organizations.csv"), "id,name,description\n7,Seven,d\n");
                Files.writeString(
                        at.resolve("services.csv"),
                        "id,organization_id,name,status,_before\n1,7,"
                                + name
                                + ",active,"
                                + position
                                + "\n");
                Files.writeString(
                        at.resolve("phones.csv"),
                        "id,service_id,number,_before\n1,1,555-0170," + position + "\n");
                if (version.equals("new")) {
                    Files.writeString(at.resolve("addresses.csv"), "id,location_id,city\n");
                }

                run(at);

                assertThat(desk.listings.list(desk.amal, name, 1).getFirst().phones())
                        .as(name)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aSpreadsheetOfEndlessTextsIsRefused() throws IOException {
        for (var texts : List.of(List.of(1, 9 << 20), List.of(20, 3 << 20))) {
            var file = Files.createTempFile(folder, "texts", ".xlsx");
            try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.setLevel(0);
                zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
                zip.write("<worksheet/>".getBytes(StandardCharsets.UTF_8));
                zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
                zip.write("<sst>".getBytes(StandardCharsets.UTF_8));
                var text =
                        ("<si><t>" + "a".repeat(texts.getLast()) + "</t></si>")
                                .getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < texts.getFirst(); i++) {
                    zip.write(text);
                }
                zip.write("</sst>".getBytes(StandardCharsets.UTF_8));
            }

            assertThatThrownBy(
                            () -> TableFile.read(file, "texts.xlsx", new ImportReport(), _ -> {}))
                    .isInstanceOfSatisfying(
                            UnusablePackageException.class,
                            e -> assertThat(e.code()).isEqualTo("package-too-large"));
        }
    }

    private static void checkRefused(Path path, String code) {
        var before = desk.listings.changesAfter(0, 100);
        assertThatThrownBy(() -> run(path))
                .as(path.toString())
                .isInstanceOfSatisfying(
                        UnusablePackageException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(desk.listings.changesAfter(0, 100)).isEqualTo(before);
    }

    private record Odd(String text, Charset encoding, String name, List<Problem> problems) {}

    @Test
    void whatIsOddIsReadAndReported() throws IOException {
        var odd =
                List.of(
                        odd("id,name,status\n1,Soup,active\n", StandardCharsets.UTF_8, "Soup"),
                        odd(
                                "\ufeffid,name,status\n1,Soup,active\n",
                                StandardCharsets.UTF_8,
                                "Soup"),
                        odd(
                                "id;name;status\n1;Soup, hot;active\n",
                                StandardCharsets.UTF_8,
                                "Soup, hot"),
                        odd("id\tname\tstatus\n1\tSoup\tactive\n", StandardCharsets.UTF_8, "Soup"),
                        odd(
                                "\ufeffid,name,status\n1,Супи,active\n",
                                StandardCharsets.UTF_16LE,
                                "Супи",
                                Problem.NOT_UTF_8),
                        odd(
                                "id,name,status,description\n1,Soup,active,three more words here\n",
                                StandardCharsets.UTF_16BE,
                                "Soup",
                                Problem.NOT_UTF_8),
                        odd(
                                "id,name,status\n1,مركز المساعدة في المدينة,active\n",
                                Charset.forName("windows-1256"),
                                "مركز المساعدة في المدينة",
                                Problem.NOT_UTF_8),
                        odd(
                                "id,name,status\n1,Центр помощи беженцам,active\n",
                                Charset.forName("windows-1251"),
                                "Центр помощи беженцам",
                                Problem.NOT_UTF_8),
                        odd(
                                "id,name,status\n1,Café für Ältere,active\n",
                                StandardCharsets.ISO_8859_1,
                                "Café für Ältere",
                                Problem.NOT_UTF_8),
                        odd(
                                "id,name,status\n1,Pomoc dla osób starszych: złoty wąż,active\n",
                                Charset.forName("ISO-8859-2"),
                                "Pomoc dla osób starszych: złoty wąż",
                                Problem.NOT_UTF_8),
                        odd(
                                "id,name,status\r\n1,Soup,active\n2,Tea,active\r3,Bread,active\r\n",
                                StandardCharsets.UTF_8,
                                "Soup",
                                Problem.MIXED_LINE_ENDS),
                        odd(
                                "id,name,status\n1,<b>Soup</b><script>alert(1)</script>,active\n",
                                StandardCharsets.UTF_8,
                                "Soup",
                                Problem.MARKUP),
                        odd(
                                "id,name,status\n1,So\u202eup\u0007,active\n",
                                StandardCharsets.UTF_8,
                                "Soup",
                                Problem.INVISIBLE_CHARACTERS),
                        odd(
                                "id,name,description,status\n1,\"=\"\"Soup\"\"\",\"=HYPERLINK(1)\",active\n",
                                StandardCharsets.UTF_8,
                                "Soup",
                                Problem.FORMULA,
                                Problem.DESCRIPTION_MISSING),
                        odd(
                                "id,name,status\n1,Soup\n",
                                StandardCharsets.UTF_8,
                                "Soup",
                                Problem.STATUS_MISSING),
                        odd(
                                "id,name,status\n1,Soup,active,and,more\n",
                                StandardCharsets.UTF_8,
                                "Soup"));
        for (int i = 0; i < odd.size(); i++) {
            checkRead(Files.createDirectory(folder.resolve("odd-" + i)), odd.get(i));
        }
    }

    @Test
    void aFormulaInAnOldPackageComesInAsItsTextOrNotAtAll() throws IOException {
        var at = Files.createDirectory(folder.resolve("formula"));
        Files.writeString(
                at.resolve("services.csv"),
                "id,organization_id,name,description,status\n"
                        + "1,1,\"=\"\"Soup\"\"\",\" =HYPERLINK(\"\"http://evil.example\"\")\",active\n"
                        + "2,1,Tea,=cmd|' /C calc'!A0,active\n");
        Files.writeString(
                at.resolve("organizations.csv"), "id,name,description\n1,Kitchens,Warm food\n");
        Files.writeString(at.resolve("regular_schedules.csv"), "id,service_id,weekday\n");

        var report = run(at);

        assertThat(report.problems())
                .filteredOn(it -> it.problem() == Problem.FORMULA)
                .singleElement()
                .satisfies(it -> assertThat(it.count()).isEqualTo(3));
        var texts =
                desk.database.read(
                        tx ->
                                tx.list(
                                        "SELECT document FROM aggregate",
                                        row -> row.text("document")));
        assertThat(String.join("\n", texts))
                .contains("\"Soup\"", "\"Tea\"")
                .doesNotContain("HYPERLINK", "evil", "calc", "\"=");
    }

    private static Odd odd(String text, Charset encoding, String name, Problem... problems) {
        return new Odd(text, encoding, name, List.of(problems));
    }

    private static void checkRead(Path at, Odd odd) throws IOException {
        Files.write(at.resolve("services.csv"), odd.text().getBytes(odd.encoding()));
        // So that it is of HSDS 3.
        Files.writeString(at.resolve("addresses.csv"), "id,location_id,city\n");

        var report = run(at);

        List<String> documents =
                desk.database.read(
                        tx ->
                                tx.list(
                                        "SELECT document FROM aggregate WHERE type = 'SERVICE'",
                                        row -> row.text("document")));
        assertThat(documents)
                .as(odd.text())
                .anyMatch(document -> document.contains("\"name\":\"" + odd.name() + "\""));
        assertThat(report.problems())
                .extracting(ImportReport.Line::problem)
                .as(odd.text())
                .containsAll(odd.problems());
    }
}
