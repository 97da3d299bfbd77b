// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;

/// Everything about people is locked by two clicks, from any staff page.
class LockPagesTest {

    @Test
    void whoWorksWithRequestsLocksEverythingAndSigningInOpensIt() {
        try (var shelter = TestNode.start("shelter", "Lindmar Shelter", "keys.unlock=staff")) {
            shelter.person("sara@shelter.example", Role.CASEWORKER);
            shelter.person("eva@shelter.example", Role.EDITOR);
            var sara = Browser.signedIn(shelter, "sara@shelter.example", "en");
            var eva = Browser.signedIn(shelter, "eva@shelter.example", "en");
            assertThat(eva.get("/admin/listings").body()).doesNotContain("/admin/lock");
            assertThat(eva.get("/admin/lock").statusCode()).isEqualTo(200);
            assertThat(eva.post("/admin/lock", "sure", "yes").statusCode()).isEqualTo(403);

            assertThat(sara.get("/admin").body()).contains("href=\"/admin/lock\"");
            assertThat(sara.get("/admin/lock").body())
                    .contains("Lock everything about people?", "when somebody who works with");
            assertThat(sara.post("/admin/lock", "x", "y").statusCode()).isEqualTo(422);
            assertThat(shelter.domains().keyLock().isLocked()).isFalse();
            assertThat(sara.post("/admin/lock", "sure", "yes").body())
                    .contains("everybody is signed out");

            assertThat(shelter.domains().keyLock().isLocked()).isTrue();
            assertThat(sara.get("/admin").body()).contains("/admin/sign-in");
            // Somebody who opens nothing comes in, and reads why people's pages stay shut.
            eva = Browser.signedIn(shelter, "eva@shelter.example", "en");
            assertThat(eva.get("/admin/listings").statusCode()).isEqualTo(200);
            assertThat(eva.get("/admin").body()).contains("Everything about people is locked");
            assertThat(shelter.domains().keyLock().isLocked()).isTrue();
            Browser.signedIn(shelter, "sara@shelter.example", "en");
            assertThat(shelter.domains().keyLock().isLocked()).isFalse();
        }
    }

    @Test
    void whatOnlyTheSheetUndoesIsForAdministrators() {
        try (var shelter = TestNode.start("shelter", "Lindmar Shelter")) {
            shelter.person("sara@shelter.example", Role.CASEWORKER);
            var sara = Browser.signedIn(shelter, "sara@shelter.example", "en");

            assertThat(sara.get("/admin/lock").body()).contains("Only an administrator can");
            assertThat(sara.post("/admin/lock", "sure", "yes").statusCode()).isEqualTo(403);
            assertThat(shelter.domains().keyLock().isLocked()).isFalse();
        }
    }
}
