// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;

/// Somebody leaves, and an administrator takes their roles away.
class PeoplePagesTest {

    @Test
    void whoLeavesIsOutAtOnceAndTheLastAdministratorStays() {
        try (var shelter = TestNode.start("shelter", "Lindmar Shelter")) {
            var eva = shelter.person("eva@shelter.example", Role.EDITOR, Role.MANAGER);
            var administrator = Browser.signedIn(shelter, "admin@shelter.example", "en");
            var leaving = Browser.signedIn(shelter, "eva@shelter.example", "en");
            var hers = "/admin/people/" + eva.id().value();

            assertThat(leaving.get("/admin/people").statusCode()).isEqualTo(403);
            assertThat(leaving.get("/admin").body()).doesNotContain("/admin/people");
            assertThat(administrator.get("/admin").body()).contains("/admin/people");
            assertThat(administrator.get("/admin/people").body())
                    .contains("eva@shelter.example")
                    .contains(hers);

            assertThat(administrator.get(hers).body()).contains("Editor").contains("Manager");
            assertThat(administrator.post(hers, "sure", "yes").body())
                    .contains("Choose at least one role");
            assertThat(administrator.post(hers, "roles", "manager").body())
                    .contains("The roles are taken away")
                    .contains("eva@shelter.example");
            assertThat(leaving.get("/admin/listings").statusCode()).isEqualTo(200);
            assertThat(administrator.post(hers, "roles", "editor").body())
                    .doesNotContain("eva@shelter.example");
            assertThat(leaving.get("/admin/listings").body()).contains("/admin/sign-in");
            assertThat(administrator.get(hers).statusCode()).isEqualTo(404);

            var own =
                    shelter.domains()
                            .accounts()
                            .find(shelter.acting(), "admin@shelter.example")
                            .orElseThrow();
            assertThat(
                            administrator
                                    .post(
                                            "/admin/people/" + own.id().value(),
                                            "roles",
                                            "administrator")
                                    .body())
                    .contains("This is the last administrator here");
        }
    }

    @Test
    void whoReadsComplaintsIsChangedByTheOperatorOnly() {
        try (var shelter = TestNode.start("shelter", "Lindmar Shelter")) {
            var olga = shelter.person("olga@shelter.example", Role.OMBUDSPERSON, Role.EDITOR);
            var administrator = Browser.signedIn(shelter, "admin@shelter.example", "en");
            var hers = "/admin/people/" + olga.id().value();
            var why = "Only the operator of this site changes what this person may do";

            assertThat(administrator.get("/admin/people").body())
                    .contains("olga@shelter.example")
                    .contains(why)
                    .doesNotContain(hers);
            assertThat(administrator.get(hers).body())
                    .contains(why)
                    .doesNotContain("name=\"roles\"");
            var refused = administrator.post(hers, "roles", "ombudsperson");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(shelter.domains().accounts().find(shelter.acting(), "olga@shelter.example"))
                    .get()
                    .extracting(it -> it.rolesIn(shelter.organization().id()).size())
                    .isEqualTo(2);
        }
    }
}
