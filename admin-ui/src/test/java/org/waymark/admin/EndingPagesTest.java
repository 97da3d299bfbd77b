// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;

/// A manager closes the organisation, types its name for it, and sees who has confirmed.
class EndingPagesTest {

    @Test
    void closingIsConfirmedByNameAndShowsWhoHasDeletedCopies() {
        try (var nodes = TwoNodes.peered()) {
            nodes.shelter.person("amal@shelter.example", Role.MANAGER);
            nodes.shelter.person("eva@shelter.example", Role.EDITOR);
            var amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
            var eva = Browser.signedIn(nodes.shelter, "eva@shelter.example", "en");
            nodes.shelter
                    .domains()
                    .listings()
                    .add(
                            nodes.shelter.acting(),
                            Draft.named(Text.of("en", "Open kitchen")).build());
            nodes.settle();

            assertThat(eva.get("/admin/ending").statusCode()).isEqualTo(403);
            assertThat(eva.get("/admin/partners").body()).doesNotContain("/admin/ending");
            assertThat(amal.get("/admin/partners").body()).contains("/admin/ending");
            assertThat(amal.get("/admin/ending").body())
                    .contains("1 listing closes")
                    .contains("1 agreement ends");
            assertThat(amal.post("/admin/ending/close", "close-name", "clinic").body())
                    .contains("That is not our short name");
            assertThat(amal.post("/admin/ending/move", "target", "nowhere").body())
                    .contains("That is no address of an organisation");
            var early = amal.post("/admin/ending/finish", "finish-name", "shelter");
            assertThat(early.statusCode()).isEqualTo(422);
            assertThat(early.body()).contains("We are not closing");

            nodes.shelter.person("noor@shelter.example", Role.MANAGER);
            var noor = Browser.signedIn(nodes.shelter, "noor@shelter.example", "en");
            for (int twice = 0; twice < 2; twice++) {
                assertThat(amal.post("/admin/ending/close", "close-name", "shelter").body())
                        .contains("A second person here must wish it")
                        .contains("No, we stay open")
                        .doesNotContain("We are closing");
            }
            assertThat(amal.get("/admin").body()).doesNotContain("A second person decides");
            assertThat(noor.get("/admin").body()).contains("A second person decides");
            assertThat(noor.post("/admin/ending/keep").body()).contains("We stay open.");
            assertThat(noor.post("/admin/ending/close", "close-name", "shelter").body())
                    .contains("A second person here must wish it");
            nodes.clinic.stop();
            var begun = amal.post("/admin/ending/close", "close-name", "shelter");
            nodes.shelter.runDue();
            assertThat(amal.get("/admin/ending").body()).contains("Who has not heard it");
            var refused = amal.post("/admin/listings/new", "name", "New kitchen");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("Our organisation is closing");
            nodes.clinic.startAgain();
            nodes.clock.advance(Duration.ofMinutes(30));
            assertThat(begun.body())
                    .contains("We are closing")
                    .contains("Has not confirmed yet")
                    .contains("Some have not confirmed");
            nodes.settle();

            assertThat(amal.get("/admin/ending").body())
                    .contains("Says it has deleted them")
                    .contains("All have confirmed");
            assertThat(amal.post("/admin/ending/finish", "finish-name", "").statusCode())
                    .isEqualTo(422);
            assertThat(amal.post("/admin/ending/finish", "finish-name", "shelter").body())
                    .contains("Our last words are on their way");
            nodes.settle();
            nodes.clock.advance(Duration.ofMinutes(11));
            nodes.settle();
            var again = Browser.signedIn(nodes.shelter, "amal@shelter.example", "ar");
            assertThat(again.get("/admin/ending").body())
                    .contains("dir=\"rtl\"")
                    .contains("أُغلقت");
        }
    }
}
