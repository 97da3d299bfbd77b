// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;

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

            assertThat(amal.get("/admin/import").body()).contains("Import a table");
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
            var preview = amal.post(at, with(fields, "decision", "preview")).body();
            assertThat(text(preview))
                    .contains("New or changed: 2", "Rows not taken: 1", "Import it");

            assertThat(text(amal.post(at, with(fields, "decision", "import")).body()))
                    .contains("The table was imported", "New or changed: 2");
            assertThat(amal.get(at).statusCode()).as("thrown away").isEqualTo(404);
            assertThat(amal.get("/admin/listings?q=wohnhilfe").body()).contains("Wohnhilfe");

            node.runDue();
            var twins = amal.get("/admin/twins").body();
            assertThat(twins).contains("Same name, same phone");

            amal.get("/admin/import");
            assertThat(amal.upload("/admin/import", "file", "town-2.csv", TABLE).body())
                    .contains("value=\"housing\" selected")
                    .contains("value=\"Town\"");
        }
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
