// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Acting;

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

    @Test
    void oneAccountIsSomethingElseForEachOrganisation() {
        try (var shelter = TestNode.start("shelter", "Lindmar Shelter")) {
            var organizations = shelter.domains().organizations();
            organizations.add(Acting.node(), "Clinic", "clinic", Optional.empty(), List.of("en"));
            var clinic = organizations.findBySlug("clinic").orElseThrow().id();
            var eva = shelter.person("eva@shelter.example", Role.EDITOR);
            shelter.person("head@clinic.example", clinic, Role.ADMINISTRATOR);
            var head = Browser.signedIn(shelter, "head@clinic.example", "en");
            var hers = "/admin/people/" + eva.id().value();

            // Whom she works for elsewhere, nobody here sees or changes.
            assertThat(head.get("/admin/people").body()).doesNotContain("eva@shelter.example");
            assertThat(head.get(hers + "/give").statusCode()).isEqualTo(404);
            assertThat(head.post(hers + "/give", "roles", "manager").statusCode()).isEqualTo(404);

            // Nobody makes herself a second person: only the operator adds people.
            assertThat(head.get("/admin/people/new").statusCode()).isEqualTo(404);
            shelter.person("eva@shelter.example", clinic, Role.VOLUNTEER);
            assertThat(head.get("/admin/people").body())
                    .contains("eva@shelter.example")
                    .contains("Volunteer")
                    .doesNotContain("<li>Editor");
            head.get(hers + "/give");
            assertThat(head.post(hers + "/give", "roles", "caseworker").body())
                    .contains("The roles are given");

            var account =
                    shelter.domains()
                            .accounts()
                            .find(Acting.node(), "eva@shelter.example")
                            .orElseThrow();
            assertThat(account.rolesIn(shelter.organization().id())).containsExactly(Role.EDITOR);
            assertThat(account.rolesIn(clinic))
                    .containsExactlyInAnyOrder(Role.VOLUNTEER, Role.CASEWORKER);
            // Her password is hers still.
            var browser = Browser.signedIn(shelter, "eva@shelter.example", "en");
            assertThat(browser.get("/admin/listings/new").statusCode()).isEqualTo(200);
            browser.post("/admin/organization", "organization", clinic.toString());
            assertThat(browser.get("/admin/import").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void onlyAnAdministratorGivesRoles() {
        try (var shelter = TestNode.start("shelter", "Lindmar Shelter")) {
            var eva = shelter.person("eva@shelter.example", Role.EDITOR, Role.MANAGER);
            var olga = shelter.person("olga@shelter.example", Role.OMBUDSPERSON);
            var editor = Browser.signedIn(shelter, "eva@shelter.example", "en");
            var administrator = Browser.signedIn(shelter, "admin@shelter.example", "en");
            var own = "/admin/people/" + eva.id().value() + "/give";

            editor.get("/admin");
            assertThat(editor.get(own).statusCode()).isEqualTo(403);
            assertThat(editor.post(own, "roles", "administrator").statusCode()).isEqualTo(403);

            var hers = "/admin/people/" + olga.id().value() + "/give";
            administrator.get(hers);
            assertThat(administrator.post(hers, "roles", "editor").statusCode()).isEqualTo(422);
            assertThat(shelter.domains().accounts().list(shelter.acting()))
                    .filteredOn(it -> it.email().equals("olga@shelter.example"))
                    .singleElement()
                    .extracting(it -> it.rolesIn(shelter.organization().id()))
                    .isEqualTo(Set.of(Role.OMBUDSPERSON));

            var admin =
                    shelter.domains()
                            .accounts()
                            .find(shelter.acting(), "admin@shelter.example")
                            .orElseThrow();
            var herself = "/admin/people/" + admin.id().value() + "/give";
            administrator.get(herself);
            var refused = administrator.post(herself, "roles", "caseworker");
            assertThat(refused.statusCode()).as("reads cases from one click on").isEqualTo(422);
            assertThat(refused.body()).contains("Another administrator or the operator");
            assertThat(
                            shelter.domains()
                                    .accounts()
                                    .find(shelter.acting(), "admin@shelter.example")
                                    .orElseThrow()
                                    .rolesIn(shelter.organization().id()))
                    .doesNotContain(Role.CASEWORKER);
        }
    }
}
