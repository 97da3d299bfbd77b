// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Acting;

/// An editor brings a table in, says what its columns mean, and finds it known the next time.
class ImportPagesTest {

    private static final String TABLE =
            """
            Nr;Angebot;Angebot auf Arabisch;Art;Telefon
            1;Wohnhilfe;مساعدة السكن;Wohnen;0301234567
            2;Wohnhilfe;مساعدة السكن;Wohnen;030 1234567
            3;;;Wohnen;
            """;
    private static final Pattern ADDRESS =
            Pattern.compile("action=\"(/admin/import/[0-9a-f-]{36})\"");

    @Test
    void aTableComesInAsStaffSayAndIsKnownTheNextTime() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            node.person("amal@shelter.example", Role.EDITOR);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");

            assertThat(text(amal.get("/admin/import").body()))
                    .contains("Import a directory", "at most 200 MB");
            assertThat(amal.upload("/admin/import", "file", "a.zip", "PK nothing").statusCode())
                    .isEqualTo(422);
            amal.get("/admin/import");
            var columns = amal.upload("/admin/import", "file", "town.csv", TABLE).body();
            assertThat(text(columns)).contains("Angebot auf Arabisch", "Wohnhilfe", "3 rows");
            var at = address(columns);

            assertThat(
                            amal.post(at, "name", "Town", "language", "de", "decision", "preview")
                                    .body())
                    .contains("Say which column is the name.");
            var fields =
                    new String[] {
                        "name",
                        "Town",
                        "language",
                        "en",
                        "meaning-0",
                        "id",
                        "meaning-1",
                        "name",
                        "meaning-2",
                        "name",
                        "language-2",
                        "ar",
                        "meaning-3",
                        "topic",
                        "topic-3-0",
                        "housing",
                        "meaning-4",
                        "phone"
                    };
            var running = amal.post(at, with(fields, "decision", "preview"));
            assertThat(running.body()).contains("Looking at what would come of it");
            assertThat(running.headers().firstValue("Refresh")).contains("3");
            node.runDue();
            var preview = amal.get(at);
            assertThat(preview.headers().firstValue("Refresh")).isEmpty();
            assertThat(text(preview.body()))
                    .contains("New or changed: 2", "Rows not taken: 1", "Import it");

            amal.post(at, with(fields, "decision", "import"));
            node.runDue();
            assertThat(text(amal.get(at).body()))
                    .contains("The import is done", "New or changed: 2");
            assertThat(uploads(node)).as("thrown away").isEmptyDirectory();
            assertThat(amal.get("/admin/listings?q=wohnhilfe").body()).contains("Wohnhilfe");

            var twins = amal.get("/admin/twins").body();
            assertThat(twins).contains("Same name, same phone");

            amal.get("/admin/import");
            assertThat(amal.upload("/admin/import", "file", "town-2.csv", TABLE).body())
                    .contains("value=\"housing\" selected")
                    .contains("value=\"Town\"");
        }
    }

    @Test
    void aLargeDirectoryComesInFromTheLineAsAJob() throws Exception {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            node.person("amal@shelter.example", Role.EDITOR);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            amal.get("/admin/import");
            var services = new StringBuilder("[");
            for (int i = 0; i < 3; i++) {
                services.append(i == 0 ? "" : ",")
                        .append("{\"id\":\"7e57c0de-0000-4000-8000-00000000000")
                        .append(i)
                        .append("\",\"name\":\"Kitchen ")
                        .append(i)
                        .append("\",\"status\":\"active\",\"description\":\"")
                        .append("Soup and bread. ".repeat(1_000))
                        .append("\"}");
            }
            // Blanks between two records: three times what a form may have.
            services.append(" ".repeat(3 << 20)).append("]");

            var sent = amal.upload("/admin/import", "file", "town.json", services.toString());
            assertThat(sent.statusCode()).isEqualTo(200);
            assertThat(sent.body()).contains("The file says itself what is in it", "town.json");
            var at = address(sent.body());
            amal.post(at, "language", "en", "zone", "Europe/Berlin", "decision", "preview");
            node.runDue();
            assertThat(text(amal.get(at).body())).contains("Services: 3", "Kitchen 1");
            assertThat(amal.get("/admin/listings?q=kitchen").body()).doesNotContain("Kitchen 1");
            assertThat(amal.get("/admin/import").body()).contains("town.json", "Looked at");

            amal.post(at, "language", "en", "zone", "Europe/Berlin", "decision", "import");
            node.runDue();
            assertThat(text(amal.get(at).body())).contains("The import is done", "Services: 3");
            assertThat(amal.get("/admin/listings?q=kitchen").body()).contains("Kitchen 1");

            var broken = amal.upload("/admin/import", "file", "town.json", "{\"id\": ");
            var other = address(broken.body());
            assertThat(
                            amal.post(
                                            other,
                                            "language",
                                            "ar",
                                            "zone",
                                            "Europe/Nowhere",
                                            "country",
                                            "DE",
                                            "decision",
                                            "preview")
                                    .body())
                    .as("what was typed stays")
                    .contains(
                            "Europe/Nowhere",
                            "<option value=\"ar\" selected",
                            "<option value=\"DE\" selected");
            amal.post(other, "language", "en", "zone", "Europe/Berlin", "decision", "import");
            node.runDue();
            assertThat(amal.get(other).body())
                    .contains("The file cannot be read")
                    .contains("value=\"preview\"")
                    .doesNotContain("value=\"import\"");
        }
    }

    @Test
    void aFileThatIsTooLargeHasItsPage() {
        try (var node =
                TestNode.still(
                        new TestClock(),
                        "shelter",
                        "Lindmar Shelter",
                        "http.max-upload-megabytes=1")) {
            node.person("amal@shelter.example", Role.EDITOR);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            amal.get("/admin/import");

            for (var size : List.of(1_000_001, 1_200_000)) {
                var answer = amal.upload("/admin/import", "file", "a.csv", "x".repeat(size));
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(answer.body()).contains("The file is too large.");
            }
        }
    }

    @Test
    void aFileOfNobodyIsNotReadAtAll() throws Exception {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            var nobody = new Browser(node, "en");
            nobody.get("/admin/sign-in");
            assertThat(nobody.upload("/admin/import", "file", "a.csv", TABLE).body())
                    .as("the sign-in, for whose session ended while they chose a file")
                    .contains("name=\"then\" value=\"/admin/import\"");

            node.person("amal@shelter.example", Role.EDITOR);
            var stale = Browser.signedIn(node, "amal@shelter.example", "en");
            stale.forgetToken();
            assertThat(stale.upload("/admin/import", "file", "a.csv", TABLE).statusCode())
                    .isEqualTo(403);
            assertThat(uploads(node)).doesNotExist();
        }
    }

    @Test
    void whatAnotherOrganisationSentIsNotThere() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            node.person("amal@shelter.example", Role.EDITOR);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            amal.get("/admin/import");
            var at = address(amal.upload("/admin/import", "file", "town.csv", TABLE).body());
            node.domains()
                    .organizations()
                    .add(Acting.node(), "Clinic", "clinic", Optional.empty(), List.of("en"));
            var clinic = node.domains().organizations().findBySlug("clinic").orElseThrow();
            node.person("carl@clinic.example", clinic.id(), Role.EDITOR);
            var carl = Browser.signedIn(node, "carl@clinic.example", "en");

            assertThat(carl.get(at).statusCode()).isEqualTo(404);
            assertThat(carl.get("/admin/import").body()).doesNotContain("town.csv");
            assertThat(carl.post(at, "decision", "import").statusCode()).isEqualTo(404);
        }
    }

    private static java.nio.file.Path uploads(TestNode node) {
        return node.settings().data().resolve("uploads");
    }

    private static String text(String page) {
        return page.replaceAll("<[^>]*>", "").replaceAll("[\\u2066-\\u2069]", "");
    }

    private static String address(String page) {
        var matcher = ADDRESS.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String[] with(String[] fields, String... more) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(fields), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    @Test
    void whoMayNotEditSeesNoImport() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            node.person("vera@shelter.example", Role.VOLUNTEER);
            var vera = Browser.signedIn(node, "vera@shelter.example", "en");

            assertThat(vera.get("/admin/import").statusCode()).isEqualTo(403);
            assertThat(vera.get("/admin/twins").statusCode()).isEqualTo(403);
        }
    }
}
