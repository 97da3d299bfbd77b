// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.database.Transaction;
import org.waymark.node.page.Contact;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Languages;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Styles;
import org.waymark.node.work.Work;

/// Letters arrive at a real server, or somebody learns why not; none is lost on the way.
class MailTest {

    private static final MailAddress OFFICE = new MailAddress("office@clinic.example");
    private static final UUID OWNER = new UUID(1, 1);
    private static final URI LINK = URI.create("https://shelter.example/ar/check/abc");

    @TempDir private static Path folder;
    private static Certificate certificate;
    private static Certificate forAnotherName;

    private final TestClock clock = new TestClock();
    private final Database database = Databases.inMemory();
    private final AtomicInteger written = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();
    private Work work = new Work(database, clock);

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate =
                Certificate.made(
                        java.nio.file.Files.createDirectory(folder.resolve("one")), "ip:127.0.0.1");
        forAnotherName =
                Certificate.made(
                        java.nio.file.Files.createDirectory(folder.resolve("other")),
                        "dns:mail.elsewhere.example");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aLetterArrivesInTheReadersLanguageAndLeavesNoRow() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser("waymark@shelter.example", "waymark", "secret");
            var mail = mail(settings(server.getSmtp().getPort(), "waymark", "secret"));
            send(mail, "ar");

            work.runDue();

            assertThat(mail.standing()).isEqualTo(new Mail.Standing(true, Optional.empty(), 0, 0));
            var got = server.getReceivedMessages();
            assertThat(got).hasSize(1);
            assertThat(got[0].getSubject()).isEqualTo("\u200f\u2068Clinic A\u2069: البريد يعمل");
            assertThat(got[0].getContentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(got[0].getHeader("Content-Language")).containsExactly("ar");
            assertThat(got[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(got[0].getHeader("List-Unsubscribe")).containsExactly("<" + LINK + "/stop>");
            assertThat(got[0].getHeader("Message-ID")[0]).endsWith("@shelter.example>");
            assertThat(got[0].getFrom()[0]).hasToString("waymark@shelter.example");
            assertThat(got[0].getContent().toString().lines())
                    .allMatch(
                            line ->
                                    line.isEmpty()
                                            || line.startsWith("\u200f")
                                            || line.equals(LINK.toString()));
            assertThat(got[0].getContent().toString()).contains("موقع \u2068Clinic A\u2069 إرسال");
        } finally {
            server.stop();
        }
    }

    @Test
    void whatWasNotCommittedIsNotSent() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            try {
                database.run(
                        tx -> {
                            mail.send(tx, "test", "it", OWNER, OFFICE, "en");
                            throw new IllegalStateException("rolled back");
                        });
            } catch (IllegalStateException e) {
                // As intended.
            }

            assertThat(work.runDue()).isZero();
            assertThat(server.commands()).isEmpty();
        }
    }

    @Test
    void withoutAServerNothingIsWrittenAndNobodyIsTroubled() {
        var mail = mail(MailSettings.off());

        assertThat(database.<Boolean>write(tx -> mail.send(tx, "test", "it", OWNER, OFFICE, "en")))
                .isFalse();
        assertThat(mail.standing()).isEqualTo(new Mail.Standing(false, Optional.empty(), 0, 0));
        assertThat(work.runDue()).isZero();
    }

    @Test
    void aMailboxThatDoesNotExistIsShownAndCanBeTriedAgain() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            server.answers("RCPT", "550 5.1.1 no such mailbox office@clinic.example");
            send(mail, "en");
            work.runDue();

            assertThat(mail.failed(OWNER))
                    .singleElement()
                    .satisfies(
                            post -> {
                                assertThat(post.to()).isEqualTo(OFFICE);
                                assertThat(post.failure().orElseThrow().code())
                                        .isEqualTo("mail-address-refused");
                            });
            assertThat(mail.failed(new UUID(2, 2))).as("other organisations").isEmpty();
            assertThat(failures).containsExactly("mail-address-refused");

            server.answersAsUsual("RCPT");
            mail.sendAgain(OWNER);
            work.runDue();

            assertThat(server.letters()).hasSize(1);
            assertThat(mail.failed(OWNER)).isEmpty();
        }
    }

    @Test
    void aServerThatWillNotHaveTheTextIsNotAskedTwice() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            server.answers(".", "554 5.7.1 looks like spam");
            send(mail, "en");
            work.runDue();
            clock.advance(Duration.ofDays(1));

            assertThat(work.runDue()).isZero();
            assertThat(failures).containsExactly("mail-refused");
        }
    }

    @Test
    void whatIsPutOffComesAgainLater() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            server.answers("RCPT", "451 4.7.1 greylisted");
            send(mail, "en");

            assertThat(work.runDue()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(59));
            assertThat(work.runDue()).isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(work.runDue()).isEqualTo(1);
            server.answersAsUsual("RCPT");
            clock.advance(Duration.ofMinutes(5));
            work.runDue();

            assertThat(server.letters()).hasSize(1);
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void whileTheServerIsAwayAllWaitTogetherAndNoLetterIsWritten() throws IOException {
        try (var away = nobodyListens()) {
            var mail = mail(settings(away.getLocalPort()));
            for (int i = 0; i < 5; i++) {
                send(mail, "en");
            }

            assertThat(work.runDue()).as("one tries").isEqualTo(1);
            assertThat(mail.standing())
                    .isEqualTo(
                            new Mail.Standing(true, Optional.of("mail-server-unreachable"), 5, 0));
            assertThat(written).hasValue(0);

            try (var server = ScriptedServer.inClearAt(away.getLocalPort())) {
                clock.advance(Duration.ofMinutes(1));
                work.runDue();

                assertThat(server.letters()).hasSize(5);
                assertThat(mail.standing())
                        .isEqualTo(new Mail.Standing(true, Optional.empty(), 0, 0));
            }
        }
    }

    @Test
    void afterFiveDaysItIsGivenUpAndSaid() throws IOException {
        try (var away = nobodyListens()) {
            var mail = mail(settings(away.getLocalPort()));
            send(mail, "en");
            for (int i = 0; i < 12; i++) {
                work.runDue();
                clock.advance(Duration.ofHours(11));
            }

            assertThat(failures).containsExactly("mail-server-unreachable");
            assertThat(mail.failed(OWNER)).hasSize(1);
        }
    }

    @Test
    void theAddressOfAFailedLetterIsErasedAfterNinetyDaysThoughNoLetterGoes() throws IOException {
        try (var away = nobodyListens()) {
            var mail = mail(settings(away.getLocalPort()));
            new MailSweep(database, work, clock);
            send(mail, "en");
            for (int i = 0; i < 12; i++) {
                work.runDue();
                clock.advance(Duration.ofHours(11));
            }
            assertThat(mail.failed(OWNER)).hasSize(1);

            clock.advance(Duration.ofDays(89));
            work.runDue();
            assertThat(mail.failed(OWNER)).as("not yet").hasSize(1);

            clock.advance(Duration.ofDays(2));
            work.runDue();
            assertThat(mail.failed(OWNER)).isEmpty();
        }
    }

    @Test
    void whatTheServerTookBeforeItHungUpIsSentAgainUnderTheSameId() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            server.answers(".", ScriptedServer.HANG_UP);
            send(mail, "en");
            work.runDue();
            server.answersAsUsual(".");
            clock.advance(Duration.ofMinutes(1));
            work.runDue();

            assertThat(server.letters()).hasSize(2);
            assertThat(server.letters().stream().map(MailTest::messageId).distinct()).hasSize(1);
            assertThat(mail.standing().waiting()).isZero();
        }
    }

    @Test
    void aPowerCutBeforeTheSendingLosesNothing() {
        try (var server = ScriptedServer.inClear()) {
            send(mail(settings(server.port())), "en");

            work = new Work(database, clock);
            mail(settings(server.port()));
            work.runDue();

            assertThat(server.letters()).hasSize(1);
        }
    }

    @Test
    void aPowerCutAfterTheSendingSendsOnceMore() {
        try (var server = ScriptedServer.inClear()) {
            var cut = new AtomicInteger(1);
            var mail =
                    mail(
                            settings(server.port()),
                            () -> {
                                if (cut.getAndDecrement() > 0) {
                                    throw new Error("the power is cut");
                                }
                            });
            send(mail, "en");
            assertThatThrownBy(work::runDue).hasMessage("the power is cut");
            work = new Work(database, clock);
            mail(settings(server.port()));
            work.runDue();

            assertThat(server.letters()).hasSize(2);
            assertThat(mail.standing().waiting()).isZero();
        }
    }

    @Test
    void whoWroteItAndFailsAfterwardsDoesNotMakeItGoAgain() {
        try (var server = ScriptedServer.inClear()) {
            var mail =
                    mail(
                            settings(server.port()),
                            () -> {
                                throw new IllegalStateException("not noted");
                            });
            send(mail, "en");
            for (int i = 0; i < 20; i++) {
                work.runDue();
                clock.advance(Duration.ofHours(11));
            }

            assertThat(server.letters()).hasSize(1);
            assertThat(mail.standing()).isEqualTo(new Mail.Standing(true, Optional.empty(), 0, 0));
        }
    }

    @Test
    void aLetterThatCannotBeWrittenIsGivenUpAndSaid() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            mail.composes(
                    "broken",
                    _ -> {
                        throw new IllegalStateException("MARKER");
                    });
            database.run(tx -> mail.send(tx, "broken", "it", OWNER, OFFICE, "en"));
            for (int i = 0; i < 20; i++) {
                work.runDue();
                clock.advance(Duration.ofHours(11));
            }

            assertThat(mail.failed(OWNER))
                    .singleElement()
                    .satisfies(
                            it ->
                                    assertThat(it.failure().orElseThrow().code())
                                            .isEqualTo("mail-not-written"));
            assertThat(mail.standing().waiting()).isZero();
            assertThat(work.runDue()).as("nobody signs in for it any more").isZero();
        }
    }

    @Test
    void tlsIsRequiredBeforeAnythingIsSaid() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port(), MailSettings.Tls.STARTTLS, certificate.pem()));
            send(mail, "en");
            work.runDue();

            assertThat(mail.standing().code()).contains("mail-tls-missing");
            assertThat(server.commands()).noneMatch(line -> line.matches("(AUTH|MAIL|RCPT).*"));
        }
    }

    @Test
    void overTlsALetterArrives() {
        try (var offering = ScriptedServer.offeringTls(certificate.context());
                var inside = ScriptedServer.insideTls(certificate.context())) {
            var mail =
                    mail(settings(offering.port(), MailSettings.Tls.STARTTLS, certificate.pem()));
            send(mail, "en");
            work.runDue();
            work = new Work(database, clock);
            var other = mail(settings(inside.port(), MailSettings.Tls.IMPLICIT, certificate.pem()));
            send(other, "en");
            work.runDue();

            assertThat(offering.letters()).hasSize(1);
            assertThat(offering.commands()).containsSubsequence("STARTTLS");
            assertThat(inside.letters()).hasSize(1);
        }
    }

    @Test
    void aServerWithTheWrongCertificateGetsNothing() {
        try (var stranger = ScriptedServer.offeringTls(forAnotherName.context())) {
            var unknown =
                    mail(settings(stranger.port(), MailSettings.Tls.STARTTLS, certificate.pem()));
            send(unknown, "en");
            work.runDue();
            work = new Work(database, clock);
            var otherName =
                    mail(
                            settings(
                                    stranger.port(),
                                    MailSettings.Tls.STARTTLS,
                                    forAnotherName.pem()));
            clock.advance(Duration.ofMinutes(1));
            work.runDue();

            assertThat(unknown.standing().code()).contains("mail-tls-failed");
            assertThat(otherName.standing().code()).contains("mail-tls-failed");
            assertThat(stranger.commands()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void aPasswordThatIsRefusedIsNoFaultOfTheLetter() {
        try (var server = ScriptedServer.inClear()) {
            server.answers("AUTH", "535 5.7.8 no");
            var mail = mail(settings(server.port(), "waymark", "wrong"));
            send(mail, "en");
            work.runDue();

            assertThat(mail.standing())
                    .isEqualTo(new Mail.Standing(true, Optional.of("mail-sign-in-refused"), 1, 0));

            server.answersAsUsual("AUTH");
            mail.sendAgain(OWNER);
            work.runDue();
            assertThat(server.letters()).hasSize(1);
        }
    }

    @Test
    void aSenderTheServerWillNotHaveIsNoFaultOfTheLetterEither() {
        try (var server = ScriptedServer.inClear()) {
            server.answers("MAIL", "550 not yours");
            var mail = mail(settings(server.port()));
            send(mail, "en");
            work.runDue();

            assertThat(mail.standing().code()).contains("mail-sender-refused");
            assertThat(failures).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 5.7.1 <office@clinic.example>: Relay access denied",
                "550 relay not permitted",
                "530 5.7.0 Authentication required"
            })
    void aServerThatTakesNothingForOthersIsNoFaultOfTheMailbox(String answer) {
        try (var server = ScriptedServer.inClear()) {
            server.answers("RCPT", answer);
            var mail = mail(settings(server.port()));
            send(mail, "en");
            work.runDue();

            assertThat(mail.standing())
                    .isEqualTo(new Mail.Standing(true, Optional.of("mail-sender-refused"), 1, 0));
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void whatIsTakenBackIsNotSent() {
        try (var server = ScriptedServer.inClear()) {
            var mail = mail(settings(server.port()));
            send(mail, "en");
            database.run(tx -> mail.takeBack(tx, "test", "it"));
            work.runDue();

            assertThat(server.commands()).isEmpty();
        }
    }

    @Test
    void anAddressWithALineInItIsNone() {
        assertThat(MailAddress.of("a@b.example\r\nBcc: c@d.example")).isEmpty();
        assertThat(MailAddress.of("<a@b.example>")).isEmpty();
        assertThat(MailAddress.of("a b@c.example")).isEmpty();
        assertThat(MailAddress.of(" Office@Clinic.Example ")).contains(OFFICE);
    }

    @Test
    void aNameWithALineInItStaysInTheSubject() {
        try (var server = ScriptedServer.inClear()) {
            var letter =
                    Letter.in(pages().open("en", ""))
                            .subject("mail.test.subject", "A\r\nBcc: c@d.example")
                            .say("mail.test.body", "A\r\n.\r\nB")
                            .write();
            var mail = mail(settings(server.port()));

            assertThat(mail.tryOut(OFFICE, letter)).isEqualTo(new Sending.Sent());

            assertThat(server.letters().getFirst()).doesNotContainPattern("(?m)^Bcc");
            assertThat(server.commands()).filteredOn(it -> it.startsWith("RCPT")).hasSize(1);
        }
    }

    private void send(Mail mail, String language) {
        assertThat(
                        database.<Boolean>write(
                                tx -> mail.send(tx, "test", "it", OWNER, OFFICE, language)))
                .isTrue();
    }

    private Mail mail(MailSettings settings) {
        return mail(settings, () -> {});
    }

    private Mail mail(MailSettings settings, Runnable afterwards) {
        var mail =
                new Mail(
                        database,
                        work,
                        settings,
                        "shelter.example",
                        OpenTime.always(),
                        clock,
                        UUID::randomUUID);
        var pages = pages();
        mail.composes(
                "test",
                new Composer() {
                    @Override
                    public Optional<Letter> compose(Post post) {
                        written.incrementAndGet();
                        return Optional.of(
                                Letter.in(pages.open(post.language(), ""))
                                        .subject("mail.test.subject", "Clinic A")
                                        .say("mail.test.body", "Clinic A")
                                        .link(LINK)
                                        .stopAt(URI.create(LINK + "/stop"))
                                        .write());
                    }

                    @Override
                    public void sent(Transaction tx, Post post) {
                        afterwards.run();
                    }

                    @Override
                    public void failed(Transaction tx, Post post, String code) {
                        failures.add(code);
                    }
                });
        return mail;
    }

    private static Pages pages() {
        var imprint =
                new Imprint(
                        "The Shelter",
                        "",
                        Contact.none(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty());
        return new Pages(() -> imprint, Languages.shipped(), new Styles());
    }

    private static MailSettings settings(int port) {
        return settings(port, Optional.empty(), Optional.empty());
    }

    private static MailSettings settings(int port, String user, String password) {
        return settings(port, Optional.of(user), Optional.of(password));
    }

    private static MailSettings settings(
            int port, Optional<String> user, Optional<String> password) {
        return new MailSettings(
                Optional.of("127.0.0.1"),
                port,
                MailSettings.Tls.OFF,
                user,
                password,
                Optional.of(new MailAddress("waymark@shelter.example")),
                Optional.empty());
    }

    private static MailSettings settings(int port, MailSettings.Tls tls, Path believed) {
        return new MailSettings(
                Optional.of("127.0.0.1"),
                port,
                tls,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new MailAddress("waymark@shelter.example")),
                Optional.of(believed));
    }

    private static String messageId(String letter) {
        return letter.lines().filter(it -> it.startsWith("Message-ID")).findFirst().orElse("none");
    }

    /// Keeps a port without listening there, so that nobody else takes it meanwhile.
    private static java.net.Socket nobodyListens() throws IOException {
        var socket = new java.net.Socket();
        socket.setReuseAddress(true);
        socket.bind(new java.net.InetSocketAddress(0));
        return socket;
    }
}
