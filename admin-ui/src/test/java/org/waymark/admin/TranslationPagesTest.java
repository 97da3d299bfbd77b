// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Purpose;

/// An editor translates a listing beside its original, and by a file.
class TranslationPagesTest {

    @Test
    void aTextIsWrittenBesideItsOriginalOrComesByFile() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            var editor =
                    TestNode.acting(
                            node.person("amal@shelter.example", Role.EDITOR), Purpose.DIRECTORY);
            var text = new Text("en", Map.of("en", "Harbour kitchen"));
            var about = Text.of("en", "Warm food.");
            var id =
                    node.domains()
                            .listings()
                            .add(editor, Draft.named(text).description(about).build())
                            .id();
            var amal = Browser.signedIn(node, "amal@shelter.example", "ar");
            var beside = "/admin/translations/" + id + "/ar";
            assertThat(amal.get("/admin/translations").body()).contains(beside, "0 من 2");

            assertThat(amal.get(beside).body())
                    .contains("<p class=\"text\" lang=\"en\" dir=\"ltr\">Warm food.</p>")
                    .contains("name=\"description\" lang=\"ar\" dir=\"rtl\"")
                    .doesNotContain("/machine\"");
            amal.post(beside, "name", "مطبخ الميناء", "mark-name", "", "description", "");
            assertThat(amal.get("/ar/s/" + id).body()).contains("<h1><bdi>مطبخ الميناء</bdi></h1>");
            var late = amal.post(beside, "name", "مطبخ", "mark-name", "", "description", "");
            assertThat(late.statusCode()).as("written over what they never saw").isEqualTo(409);
            assertThat(late.body())
                    .as("theirs and mine")
                    .contains("dir=\"rtl\">مطبخ الميناء</p>", ">مطبخ</textarea>");

            var po = amal.get("/admin/translations/file?to=ar&kind=po").body();
            assertThat(po).contains("msgid \"Warm food.\"\nmsgstr \"\"");
            var back =
                    po.replace(
                            "msgid \"Warm food.\"\nmsgstr \"\"",
                            "msgid \"Warm food.\"\nmsgstr \"طعام دافئ\"");
            amal.post("/admin/translations/file", "text", back);
            assertThat(amal.get("/ar/s/" + id).body()).contains("طعام دافئ");
            amal.get("/admin/translations?of=organizations");
            var uploaded =
                    amal.upload(
                            "/admin/translations/file",
                            "file",
                            "listings.po",
                            "\uFEFF" + back.replace("طعام دافئ", "طعام ساخن"));
            assertThat(uploaded.statusCode()).isEqualTo(200);
            assertThat(uploaded.body()).contains("description");
            assertThat(amal.get("/admin/translations?of=organizations").body())
                    .contains("Lindmar Shelter");
            assertThat(amal.get("/admin/translations?language=ar").body())
                    .doesNotContain("Harbour kitchen");
            assertThat(amal.post("/admin/translations/file", "text", "<!DOCTYPE a><a/>").body())
                    .contains("لم يُستلم شيء");
        }
    }
}
