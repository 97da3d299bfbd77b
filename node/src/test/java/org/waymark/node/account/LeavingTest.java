// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.account.Accounts.Outcome;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// People go, and what they could do goes with them.
class LeavingTest {

    private static final Set<Role> ALL = EnumSet.allOf(Role.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static Database database;

    private final int number = NUMBER.incrementAndGet();
    private final String amal = "amal" + number + "@leaving.example";
    private Staffed node;
    private OrganizationId shelter;
    private Acting administrator;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void hire() {
        node = new Staffed(database, Clock.systemUTC());
        shelter = node.organization("leaving" + number);
        administrator = node.acting(shelter, Role.ADMINISTRATOR);
    }

    @Test
    void aRoleThatIsTakenGivesNoRightsAnyMore() {
        var person = node.person(amal, shelter, Role.MANAGER, Role.EDITOR);
        var acting = new Acting(person.id(), shelter, Purpose.HELP);
        node.acting(shelter, Role.EDITOR);
        assertThat(node.access.isAlone(administrator, Right.MANAGE_ORGANIZATION)).isFalse();

        take(Set.of(Role.MANAGER));
        take(Set.of(Role.MANAGER));

        assertThat(node.access.may(acting, Right.EDIT_LISTINGS)).isTrue();
        assertThat(node.access.may(acting, Right.MANAGE_ORGANIZATION)).isFalse();
        assertThat(node.access.isAlone(administrator, Right.MANAGE_ORGANIZATION)).isTrue();
        boolean has =
                database.read(
                        tx -> node.access.has(tx, person.id(), shelter, Right.MANAGE_ORGANIZATION));
        assertThat(has).isFalse();
    }

    @Test
    void whoHasNoRoleLeftIsSignedOutAndForgotten() {
        node.person(amal, shelter, Role.EDITOR);
        var signedIn =
                node.sessions.signIn(amal, Staffed.PASSWORD, Optional.empty(), "192.0.2." + number);
        assertThat(signedIn).isInstanceOf(Sessions.Outcome.SignedIn.class);

        assertThat(take(ALL)).isInstanceOf(Outcome.Done.class);

        assertThat(node.accounts.find(Acting.node(), amal)).isEmpty();
        assertThat(rows("staff_session")).isZero();
        assertThat(take(ALL)).isInstanceOf(Outcome.NotFound.class);
        // Who comes back is somebody new.
        node.person(amal, shelter, Role.VOLUNTEER);
        assertThat(node.accounts.find(Acting.node(), amal).orElseThrow().rolesIn(shelter))
                .containsExactly(Role.VOLUNTEER);
    }

    @Test
    void whoWorksElsewhereTooStaysThere() {
        var kitchen = node.organization("kitchen" + number);
        var person = node.person(amal, shelter, Role.ADMINISTRATOR);
        node.person(amal, kitchen, Role.CASEWORKER);
        node.tokens.create(
                new Acting(person.id(), shelter, Purpose.ADMINISTRATION), person, "a program");
        assertThat(rows("api_token")).isOne();

        take(ALL);

        assertThat(rows("api_token")).isZero();

        var left = node.accounts.find(Acting.node(), amal).orElseThrow();
        assertThat(left.organizations()).containsExactly(kitchen);
    }

    @Test
    void theLastAdministratorStays() {
        node.person(amal, shelter, Role.ADMINISTRATOR);
        assertThat(take(ALL)).isInstanceOf(Outcome.Done.class);
        var email =
                node.accounts.list(Acting.node()).stream()
                        .filter(it -> it.id().equals(administrator.account()))
                        .findFirst()
                        .orElseThrow()
                        .email();

        assertThat(node.accounts.takeRoles(administrator, email, shelter, ALL))
                .isInstanceOf(Outcome.LastAdministrator.class);
        assertThat(node.accounts.takeRoles(Acting.node(), email, shelter, ALL))
                .isInstanceOf(Outcome.LastAdministrator.class);
    }

    @Test
    void onlyTheOperatorTakesARoleFromWhoeverReadsComplaints() {
        node.person(amal, shelter, Role.OMBUDSPERSON, Role.EDITOR);
        // That somebody else has the role, too, changes nothing: they may read none, or be the one
        // whom the complaint is about.
        node.person("other" + amal, shelter, Role.OMBUDSPERSON, Role.CASEWORKER);
        node.person("omar" + amal, shelter, Role.OMBUDSPERSON, Role.ADMINISTRATOR);

        for (var roles : List.of(ALL, Set.of(Role.OMBUDSPERSON), Set.of(Role.EDITOR))) {
            assertThat(take(roles)).as("%s", roles).isInstanceOf(Outcome.OperatorOnly.class);
        }
        // That would make a reader of them.
        assertThat(
                        node.accounts.takeRoles(
                                administrator, "other" + amal, shelter, Set.of(Role.CASEWORKER)))
                .isInstanceOf(Outcome.OperatorOnly.class);
        assertThat(roles(amal)).containsExactlyInAnyOrder(Role.OMBUDSPERSON, Role.EDITOR);
        assertThat(node.accounts.takeRoles(Acting.node(), amal, shelter, ALL))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void onlyTheOperatorSaysWhoReadsComplaintsAndWhatElseTheyAre() {
        node.person(amal, shelter, Role.OMBUDSPERSON);
        var kitchen = node.organization("cooks" + number);
        var cook = node.acting(kitchen, Role.ADMINISTRATOR);

        assertThat(give(administrator, amal, shelter, Role.CASEWORKER))
                .isInstanceOf(Outcome.OperatorOnly.class);
        // One that handles requests would end the reading, in whichever organisation.
        assertThat(give(cook, amal, kitchen, Role.CASEWORKER))
                .isInstanceOf(Outcome.OperatorOnly.class);
        assertThat(give(administrator, "puppet" + amal, shelter, Role.OMBUDSPERSON))
                .isInstanceOf(Outcome.OperatorOnly.class);

        assertThat(roles(amal)).containsExactly(Role.OMBUDSPERSON);
        assertThat(node.accounts.find(Acting.node(), "puppet" + amal)).isEmpty();
        assertThat(give(Acting.node(), amal, shelter, Role.EDITOR))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void onlyTheOperatorResetsThePasswordOfWhoeverReadsComplaints() {
        node.person(amal, shelter, Role.OMBUDSPERSON);
        var chosen = "chosen by the administrator";

        assertThat(node.accounts.resetPassword(administrator, amal, chosen))
                .isInstanceOf(Outcome.OperatorOnly.class);

        assertThat(node.sessions.signIn(amal, chosen, Optional.empty(), "192.0.2." + number))
                .isNotInstanceOf(Sessions.Outcome.SignedIn.class);
        // Who lost a device can still be signed out by whoever is there.
        assertThat(node.accounts.revokeSessions(administrator, amal))
                .isInstanceOf(Outcome.Done.class);
        assertThat(node.accounts.resetPassword(Acting.node(), amal, "chosen by the operator"))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void onlyAnAdministratorOfThatOrganisationTakesRoles() {
        node.person(amal, shelter, Role.EDITOR);
        var other = node.acting(node.organization("other" + number), Role.ADMINISTRATOR);
        var manager = node.acting(shelter, Role.MANAGER);

        for (var acting : Set.of(other, manager)) {
            assertThatThrownBy(() -> node.accounts.takeRoles(acting, amal, shelter, ALL))
                    .isInstanceOf(Access.Denied.class);
        }
    }

    private Outcome give(Acting acting, String email, OrganizationId at, Role role) {
        return node.accounts.add(acting, email, Staffed.PASSWORD, at, Set.of(role));
    }

    private Set<Role> roles(String email) {
        return node.accounts.find(Acting.node(), email).orElseThrow().rolesIn(shelter);
    }

    private Outcome take(Set<Role> roles) {
        return node.accounts.takeRoles(administrator, amal, shelter, roles);
    }

    private long rows(String table) {
        return database.read(
                tx ->
                        tx.find(
                                        "SELECT COUNT(*) AS many FROM "
                                                + table
                                                + " WHERE organization_id = ?",
                                        row -> row.number("many"),
                                        shelter.value())
                                .orElseThrow());
    }
}
