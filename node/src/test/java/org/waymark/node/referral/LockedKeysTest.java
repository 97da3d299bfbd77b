// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.KeyHolders.Opened;
import org.waymark.node.account.Role;
import org.waymark.node.account.Sessions;
import org.waymark.node.account.Staff;
import org.waymark.node.person.HelpCode;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.LockedException;
import org.waymark.node.privacy.LockedTime;
import org.waymark.node.privacy.MasterKey;

/// `keys.unlock = staff` (safety.md 17): what is about people opens only while somebody who works
/// with requests is signed in.
class LockedKeysTest {

    private static final String FIRST = "admin@kitchen.example";
    private static final String FRESH = "a fresh long password";
    private static final String CARLO = "caseworker@clinic.example";
    private static final String SARA = "caseworker@shelter.example";
    private static final String FORM = "action=\"/en/complaint/tell\"";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");

    private static Partnered two;
    private static TestNode clinic;
    private static String sheet = "";
    private static String otherSheet = "";

    @BeforeAll
    static void partner() {
        two = new Partnered("keys.unlock=staff");
        clinic = two.nodes.clinic;
        clinic.person("olga@clinic.example", Role.OMBUDSPERSON);
        sheet = sheet(clinic);
        otherSheet = sheet(two.nodes.shelter);
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @BeforeEach
    void shelterIsOpenAndClinicLocked() {
        signIn(two.nodes.shelter, SARA, TestNode.PASSWORD);
        signIn(clinic, CARLO, TestNode.PASSWORD);
        clinic.domains().keyLock().lock(Acting.node(), false);
    }

    @Test
    void whatArrivesWhileNobodyIsSignedInWaitsSealed() throws Exception {
        var session = signIn(clinic, CARLO, TestNode.PASSWORD);
        var token =
                clinic.domains()
                        .tokens()
                        .create(
                                Acting.node(),
                                clinic.domains().accounts().find(Acting.node(), CARLO).get(),
                                "a program")
                        .orElseThrow()
                        .secret()
                        .value();
        var before = two.sentTo(clinic);
        assertThat(api(token, before).statusCode()).isEqualTo(200);
        assertThat(get("/en/complaint/tell").body()).contains(FORM);

        // When the last one signs out,
        clinic.domains().sessions().signOut(session);

        // then what is about people is closed, and says why,
        assertThat(locked(clinic)).isTrue();
        assertThat(patienceOf(clinic, Duration.ofDays(20))).isZero();
        assertThatThrownBy(() -> clinic.domains().referrals().find(two.carlo, before))
                .isInstanceOf(LockedException.class);
        assertThat(api(token, before).statusCode()).isEqualTo(503);
        assertThat(api(token, before).body())
                .contains("\"locked\"", "a member of staff must sign in");
        // the public directory goes on,
        assertThat(get("/en/").statusCode()).isEqualTo(200);
        assertThat(get("/en/now").statusCode()).isEqualTo(200);
        assertThat(get("/en/t/housing").statusCode()).isEqualTo(200);
        assertThat(get("/hsds/services").statusCode()).isEqualTo(200);
        // nobody is asked for what could not be kept,
        assertThat(get("/en/complaint/tell").body()).doesNotContain(FORM);
        // a request that arrives, days later, is taken and stays sealed, over a restart too,
        two.nodes.clock.advance(Duration.ofDays(3));
        signIn(two.nodes.shelter, SARA, TestNode.PASSWORD);
        var meanwhile = two.sent();
        assertThat(waiting(clinic)).isEqualTo(1);
        clinic.stop();
        clinic.startAgain();
        assertThat(locked(clinic)).isTrue();
        assertThat(clinic.domains().sessions().find(session.session().get().value())).isEmpty();
        two.nodes.clock.advance(Duration.ofHours(9));
        two.settle();
        assertThat(waiting(clinic)).isEqualTo(1);
        // a wrong password opens nothing,
        assertThat(tryToSignIn(clinic, CARLO, "not the password"))
                .isInstanceOf(Sessions.Outcome.Refused.class);
        assertThat(locked(clinic)).isTrue();
        two.nodes.clock.advance(Duration.ofMinutes(10));

        // and whoever signs in finds it.
        signIn(clinic, CARLO, TestNode.PASSWORD);
        two.settle();
        assertThat(waiting(clinic)).isZero();
        var referrals = clinic.domains().referrals();
        assertThat(referrals.find(two.carlo, atClinic(meanwhile).id()).orElseThrow().firstStep())
                .isPresent();

        // Forgotten browsers do not keep it open.
        two.nodes.clock.advance(Duration.ofHours(3));
        clinic.runDue();
        assertThat(locked(clinic)).isTrue();
    }

    @Test
    void newPeoplePasswordsAndRolesGoAlong() {
        try (var kitchen =
                TestNode.still(two.nodes.clock, "kitchen", "The Kitchen", "keys.unlock=staff")) {
            // As it was founded: the first who signs in takes the key out of its folder.
            assertThat(masterKey(kitchen)).exists();
            checkPeople(kitchen);
        }
    }

    private static void checkPeople(TestNode kitchen) {
        var accounts = kitchen.domains().accounts();
        var sessions = kitchen.domains().sessions();
        var session = signIn(kitchen, FIRST, TestNode.PASSWORD);
        assertThat(masterKey(kitchen)).doesNotExist();
        sessions.signOut(session);
        // Added while it is locked: their password opens nothing yet.
        kitchen.person("dora@kitchen.example", Role.CASEWORKER);
        var dora = signIn(kitchen, "dora@kitchen.example", TestNode.PASSWORD);
        assertThat(locked(kitchen)).isTrue();
        // Signing in beside one who opened it, it does from then on.
        var again = signIn(kitchen, FIRST, TestNode.PASSWORD);
        sessions.signOut(dora);
        dora = signIn(kitchen, "dora@kitchen.example", TestNode.PASSWORD);
        sessions.signOut(again);
        assertThat(locked(kitchen)).isFalse();
        sessions.signOut(dora);
        assertThat(locked(kitchen)).isTrue();
        dora = signIn(kitchen, "dora@kitchen.example", TestNode.PASSWORD);
        assertThat(locked(kitchen)).isFalse();
        // Who never reads requests opens nothing.
        kitchen.person("editor@kitchen.example", Role.EDITOR, Role.ADMINISTRATOR);
        sessions.signOut(dora);
        signIn(kitchen, "editor@kitchen.example", TestNode.PASSWORD);
        assertThat(locked(kitchen)).isTrue();

        // A new password takes the place of the old one.
        dora = signIn(kitchen, "dora@kitchen.example", TestNode.PASSWORD);
        assertThat(
                        sessions.changePassword(
                                dora.acting(two.carlo.purpose()),
                                TestNode.PASSWORD,
                                "a new long password"))
                .isInstanceOf(Sessions.PasswordOutcome.Changed.class);
        assertThat(locked(kitchen)).isTrue();
        assertThat(tryToSignIn(kitchen, "dora@kitchen.example", TestNode.PASSWORD))
                .isNotInstanceOf(Sessions.Outcome.SignedIn.class);
        two.nodes.clock.advance(Duration.ofMinutes(10));
        dora = signIn(kitchen, "dora@kitchen.example", "a new long password");
        assertThat(locked(kitchen)).isFalse();

        // Whoever goes takes their key along; the last one stays.
        var organization = kitchen.organization().id();
        accounts.takeRoles(Acting.node(), FIRST, organization, Set.of(Role.MANAGER));
        assertThat(
                        accounts.takeRoles(
                                Acting.node(),
                                "dora@kitchen.example",
                                organization,
                                Set.of(Role.CASEWORKER)))
                .isInstanceOf(Accounts.Outcome.LastKeyHolder.class);
        sessions.signOut(dora);
        assertThat(
                        accounts.resetPassword(
                                Acting.node(), "dora@kitchen.example", "yet another password"))
                .isInstanceOf(Accounts.Outcome.LastKeyHolder.class);
    }

    @Test
    void aKeyIsThereUntilTheNextOneIs() {
        try (var kitchen =
                TestNode.still(two.nodes.clock, "kitchen", "The Kitchen", "keys.unlock=staff")) {
            var first = signIn(kitchen, FIRST, TestNode.PASSWORD);
            var accounts = kitchen.domains().accounts();
            // The only holder gets a new password, and the database fails.
            freezePasswords(kitchen);
            assertThatThrownBy(() -> accounts.resetPassword(Acting.node(), FIRST, FRESH))
                    .isInstanceOf(RuntimeException.class);
            kitchen.database().run(tx -> tx.update("ALTER TABLE account DROP CONSTRAINT frozen"));
            kitchen.stop();
            kitchen.startAgain();
            assertThat(locked(kitchen)).isTrue();
            signIn(kitchen, FIRST, TestNode.PASSWORD);
            assertThat(locked(kitchen)).isFalse();

            // Locked, nobody's new password takes a key away for which there is no other.
            kitchen.domains().keyLock().lock(Acting.node(), false);
            assertThatThrownBy(
                            () ->
                                    kitchen.domains()
                                            .sessions()
                                            .changePassword(
                                                    first.acting(two.carlo.purpose()),
                                                    TestNode.PASSWORD,
                                                    FRESH))
                    .isInstanceOf(LockedException.class);
            signIn(kitchen, FIRST, TestNode.PASSWORD);
            assertThat(locked(kitchen)).isFalse();

            // And without trouble, the new one opens.
            assertThat(kitchen.domains().accounts().resetPassword(Acting.node(), FIRST, FRESH))
                    .isInstanceOf(Accounts.Outcome.Done.class);
            assertThat(locked(kitchen)).isTrue();
            signIn(kitchen, FIRST, FRESH);
            assertThat(locked(kitchen)).isFalse();
        }
    }

    private static void freezePasswords(TestNode node) {
        node.database()
                .run(
                        tx ->
                                tx.update(
                                        "ALTER TABLE account ADD CONSTRAINT frozen"
                                                + " CHECK (password_hash = '"
                                                + tx.find(
                                                                "SELECT password_hash FROM account",
                                                                row -> row.text("password_hash"))
                                                        .orElseThrow()
                                                + "')"));
    }

    @Test
    void aKeyOfSomebodyWhoLeftIsDestroyedAtTheStartAndCountsForNothing() throws Exception {
        try (var kitchen =
                TestNode.still(two.nodes.clock, "kitchen", "The Kitchen", "keys.unlock=staff")) {
            signIn(kitchen, FIRST, TestNode.PASSWORD);
            var dora = kitchen.person("dora@kitchen.example", Role.CASEWORKER);
            signIn(kitchen, dora.email(), TestNode.PASSWORD);
            var keys = kitchen.settings().keysDirectory().resolve("staff-keys");
            var file = keyOf(keys, dora.id().toString());
            var content = Files.readAllBytes(file);
            kitchen.domains()
                    .accounts()
                    .takeRoles(
                            Acting.node(),
                            dora.email(),
                            kitchen.organization().id(),
                            Set.of(Role.CASEWORKER));
            assertThat(file).doesNotExist();
            // As after a crash, or from an older copy; and what a desktop leaves behind.
            Files.write(file, content);
            Files.write(keys.resolve(".DS_Store"), new byte[] {1});

            kitchen.domains().keyLock().lock(Acting.node(), false);
            assertThat(
                            kitchen.domains()
                                    .accounts()
                                    .resetPassword(Acting.node(), FIRST, "yet another password"))
                    .isInstanceOf(Accounts.Outcome.LastKeyHolder.class);
            kitchen.stop();
            kitchen.startAgain();

            assertThat(file).doesNotExist();
            signIn(kitchen, FIRST, TestNode.PASSWORD);
            assertThat(locked(kitchen)).isFalse();
        }
    }

    private static Path keyOf(Path keys, String account) throws IOException {
        try (var files = Files.list(keys)) {
            return files.filter(it -> it.getFileName().toString().startsWith(account))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatCouldNotBeSentWhileLockedIsNotGivenUp() {
        two.clinicDoor.cut();
        var referral = two.sent();
        var shelter = two.nodes.shelter;
        // Nobody signs in for three weeks, and the line is dead for some minutes more.
        shelter.domains().keyLock().lock(Acting.node(), false);
        two.nodes.clock.advance(Duration.ofDays(21));
        two.settle();
        signIn(shelter, SARA, TestNode.PASSWORD);
        two.settle();
        two.nodes.clock.advance(Duration.ofMinutes(10));
        two.settle();
        two.clinicDoor.mend();
        two.nodes.clock.advance(Duration.ofMinutes(40));
        signIn(clinic, CARLO, TestNode.PASSWORD);
        two.settle();

        assertThat(atClinic(referral)).isNotNull();
    }

    @Test
    void theSheetOpensItWhenNobodyCan() {
        var lock = clinic.domains().keyLock();
        var session = signIn(clinic, CARLO, TestNode.PASSWORD);
        var known = two.sentTo(clinic);

        lock.lock(Acting.node(), true);

        assertThat(clinic.domains().sessions().find(session.session().get().value())).isEmpty();
        signIn(clinic, CARLO, TestNode.PASSWORD);
        assertThat(locked(clinic)).isTrue();
        clinic.stop();
        clinic.startAgain();
        assertThat(locked(clinic)).isTrue();
        var opened = clinic.domains().keyLock();
        assertThatThrownBy(() -> opened.unlock(Acting.node(), sheet.replace("1   ", "1   f")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(opened.unlock(Acting.node(), otherSheet)).isEqualTo(Opened.OTHER_SHEET);
        assertThat(opened.unlock(Acting.node(), sheet)).isEqualTo(Opened.DONE);
        assertThat(opened.unlock(Acting.node(), sheet)).isEqualTo(Opened.NOT_LOCKED);
        assertThat(masterKey(clinic)).doesNotExist();
        var referrals = clinic.domains().referrals();
        assertThat(referrals.find(two.carlo, known).orElseThrow().firstStep()).isPresent();
        // Who signs in now opens it from then on; if nobody does, it is locked again.
        two.nodes.clock.advance(Duration.ofHours(3));
        clinic.runDue();
        assertThat(locked(clinic)).isTrue();
        assertThat(opened.unlock(Acting.node(), sheet)).isEqualTo(Opened.DONE);
        var back = signIn(clinic, CARLO, TestNode.PASSWORD);
        clinic.domains().sessions().signOut(back);
        two.nodes.clock.advance(Duration.ofHours(3));
        clinic.runDue();
        signIn(clinic, CARLO, TestNode.PASSWORD);
        assertThat(locked(clinic)).isFalse();
    }

    @Test
    void aStopCountsAtOnceWhileItIsLockedAndNothingIsSentAfterIt() throws Exception {
        var shelter = two.nodes.shelter;
        signIn(clinic, CARLO, TestNode.PASSWORD);
        var referral = two.sent();
        var code =
                shelter.domains()
                        .personDesk()
                        .giveCode(two.sara, referral, Optional.empty())
                        .orElseThrow();
        shelter.domains().keyLock().lock(Acting.node(), false);
        assertThat(locked(shelter)).isTrue();
        // Their yes waits there, and with it the contact would go.
        clinic.domains().referrals().accept(two.carlo, atClinic(referral).id(), Samples.come());
        two.settle();
        assertThat(waiting(shelter)).isEqualTo(1);

        stopByCode(code);

        assertThat(locked(shelter)).isTrue();
        assertThat(atShelter(referral).state()).isEqualTo(LifeCycle.State.WITHDRAWN);
        two.settle();
        assertThat(atClinic(referral).state()).isEqualTo(LifeCycle.State.ACCEPTED);

        signIn(shelter, SARA, TestNode.PASSWORD);
        two.settle();
        two.settle();
        assertThat(waiting(shelter)).isZero();
        assertThat(atShelter(referral).state()).isEqualTo(LifeCycle.State.WITHDRAWN);
        assertThat(atShelter(referral).contactSentAt()).isEmpty();
        assertThat(atClinic(referral).state()).isEqualTo(LifeCycle.State.WITHDRAWN);
        assertThat(atClinic(referral).contactSentAt()).isEmpty();
    }

    @Test
    void whatLayInTheOutboxDoesNotLeaveAfterAStop() throws Exception {
        var shelter = two.nodes.shelter;
        signIn(clinic, CARLO, TestNode.PASSWORD);
        var referral = two.sent();
        var code =
                shelter.domains()
                        .personDesk()
                        .giveCode(two.sara, referral, Optional.empty())
                        .orElseThrow();
        two.clinicDoor.cut();
        clinic.domains().referrals().accept(two.carlo, atClinic(referral).id(), Samples.come());
        two.settle();
        assertThat(atShelter(referral).contactSentAt()).as("waits for the line").isPresent();
        shelter.domains().keyLock().lock(Acting.node(), false);

        stopByCode(code);
        two.clinicDoor.mend();
        signIn(shelter, SARA, TestNode.PASSWORD);
        two.nodes.clock.advance(Duration.ofHours(1));
        two.settle();

        assertThat(atClinic(referral).state()).isEqualTo(LifeCycle.State.WITHDRAWN);
        assertThat(atClinic(referral).contactSentAt()).isEmpty();
    }

    @Test
    void untilSomebodyWhoHoldsTheKeysSignsInNobodyStaysSignedInOverAStart() {
        try (var kitchen =
                TestNode.still(two.nodes.clock, "kitchen", "The Kitchen", "keys.unlock=staff")) {
            kitchen.person("editor@kitchen.example", Role.EDITOR);
            var editor = signIn(kitchen, "editor@kitchen.example", TestNode.PASSWORD);
            assertThat(masterKey(kitchen)).exists();
            kitchen.stop();
            kitchen.startAgain();

            var session = editor.session().get().value();
            assertThat(kitchen.domains().sessions().find(session)).isEmpty();
            assertThat(masterKey(kitchen)).exists();
        }
    }

    @Test
    void whatACrashLeftOfALockIsFinishedAtTheNextStart() throws Exception {
        try (var kitchen =
                TestNode.still(two.nodes.clock, "kitchen", "The Kitchen", "keys.unlock=staff")) {
            signIn(kitchen, FIRST, TestNode.PASSWORD);
            kitchen.stop();
            var keys = kitchen.settings().keysDirectory();
            Files.write(masterKey(kitchen), new byte[32]);
            Files.write(keys.resolve(".unfinished-1"), new byte[] {1});
            Files.write(keys.resolve("staff-keys").resolve(".unfinished-2"), new byte[] {1});

            kitchen.startAgain();

            assertThat(locked(kitchen)).isTrue();
            assertThat(masterKey(kitchen)).doesNotExist();
            assertThat(keys.resolve(".unfinished-1")).doesNotExist();
            assertThat(keys.resolve("staff-keys").resolve(".unfinished-2")).doesNotExist();
            signIn(kitchen, FIRST, TestNode.PASSWORD);
            assertThat(locked(kitchen)).isFalse();
        }
    }

    @Test
    void aNodeThatOpensItsKeysByItselfIsLockedUntilTheSheetComes() {
        try (var node =
                TestNode.still(two.nodes.clock, "kitchen", "The Kitchen", "keys.unlock=service")) {
            var ownSheet = sheet(node);
            signIn(node, "admin@kitchen.example", TestNode.PASSWORD);
            assertThat(masterKey(node)).exists();

            node.domains().keyLock().lock(Acting.node(), false);

            assertThat(masterKey(node)).doesNotExist();
            assertThat(locked(node)).isTrue();
            signIn(node, "admin@kitchen.example", TestNode.PASSWORD);
            assertThat(locked(node)).isTrue();
            assertThat(node.domains().keyLock().unlock(Acting.node(), ownSheet))
                    .isEqualTo(Opened.DONE);
            assertThat(masterKey(node)).exists();
            node.stop();
            node.startAgain();
            assertThat(locked(node)).isFalse();
        }
    }

    /// As a person does it on a phone, while the shelter is locked.
    private static void stopByCode(HelpCode code) throws Exception {
        try (var phone = phone()) {
            post(phone, "/en/code", "code", code.shown());
            var mine = phone.send(request("/en/mine").GET().build(), BodyHandlers.ofString());
            assertThat(mine.statusCode()).isEqualTo(503);
            assertThat(mine.body()).contains("/en/mine/stop");
            var asked = phone.send(request("/en/mine/stop").GET().build(), BodyHandlers.ofString());
            var token = TOKEN.matcher(asked.body());
            assertThat(token.find()).isTrue();
            var stopped = post(phone, "/en/mine/stop", "token", token.group(1));
            assertThat(stopped.statusCode()).as(stopped.headers().toString()).isEqualTo(200);
        }
    }

    private static HttpClient phone() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private static Referral atClinic(ReferralId referral) {
        return at(clinic, two.carlo, referral);
    }

    private static Referral atShelter(ReferralId referral) {
        return at(two.nodes.shelter, two.sara, referral);
    }

    /// Its row, for which no key is needed.
    private static Referral at(TestNode node, Acting acting, ReferralId referral) {
        return node.domains().referrals().list(acting).stream()
                .filter(it -> it.uri().toString().endsWith(referral.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static String sheet(TestNode node) {
        var folder = KeyFolder.open(node.settings().keysDirectory(), node.settings().data());
        return MasterKey.open(folder).recoverySheet(node.url());
    }

    private static Path masterKey(TestNode node) {
        return node.settings().keysDirectory().resolve("master.key");
    }

    /// For how much of the time to come whoever is patient counts it.
    private static Duration patienceOf(TestNode node, Duration time) {
        var now = two.nodes.clock.instant();
        return node.database().read(tx -> LockedTime.openSince(tx, now, now.plus(time)));
    }

    private static boolean locked(TestNode node) {
        return node.domains().keyLock().isLocked();
    }

    private static long waiting(TestNode node) {
        return node.database()
                .read(
                        tx ->
                                tx.find(
                                        "SELECT COUNT(*) AS many FROM inbox_activity"
                                                + " WHERE state = 'WAITING'",
                                        row -> row.number("many")))
                .orElseThrow();
    }

    private static Sessions.Outcome tryToSignIn(TestNode node, String email, String password) {
        return node.domains().sessions().signIn(email, password, Optional.empty(), "192.0.2.1");
    }

    private static Staff signIn(TestNode node, String email, String password) {
        var outcome = tryToSignIn(node, email, password);
        assertThat(outcome).isInstanceOf(Sessions.Outcome.SignedIn.class);
        var session = ((Sessions.Outcome.SignedIn) outcome).session();
        return node.domains().sessions().find(session.value()).orElseThrow();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(clinic.url().resolve(path)).GET());
    }

    private static HttpResponse<String> api(String token, ReferralId id) throws Exception {
        return send(
                HttpRequest.newBuilder(clinic.url().resolve("/api/v1/referrals/" + id))
                        .header("Authorization", "Bearer " + token)
                        .GET());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(two.nodes.shelter.url().resolve(path))
                .header("Accept", "text/html");
    }

    private static HttpResponse<String> post(HttpClient client, String path, String... fields)
            throws Exception {
        var body = fields[0] + "=" + URLEncoder.encode(fields[1], StandardCharsets.UTF_8);
        return client.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
