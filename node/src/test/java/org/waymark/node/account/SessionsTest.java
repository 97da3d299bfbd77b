// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.account.Sessions.Outcome;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

class SessionsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static Database database;

    private final Hands clock = new Hands();
    private final int number = NUMBER.incrementAndGet();
    private final String amal = "amal" + number + "@shelter.example";
    private final String bo = "bo" + number + "@shelter.example";
    private Staffed node;
    private OrganizationId shelter;

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
        node = new Staffed(database, clock);
        shelter = node.organization("shelter" + number);
        node.person(amal, shelter, Role.CASEWORKER);
    }

    @Test
    void theRightPasswordOpensASessionForThePersonAndTheirOrganisation() {
        var staff = node.sessions.find(signedIn().session().value()).orElseThrow();

        assertThat(staff.email()).isEqualTo(amal);
        assertThat(staff.organization()).isEqualTo(shelter);
        assertThat(staff.roles()).containsExactly(Role.CASEWORKER);
    }

    @Test
    void theMailAddressIsTakenAsPeopleTypeIt() {
        assertThat(signIn("  " + amal.replace("amal", "Amal") + " ", Staffed.PASSWORD, "192.0.2.1"))
                .isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressLookTheSame() {
        assertThat(signIn(amal, "wrong password", "192.0.2.1")).isEqualTo(new Outcome.Refused());
        assertThat(signIn("nobody@shelter.example", Staffed.PASSWORD, "192.0.2.1"))
                .isEqualTo(new Outcome.Refused());
    }

    @Test
    void theDatabaseHoldsNoSecretThatOpensASession() {
        var signedIn = signedIn();

        var kept =
                database.read(
                        tx ->
                                tx.list(
                                        "SELECT secret_hash FROM staff_session",
                                        row -> row.text("secret_hash")));
        assertThat(kept)
                .contains(signedIn.session().hash())
                .doesNotContain(signedIn.session().value());
        assertThat(node.sessions.find(signedIn.session().hash())).isEmpty();
    }

    @Test
    void aSessionEndsWhenSomeoneSignsOut() {
        var session = signedIn().session().value();

        node.sessions.signOut(node.sessions.find(session).orElseThrow());

        assertThat(node.sessions.find(session)).isEmpty();
    }

    @Test
    void aSessionEndsTwoHoursAfterItsLastUse() {
        var session = signedIn().session().value();

        clock.forward(Duration.ofMinutes(119));
        assertThat(node.sessions.find(session)).isPresent();
        clock.forward(Duration.ofMinutes(119));
        assertThat(node.sessions.find(session)).isPresent();
        clock.forward(Duration.ofMinutes(121));
        assertThat(node.sessions.find(session)).isEmpty();
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverBusy() {
        var session = signedIn().session().value();

        for (int hour = 0; hour < 11; hour++) {
            clock.forward(Duration.ofHours(1));
            assertThat(node.sessions.find(session)).as("hour %s", hour).isPresent();
        }
        clock.forward(Duration.ofHours(1));
        assertThat(node.sessions.find(session)).isEmpty();
    }

    @Test
    void revokingEndsEverySessionOfThatPersonOnly() {
        node.person(bo, shelter, Role.EDITOR);
        var first = signedIn().session().value();
        var second = signedIn().session().value();
        var colleague =
                ((Outcome.SignedIn) signIn(bo, Staffed.PASSWORD, "192.0.2.1")).session().value();

        node.accounts.revokeSessions(Acting.node(), amal);

        assertThat(node.sessions.find(first)).isEmpty();
        assertThat(node.sessions.find(second)).isEmpty();
        assertThat(node.sessions.find(colleague)).isPresent();
    }

    @Test
    void aNewPasswordEndsEverySessionAndTheOldPassword() {
        var session = signedIn().session().value();

        node.accounts.resetPassword(Acting.node(), amal, "another password");

        assertThat(node.sessions.find(session)).isEmpty();
        assertThat(signIn(amal, Staffed.PASSWORD, "192.0.2.1")).isInstanceOf(Outcome.Refused.class);
        assertThat(signIn(amal, "another password", "192.0.2.1"))
                .isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void guessingSlowsDownAndThenTheRightPasswordWorksAgain() {
        for (int i = 0; i < 4; i++) {
            assertThat(signIn(amal, "wrong password", "203.0.113.9"))
                    .isInstanceOf(Outcome.Refused.class);
        }

        assertThat(signIn(amal, Staffed.PASSWORD, "203.0.113.9"))
                .isEqualTo(new Outcome.TooSoon(Duration.ofSeconds(2)));
        clock.forward(Duration.ofSeconds(2));
        assertThat(signIn(amal, Staffed.PASSWORD, "203.0.113.9"))
                .isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void anAttackerDoesNotLockTheColleagueOut() {
        var device = signedIn().device();
        for (int i = 0; i < 6; i++) {
            signIn(amal, "wrong password", "203.0.113.9");
        }

        assertThat(signIn(amal, Staffed.PASSWORD, "192.0.2.1"))
                .as("from another network")
                .isInstanceOf(Outcome.SignedIn.class);
        assertThat(node.sessions.signIn(amal, Staffed.PASSWORD, Optional.of(device), "203.0.113.9"))
                .as("from the attacker's network, on a known device")
                .isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void aDeviceIsKnownForItsOwnPersonOnly() {
        node.person(bo, shelter, Role.EDITOR);
        var device = signedIn().device();
        for (int i = 0; i < 4; i++) {
            signIn(bo, "wrong password", "203.0.113.9");
        }

        assertThat(node.sessions.signIn(bo, Staffed.PASSWORD, Optional.of(device), "203.0.113.9"))
                .isInstanceOf(Outcome.TooSoon.class);
    }

    @Test
    void tenPeopleSigningInTogetherAllGetIn() throws Exception {
        Callable<Outcome> attempt = () -> signIn(amal, Staffed.PASSWORD, "192.0.2.1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = IntStream.range(0, 10).mapToObj(_ -> threads.submit(attempt)).toList();

            for (var one : attempts) {
                assertThat(one.get()).isInstanceOf(Outcome.SignedIn.class);
            }
        }
    }

    @Test
    void someoneInTwoOrganisationsSwitchesBetweenThemAndNowhereElse() {
        var clinic = node.organization("clinic" + number);
        var elsewhere = node.organization("elsewhere" + number);
        clock.forward(Duration.ofMinutes(1));
        node.person(amal, clinic, Role.VOLUNTEER);
        var session = signedIn().session().value();
        var staff = node.sessions.find(session).orElseThrow();
        assertThat(staff.organization()).isEqualTo(shelter);

        node.sessions.switchTo(staff, clinic);
        assertThat(node.sessions.find(session).orElseThrow().organization()).isEqualTo(clinic);
        node.sessions.switchTo(staff, elsewhere);
        assertThat(node.sessions.find(session).orElseThrow().organization()).isEqualTo(clinic);
    }

    @Test
    void aTokenActsAsItsPersonUntilItIsRevoked() {
        var account = node.accounts.find(Acting.node(), amal).orElseThrow();
        var created = node.tokens.create(Acting.node(), account, "spreadsheet").orElseThrow();

        var staff = node.tokens.find(created.secret().value()).orElseThrow();
        assertThat(staff.account()).isEqualTo(account.id());
        assertThat(staff.organization()).isEqualTo(shelter);
        assertThat(node.sessions.find(created.secret().value())).isEmpty();

        assertThat(node.tokens.revoke(Acting.node(), created.token().id())).isTrue();
        assertThat(node.tokens.find(created.secret().value())).isEmpty();
        assertThat(node.tokens.revoke(Acting.node(), created.token().id())).isFalse();
    }

    @Test
    void anAdministratorMakesTokensForThemselvesOnly() {
        var administrator = node.acting(shelter, Role.ADMINISTRATOR);
        var colleague = node.accounts.find(Acting.node(), amal).orElseThrow();
        var self =
                node.accounts.list(Acting.node()).stream()
                        .filter(one -> one.id().equals(administrator.account()))
                        .findFirst()
                        .orElseThrow();

        assertThatThrownBy(() -> node.tokens.create(administrator, colleague, "borrowed"))
                .isInstanceOf(Access.Denied.class);
        assertThat(node.tokens.create(administrator, self, "own")).isPresent();
    }

    @Test
    void aNewPasswordEndsThePersonsTokensAndNoOthers() {
        var person = node.accounts.find(Acting.node(), amal).orElseThrow();
        var colleague = node.person(bo, shelter, Role.EDITOR);
        var ended = node.tokens.create(Acting.node(), person, "stolen").orElseThrow();
        var kept = node.tokens.create(Acting.node(), colleague, "own").orElseThrow();

        node.accounts.resetPassword(Acting.node(), amal, "another password");

        assertThat(node.tokens.find(ended.secret().value())).isEmpty();
        assertThat(node.tokens.find(kept.secret().value())).isPresent();
    }

    private Outcome.SignedIn signedIn() {
        return (Outcome.SignedIn) signIn(amal, Staffed.PASSWORD, "192.0.2.1");
    }

    private Outcome signIn(String email, String password, String client) {
        return node.sessions.signIn(email, password, Optional.empty(), client);
    }

    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-03-02T09:00:00Z");

        void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
