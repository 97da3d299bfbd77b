// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.account.HostedOrganizations.Outcome;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;

class HostedOrganizationsTest {

    static List<Database> databases() {
        return Databases.all();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aRenamedOrganisationKeepsItsIdAndItsOldSlugLeadsToIt(Database database) {
        try (database) {
            var node = new Staffed(database, Clock.systemUTC());
            var id = node.organization("shelter");
            var before = node.organizations.find(id).orElseThrow();

            node.organizations.replace(
                    Acting.node(),
                    new HostedOrganization(
                            id,
                            "open-door",
                            "Open Door",
                            Optional.of("+49 30 23125 000"),
                            List.of("en", "ar")));

            assertThat(before.phone()).isEmpty();
            var found = node.organizations.findBySlug("shelter").orElseThrow();
            assertThat(found.id()).isEqualTo(id);
            assertThat(found.slug()).isEqualTo("open-door");
            assertThat(found.phone()).contains("+49 30 23125 000");
            assertThat(found.languages()).containsExactly("en", "ar");
            assertThat(
                            node.organizations.add(
                                    Acting.node(), "New", "shelter", Optional.empty(), List.of()))
                    .isEqualTo(new Outcome.SlugTaken("shelter"));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void onlyTheOrganisationsOwnStaffChangeIt(Database database) {
        try (database) {
            var node = new Staffed(database, Clock.systemUTC());
            var shelter = node.organizations.find(node.organization("shelter")).orElseThrow();
            var clinic = node.organization("clinic");

            assertThatThrownBy(
                            () ->
                                    node.organizations.replace(
                                            node.acting(clinic, Role.MANAGER), shelter))
                    .isInstanceOf(Access.Denied.class);
            assertThat(node.organizations.replace(node.acting(shelter.id(), Role.MANAGER), shelter))
                    .isEqualTo(new Outcome.Done(shelter));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Lindmar Shelter, lindmar-shelter",
        "'Café  Übersee e.V.', cafe-ubersee-e-v",
        "مأوى, organization",
        "---, organization",
    })
    void aSlugIsMadeFromAName(String name, String slug) {
        assertThat(HostedOrganization.slugOf(name)).isEqualTo(slug);
    }
}
