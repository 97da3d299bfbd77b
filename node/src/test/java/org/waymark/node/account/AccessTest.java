// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

class AccessTest {

    private static Database database;
    private static Staffed node;
    private static OrganizationId shelter;
    private static OrganizationId clinic;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
        node = new Staffed(database, Clock.systemUTC());
        shelter = node.organization("shelter");
        clinic = node.organization("clinic");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /// The matrix written a second time, as the manual shows it: a change in one place only is red.
    @ParameterizedTest
    @CsvSource({
        "SEE_LISTINGS,        administrator manager caseworker editor volunteer",
        "DRAFT_LISTINGS,      administrator manager caseworker editor volunteer",
        "EDIT_LISTINGS,       administrator manager editor",
        "REVIEW_LISTINGS,     administrator manager editor",
        "SEE_PARTNERS,        administrator manager caseworker editor",
        "MANAGE_PEERS,        administrator manager",
        "SIGN_AGREEMENTS,     administrator manager",
        "SEE_REFERRALS,       manager caseworker",
        "WORK_ON_REFERRALS,   manager caseworker",
        "MANAGE_ACCOUNTS,     administrator",
        "MANAGE_ORGANIZATION, administrator manager",
        "READ_AUDIT,          administrator",
    })
    void eachRoleHasItsRightsAndNoOthers(Right right, String roles) {
        for (var role : Role.values()) {
            assertThat(node.access.may(node.acting(shelter, role), right))
                    .as("%s %s", role, right)
                    .isEqualTo((" " + roles + " ").contains(" " + role.word() + " "));
        }
    }

    @Test
    void aRightEndsAtTheOrganisation() {
        var caseworker = node.acting(shelter, Role.CASEWORKER);
        var elsewhere = new Acting(caseworker.account(), clinic, Purpose.HELP);

        node.access.require(caseworker, Right.SEE_REFERRALS);
        assertThatThrownBy(() -> node.access.require(elsewhere, Right.SEE_REFERRALS))
                .isInstanceOf(Access.Denied.class);
        assertThatThrownBy(() -> node.access.require(caseworker, clinic, Right.SEE_REFERRALS))
                .isInstanceOf(Access.Denied.class);
    }

    @Test
    void rolesInTwoOrganisationsAddUpOnlyInEach() {
        var person = node.person("both@shelter.example", shelter, Role.EDITOR);
        node.person("both@shelter.example", clinic, Role.CASEWORKER);

        var atTheClinic = new Acting(person.id(), clinic, Purpose.HELP);
        assertThat(node.access.may(atTheClinic, Right.SEE_REFERRALS)).isTrue();
        assertThat(node.access.may(atTheClinic, Right.EDIT_LISTINGS)).isFalse();
    }

    @Test
    void whereElseSomebodyWorksIsToldToNobodyButTheNode() {
        var administrator = node.acting(shelter, Role.ADMINISTRATOR);
        node.person("both@shelter.example", clinic, Role.CASEWORKER);
        var added =
                node.accounts.add(
                        administrator,
                        "both@shelter.example",
                        Staffed.PASSWORD,
                        shelter,
                        EnumSet.of(Role.EDITOR));

        var found = node.accounts.find(administrator, "both@shelter.example").orElseThrow();
        assertThat(found.organizations()).containsExactly(shelter);
        assertThat(((Accounts.Outcome.Done) added).account().organizations())
                .containsExactly(shelter);
        assertThat(node.accounts.list(administrator))
                .allMatch(it -> it.organizations().equals(List.of(shelter)));
        var whole = node.accounts.find(Acting.node(), "both@shelter.example").orElseThrow();
        assertThat(whole.organizations()).containsExactlyInAnyOrder(clinic, shelter);
    }

    @Test
    void nobodyKnownHasNoRightAndTheNodeHasAll() {
        var nobody = new Acting(new AccountId(UUID.randomUUID()), shelter, Purpose.HELP);

        for (var right : EnumSet.allOf(Right.class)) {
            assertThat(node.access.may(nobody, right)).isFalse();
            assertThat(node.access.may(Acting.node(), right)).isTrue();
        }
    }

    @Test
    void anAdministratorCannotTakeOverAPersonOfAnotherOrganisation() {
        var administrator = node.acting(shelter, Role.ADMINISTRATOR);
        node.person("manager@clinic.example", clinic, Role.MANAGER);
        node.accounts.add(
                administrator,
                "manager@clinic.example",
                Staffed.PASSWORD,
                shelter,
                EnumSet.of(Role.VOLUNTEER));

        assertThatThrownBy(
                        () ->
                                node.accounts.resetPassword(
                                        administrator,
                                        "manager@clinic.example",
                                        "another password"))
                .isInstanceOf(Access.Denied.class);
    }
}
