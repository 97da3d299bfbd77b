// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.work.Progress;

@SuppressWarnings("NullAway.Init") // set before all
class MappedImportTest {

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

    private static MappedImport mapped() {
        return new MappedImport(desk.intake, Desk.ZONE);
    }

    private static final String MAPPING =
            """
            {"name": "Town", "language": "de", "rules": [
              {"to": "id", "from": "Nr"},
              {"to": "name", "from": "Angebot"},
              {"to": "name", "from": "Angebot (AR)", "language": "ar"},
              {"to": "topic", "from": "Thema", "split": "\\\\s*/\\\\s*", "values": {"Wohnen": "housing", "Arbeit": "work"}},
              {"to": "phone", "from": "Telefon"},
              {"to": "assured_date", "from": "Stand"},
              {"to": "address/city", "from": "Ort"}]}
            """;

    private ImportReport table(Path file) {
        return mapped().table(
                        desk.amal,
                        desk.publisher,
                        file,
                        file.getFileName() + "",
                        Mapping.parse(MAPPING),
                        false,
                        Progress.SILENT);
    }

    private static Map<Problem, Integer> problems(ImportReport report) {
        return report.problems().stream()
                .collect(
                        java.util.stream.Collectors.toMap(
                                ImportReport.Line::problem, ImportReport.Line::count));
    }

    private static Listing found(String words) {
        return desk.listings.list(desk.amal, words, 5).getFirst();
    }

    @Test
    void aTableComesInThroughItsMapping() throws IOException {
        var file = folder.resolve("town.csv");
        Files.writeString(
                file,
                """
                Nr;Angebot;Angebot (AR);Thema;Telefon;Stand;Ort;Farbe
                1;Wohnungshilfe;مساعدة السكن;Wohnen / Arbeit;=\"0049123\";2026-03-01;Lindmar;blau
                2;Werkstatt;Werkstatt;Basteln;;;;
                """);

        var report = table(file);

        var listing = found("wohnungshilfe");
        assertThat(listing.name().byLanguage())
                .containsEntry("de", "Wohnungshilfe")
                .containsEntry("ar", "مساعدة السكن");
        assertThat(listing.topics()).containsExactlyInAnyOrder(Topic.HOUSING, Topic.WORK);
        assertThat(listing.phones().getFirst().number()).isEqualTo("0049123");
        assertThat(listing.spots().getFirst().city()).isEqualTo("Lindmar");
        assertThat(found("werkstatt").name().byLanguage()).containsOnlyKeys("de");
        assertThat(problems(report))
                .containsEntry(Problem.FORMULA, 1)
                .containsEntry(Problem.COLUMN_NOT_USED, 1)
                .containsEntry(Problem.VALUE_NOT_KNOWN, 1)
                .containsEntry(Problem.NOT_TRANSLATED, 1);
        assertThat(table(file).changes()).isZero();
    }

    @Test
    void aSpreadsheetGivesTextsDatesAndWhatFormulasLastCameTo() throws IOException {
        var file = folder.resolve("town.xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(
                    zip,
                    "xl/sharedStrings.xml",
                    "<sst><si><t>Angebot</t></si><si><r><t>Näh</t></r><r><t>stube</t></r></si></sst>");
            add(
                    zip,
                    "xl/styles.xml",
                    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
            add(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    "<worksheet><sheetData>"
                            + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Nr</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"D1\" t=\"str\"><v>Stand</v></c><c r=\"E1\" t=\"str\"><v>Ort</v></c></row>"
                            + "<row r=\"2\"><c r=\"A2\"><v>77</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"D2\" s=\"1\"><v>46082</v></c><c r=\"E2\" t=\"str\"><f>CONCAT(1)</f><v>Hafen</v></c></row>"
                            + "</sheetData></worksheet>");
        }

        var report = table(file);

        var listing = found("nähstube");
        assertThat(listing.checked().date().orElseThrow()).hasToString("2026-03-01");
        assertThat(listing.spots().getFirst().city()).isEqualTo("Hafen");
        assertThat(problems(report)).containsEntry(Problem.FORMULA, 1);
    }

    private static void add(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    void aMappingThatSaysNothingOfTheNameIsRefused() {
        for (var text :
                List.of(
                        "{",
                        "{}",
                        "{\"rules\": []}",
                        "{\"rules\": [{\"to\": \"moon\"}]}",
                        "{\"rules\": [{\"to\": \"id\"}]}")) {
            assertThatThrownBy(() -> Mapping.parse(text))
                    .as(text)
                    .isInstanceOf(UnusablePackageException.class);
        }
    }

    private static final String ADVISER =
            """
            [{"id": 7, "type": "Feature", "geometry": {"coordinates": [35.8, 32.5]}, "properties": {
               "activityName": "%s", "partnerName": "Mill Aid", "activityCategory": "FOOD", "locationName": "%s",
               "%s": {"%s": true}, "10. Referral Method": {"Referrals not accepted": true}}},
             {"id": 7, "properties": {"activityName": "Again"}}]
            """;

    @Test
    void filesOfTwoLanguagesBecomeOneListingWithBoth() throws IOException {
        Files.writeString(
                folder.resolve("services_en.json"),
                ADVISER.formatted("Bread", "Old Town", "4. Accessibility", "Walk-in"));
        Files.writeString(
                folder.resolve("services_ar.json"),
                ADVISER.formatted("خبز", "البلدة القديمة", "4. القدرة على الوصول", "للجميع")
                        .replace("[{\"id\": 7", "[{\"id\": 8, \"properties\": {}}, {\"id\": 7"));

        var report =
                mapped().records(
                                desk.amal,
                                desk.publisher,
                                folder,
                                MappedImport.shipped("services-advisor").orElseThrow(),
                                false,
                                Progress.SILENT);

        var listing = found("bread");
        assertThat(listing.name().byLanguage()).containsEntry("ar", "خبز");
        assertThat(listing.howToGetIn().byLanguage())
                .containsEntry("en", "Walk-in")
                .containsEntry("ar", "للجميع");
        assertThat(listing.access()).isEqualTo(Access.WALK_IN);
        assertThat(listing.referralPolicy()).isEqualTo(ReferralPolicy.NOT_TAKEN);
        assertThat(problems(report))
                .containsEntry(Problem.REPEATED_RECORD, 1)
                .containsEntry(Problem.ANOTHER_LANGUAGE_ONLY, 1);
    }
}
