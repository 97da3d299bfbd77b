// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.AuditEntry;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// Who changed whose rights, and who came in, is written down.
class AccountAuditTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static Database database;

    private final int number = NUMBER.incrementAndGet();
    private final String amal = "amal" + number + "@shelter.example";
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
        shelter = node.organization("shelter" + number);
        administrator = node.acting(shelter, Role.ADMINISTRATOR);
    }

    @Test
    void anAccountAndEachOfItsRolesAreWrittenDownOnce() {
        var person = hired(Role.EDITOR);
        hired(Role.EDITOR);
        hired(Role.CASEWORKER);

        checkEntries(
                person.id().value(),
                administrator,
                "account-add",
                "account-role-add-caseworker",
                "account-role-add-editor");
    }

    @Test
    void aNewPasswordAndTheEndOfSessionsAreWrittenDown() {
        var person = node.person(amal, shelter, Role.EDITOR);

        node.accounts.resetPassword(administrator, amal, "another password");
        node.accounts.revokeSessions(administrator, amal);
        node.accounts.resetPassword(administrator, amal, "short");

        assertThat(entries(person.id().value()))
                .filteredOn(entry -> entry.acting().equals(administrator))
                .extracting(AuditEntry::action)
                .containsExactlyInAnyOrder("account-reset-password", "account-revoke-sessions");
    }

    @Test
    void theOperatorsActsNameTheOrganisationTheyAreFor() {
        var person = node.person(amal, shelter, Role.EDITOR);

        checkEntries(
                person.id().value(),
                Acting.node(shelter),
                "account-add",
                "account-role-add-editor");
    }

    @Test
    void whoSignsInIsWrittenDownAndWhoDoesNotIsNot() {
        var person = node.person(amal, shelter, Role.EDITOR);

        node.sessions.signIn(amal, "wrong password", Optional.empty(), "192.0.2.1");
        node.sessions.signIn(amal, Staffed.PASSWORD, Optional.empty(), "192.0.2.1");

        assertThat(entries(person.id().value()))
                .filteredOn(entry -> entry.acting().account().equals(person.id()))
                .extracting(AuditEntry::action)
                .containsExactly("signed-in");
    }

    @Test
    void aFailedSignInIsWrittenDownWithoutWhatWasTyped() {
        var person = node.person(amal, shelter, Role.EDITOR);

        node.sessions.signIn(amal, "wrong password", Optional.empty(), "192.0.2.1");
        node.sessions.signIn("nobody@x.example", "x", Optional.empty(), "192.0.2.1");

        assertThat(entries(person.id().value()))
                .filteredOn(entry -> entry.action().equals("sign-in-failed"))
                .extracting(AuditEntry::acting)
                .containsExactly(Acting.node(shelter));
        assertThat(entries(Acting.node().account().value()))
                .extracting(AuditEntry::action)
                .contains("sign-in-failed");
    }

    @Test
    void manyFailedSignInsAreOneLineAMinuteForEachAccountAndOneForAllThatAreNone() {
        var clock = new TestClock();
        var guessed = new Staffed(database, clock);
        var person = guessed.person(amal, shelter, Role.EDITOR);
        var nobody = Acting.node().account().value();
        var before = failures(nobody);

        for (int minute = 1; minute <= 2; minute++) {
            for (int i = 0; i < 5; i++) {
                var from = "192.0.2." + i;
                guessed.sessions.signIn(amal, "wrong password", Optional.empty(), from);
                guessed.sessions.signIn(i + "@x.example", "x", Optional.empty(), from);
            }
            assertThat(failures(person.id().value())).isEqualTo(minute);
            assertThat(failures(nobody)).isEqualTo(before + minute);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private long failures(UUID record) {
        return entries(record).stream()
                .filter(entry -> entry.action().equals("sign-in-failed"))
                .count();
    }

    @Test
    void signingOutAndSwitchingTheOrganisationAreWrittenDown() {
        var clinic = node.organization("clinic-of-" + number);
        var person = node.person(amal, shelter, Role.EDITOR);
        node.person(amal, clinic, Role.EDITOR);
        var signedIn =
                (Sessions.Outcome.SignedIn)
                        node.sessions.signIn(amal, Staffed.PASSWORD, Optional.empty(), "192.0.2.1");
        var secret = signedIn.session().value();

        node.sessions.switchTo(node.sessions.find(secret).orElseThrow(), clinic);
        node.sessions.signOut(node.sessions.find(secret).orElseThrow());

        assertThat(entries(person.id().value()))
                .filteredOn(entry -> entry.acting().organization().equals(clinic))
                .extracting(AuditEntry::action)
                .containsSubsequence("organization-switched", "signed-out");
    }

    @Test
    void changingOnesOwnPasswordIsWrittenDownAndEndsSessionsAndTokens() {
        var person = node.person(amal, shelter, Role.EDITOR);
        var acting = new Acting(person.id(), shelter, Purpose.ADMINISTRATION);
        assertThat(node.tokens.create(Acting.node(), person, "t")).isPresent();

        var refused = node.sessions.changePassword(acting, "wrong password", "another password");
        var changed = node.sessions.changePassword(acting, Staffed.PASSWORD, "another password");

        assertThat(refused).isEqualTo(new Sessions.PasswordOutcome.Refused());
        assertThat(changed).isEqualTo(new Sessions.PasswordOutcome.Changed());
        assertThat(node.tokens.list(Acting.node()))
                .noneMatch(it -> it.account().equals(person.id()));
        assertThat(entries(person.id().value()))
                .filteredOn(entry -> entry.acting().equals(acting))
                .extracting(AuditEntry::action)
                .containsExactly("account-change-password");
    }

    @Test
    void aTokenIsWrittenDownWhenItIsMadeAndWhenItEnds() {
        var person = node.person(amal, shelter, Role.EDITOR);
        var token = node.tokens.create(Acting.node(), person, "t").orElseThrow().token().id();

        node.tokens.revoke(Acting.node(), token);
        node.tokens.revoke(Acting.node(), token);

        checkEntries(token, Acting.node(), "token-create", "token-revoke");
    }

    @Test
    void anOrganisationIsWrittenDownWhenItComesAndWhenItChanges() {
        var clinic = node.organizations.find(node.organization("clinic")).orElseThrow();

        node.organizations.replace(Acting.node(), clinic);

        checkEntries(
                clinic.id().value(), Acting.node(), "organization-add", "organization-replace");
    }

    @Test
    void noEntryHoldsAnAddress() {
        node.person(amal, shelter, Role.EDITOR);
        node.sessions.signIn(amal, Staffed.PASSWORD, Optional.empty(), "192.0.2.1");

        var records =
                database.read(
                        tx -> tx.list("SELECT record FROM audit_entry", row -> row.text("record")));

        assertThat(records)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(UUID.fromString(it)).isNotNull());
    }

    private Account hired(Role role) {
        var added = node.accounts.add(administrator, amal, Staffed.PASSWORD, shelter, Set.of(role));
        return ((Accounts.Outcome.Done) added).account();
    }

    private void checkEntries(UUID record, Acting acting, String... actions) {
        assertThat(entries(record))
                .allSatisfy(entry -> assertThat(entry.acting()).isEqualTo(acting))
                .extracting(AuditEntry::action)
                .containsExactlyInAnyOrder(actions);
    }

    private List<AuditEntry> entries(UUID record) {
        return database.read(tx -> node.audit.list(tx, record.toString()));
    }
}
