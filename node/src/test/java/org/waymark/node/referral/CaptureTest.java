// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.waymark.node.TestNode;
import org.waymark.node.account.Sessions;
import org.waymark.node.account.Staff;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.mail.ScriptedServer;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.search.IndexReading;

/// What a listener on the wire, who carries the mail, a reader of the logs, a thief of the disk or
/// of a backup knows of the people in many requests: nothing; and of a disk whose keys are locked
/// nothing opens. Each request goes another way through its life.
@SuppressWarnings("NullAway.Init") // set before the first test
class CaptureTest {

    private static final int REQUESTS = Boolean.getBoolean("waymark.long") ? 200 : 20;

    private static final String NAME = "Zarquillaname";
    private static final String LANGUAGE = "tlh-zqmark7";
    private static final String PHONE = "5550177831";
    // What the two parties read on their screens, each of it.
    private static final List<String> TOLD =
            List.of(
                    NAME,
                    LANGUAGE,
                    PHONE,
                    "qwreasonmark",
                    "qwservicesmark",
                    "qwareamark",
                    "qwanothermark",
                    "qwtimesmark",
                    "qwcaregivermark",
                    "qwlocalmark",
                    "qwnumbermark",
                    "qwnotemark",
                    "qwstepmark",
                    "qwquestionmark",
                    "qwanswermark",
                    "qwrefusalmark",
                    "qwwaitingmark",
                    "CANNOT_INTERPRET",
                    "HELPED_ELSEWHERE");
    private static final String WORD = "qwwordmark";
    private static final String MESSAGE = "qwmessagemark";
    private static final List<String> ALL =
            Stream.concat(
                            TOLD.stream(),
                            Stream.of(WORD, MESSAGE, "cannot-interpret", "helped-elsewhere"))
                    .toList();
    private static final Markers MARKERS = new Markers(ALL);
    // Anybody may read this: where it is not found, nothing was looked at.
    private static final String PUBLIC = "Beds for families";
    private static final Markers IN_THE_OPEN = new Markers(List.of(PUBLIC));

    private static final Markers MASTER_KEYS = new Markers(List.of());
    private static final Map<TestNode, byte[]> KEYS = new HashMap<>();
    private static final Map<TestNode, String> SHEETS = new HashMap<>();
    private static final Map<TestNode, Staff> SIGNED_IN = new HashMap<>();

    @TempDir private static Path scratch;
    private static final List<String> LOGGED = new ArrayList<>();
    private static final Handler LISTENER =
            new Handler() {
                private final SimpleFormatter formatter = new SimpleFormatter();

                @Override
                public synchronized void publish(LogRecord line) {
                    LOGGED.add(formatter.format(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    private static final StringBuilder SCREENS = new StringBuilder();
    private static ScriptedServer mail;
    private static Partnered two;
    private static ListingId outside;

    @BeforeAll
    static void referMany() throws IOException {
        Logger.getLogger("").addHandler(LISTENER);
        mail = ScriptedServer.inClear();
        two =
                new Partnered(
                        "mail.host=127.0.0.1",
                        "mail.port=" + mail.port(),
                        "mail.tls=off",
                        "mail.from=office@house.example",
                        "keys.unlock=staff");
        for (var node : both()) {
            noteMasterKey(node);
            signInIfLocked(node);
        }
        outside = mailOnly();
        for (int i = 0; i < REQUESTS; i++) {
            refer(i);
        }
        // Erasures after a stop, and a few nights.
        for (int i = 0; i < 4; i++) {
            two.nodes.clock.advance(Duration.ofHours(25));
            two.settle();
            both().forEach(CaptureTest::signInIfLocked);
            two.settle();
        }
    }

    private static List<TestNode> both() {
        return List.of(two.nodes.shelter, two.nodes.clinic);
    }

    /// As it was founded the key lies in its folder; nobody has signed in yet.
    private static void noteMasterKey(TestNode node) {
        var folder = KeyFolder.open(node.settings().keysDirectory(), node.settings().data());
        var sheet = MasterKey.open(folder).recoverySheet(node.url());
        var key = KeyThief.keyOf(sheet);
        SHEETS.put(node, sheet);
        assertThat(new Markers(List.of()).and("the master key", key).below(image(node))).hasSize(1);
        MASTER_KEYS.and("the master key", key);
        KEYS.put(node, key);
    }

    private static byte[] keyOf(TestNode node) {
        return Objects.requireNonNull(KEYS.get(node));
    }

    private static void signInIfLocked(TestNode node) {
        if (node.domains().keyLock().isLocked() || isInItsFolder(node)) {
            var email = "caseworker@" + node.organization().slug() + ".example";
            var sessions = node.domains().sessions();
            var outcome =
                    (Sessions.Outcome.SignedIn)
                            sessions.signIn(
                                    email, TestNode.PASSWORD, Optional.empty(), "192.0.2.1");
            SIGNED_IN.put(node, sessions.find(outcome.session().value()).orElseThrow());
        }
        assertThat(node.domains().keyLock().isLocked()).isFalse();
    }

    private static boolean isInItsFolder(TestNode node) {
        return Files.exists(node.settings().keysDirectory().resolve("master.key"));
    }

    /// Everything of a node that lies on a disk.
    private static Path image(TestNode node) {
        return node.settings().data().toAbsolutePath().resolveSibling(".").normalize();
    }

    @AfterAll
    static void close() {
        Logger.getLogger("").removeHandler(LISTENER);
        two.close();
        mail.close();
    }

    /// A service whose provider has no node, only a mailbox.
    private static ListingId mailOnly() throws IOException {
        var shelter = two.nodes.shelter;
        shelter.domains()
                .directoryImport()
                .run(
                        shelter.acting(),
                        Path.of("src/test/resources/hsds/lindmar-1.1"),
                        new HsdsImport.Options(
                                shelter.organization().id(),
                                Optional.of("XL"),
                                ZoneId.of("Europe/Berlin"),
                                "en",
                                Optional.empty(),
                                false),
                        (_, _, _) -> {});
        var listings = shelter.domains().listings();
        var provider = listings.list(shelter.acting(), "Swimming", 1).getFirst().provider();
        var listing =
                listings.add(
                        shelter.acting(),
                        Draft.named(Text.of("en", "Rooms by the harbour"))
                                .provider(provider.id())
                                .topics(Set.of(Topic.HOUSING))
                                .referralPolicy(ReferralPolicy.TAKEN)
                                .build());
        var receivers = shelter.domains().mailReceivers();
        var mailbox = new MailAddress("intake@harbour.example");
        var receiver =
                receivers
                        .put(shelter.acting(), listing, mailbox, "+49 30 5550 199", "en")
                        .orElseThrow()
                        .id();
        var today = LocalDate.now(two.nodes.clock);
        receivers.agree(shelter.acting(), receiver, Optional.of(today.plusYears(1)));
        receivers.confirm(shelter.acting(), receiver, mailbox, "reception");
        return listing.id();
    }

    private static void refer(int number) {
        var way = number % 8;
        var id = two.draft(wanted(way == 7 ? outside : two.beds));
        two.shelter.recordConsent(two.sara, id, Samples.spoken(two.nodes.clock));
        if (way == 6) {
            // Never sent.
            SCREENS.append(two.atShelter(id));
            two.shelter.delete(two.sara, id);
            return;
        }
        assertThat(two.shelter.send(two.sara, id)).isInstanceOf(MoveOutcome.Moved.class);
        var desk = two.nodes.shelter.domains().personDesk();
        desk.giveCode(two.sara, id, Optional.of(WORD));
        assertThat(desk.write(two.sara, id, MESSAGE)).isTrue();
        two.settle();
        if (way != 7) {
            answer(way, id, two.clinicId(id));
            two.settle();
            SCREENS.append(two.atClinic(id));
        }
        SCREENS.append(two.atShelter(id));
        if (way > 3) {
            two.shelter.withdraw(two.sara, id, way == 5);
            two.settle();
        }
    }

    private static void answer(int way, ReferralId ours, ReferralId theirs) {
        switch (way) {
            case 0, 4 -> {
                two.clinic.accept(two.carlo, theirs, step());
                two.settle();
                if (way == 0) {
                    close(theirs, Travelling.Outcome.HELPED);
                }
            }
            case 1 ->
                    two.clinic.decline(
                            two.carlo,
                            theirs,
                            new Travelling.Refusal(
                                    Travelling.Reason.CANNOT_INTERPRET,
                                    "qwrefusalmark",
                                    List.of()));
            case 2 -> {
                two.clinic.ask(two.carlo, theirs, "qwquestionmark how many?");
                two.settle();
                two.shelter.answer(two.sara, ours, "qwanswermark two");
            }
            case 3 -> {
                two.clinic.waitlist(two.carlo, theirs, new Travelling.Waiting("qwwaitingmark"));
                two.settle();
                two.clinic.accept(two.carlo, theirs, step());
                two.settle();
                two.clinic.fail(two.carlo, theirs, closing(Travelling.Outcome.HELPED_ELSEWHERE));
            }
            default -> {
                // Stopped before they answered.
            }
        }
    }

    private static void close(ReferralId theirs, Travelling.Outcome outcome) {
        two.clinic.complete(two.carlo, theirs, closing(outcome));
    }

    private static Travelling.Closing closing(Travelling.Outcome outcome) {
        return new Travelling.Closing(Optional.of(outcome), LocalDate.now(two.nodes.clock));
    }

    private static Travelling.NextStep step() {
        return new Travelling.NextStep("qwstepmark come on Monday", Optional.empty());
    }

    private static NewReferral wanted(ListingId listing) {
        return new NewReferral(
                listing,
                "qwreasonmark a room for three",
                "qwservicesmark a night in the church",
                Urgency.THREE_DAYS,
                new Travelling.Fit(
                        Optional.empty(),
                        Optional.of(LANGUAGE),
                        Set.of(Travelling.Wish.WOMAN),
                        1,
                        2,
                        Set.of(),
                        "qwareamark"),
                Set.of(),
                false,
                new Travelling.Contact(
                        NAME,
                        Travelling.Channel.CALL,
                        "+49" + PHONE,
                        Travelling.PhoneOwner.SHARED,
                        LANGUAGE,
                        "qwanothermark say the library calls",
                        "qwtimesmark mornings",
                        Optional.of("qwcaregivermark")),
                new LocalNotes("qwlocalmark Amina", "qwnumbermark", "qwnotemark"));
    }

    /// Without this the rest would be easy.
    @Test
    void theTwoPartiesReadAllOfIt() {
        assertThat(SCREENS.toString()).contains(TOLD);
    }

    @Test
    void aListenerOnTheWireReadsNothingOfThem() {
        var open = new ArrayList<String>();
        var passed = 0L;
        for (var door : List.of(two.shelterDoor, two.clinicDoor)) {
            for (var connection : door.everything()) {
                passed += connection.length;
                assertThat(MARKERS.in("the wire", connection)).isEmpty();
                open.addAll(IN_THE_OPEN.in("the wire", connection));
            }
        }
        assertThat(passed).isGreaterThan(REQUESTS * 2_000L);
        assertThat(open).isNotEmpty();
    }

    @Test
    void whoCarriesTheMailReadsNothingOfThem() {
        assertThat(mail.letters()).hasSizeGreaterThanOrEqualTo(REQUESTS / 8);
        var letters = new ArrayList<>(mail.letters());
        letters.addAll(mail.texts());
        for (var letter : letters) {
            assertThat(MARKERS.in("a letter", letter.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
    }

    @Test
    void theLogsSayNothingOfThem() {
        var text = String.join("\n", LOGGED).getBytes(StandardCharsets.UTF_8);
        assertThat(text).isNotEmpty();
        assertThat(MARKERS.in("the log", text)).isEmpty();
    }

    @Test
    void neitherDisksNorBackupsSayAnythingOfThem() {
        for (var node : both()) {
            var backup = scratch.resolve(node.organization().slug());
            node.database()
                    .run(
                            tx ->
                                    tx.update(
                                            "CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)",
                                            backup.toString()));
            for (var folder : List.of(image(node), backup)) {
                assertThat(MARKERS.below(folder)).isEmpty();
                assertThat(IN_THE_OPEN.below(folder)).isNotEmpty();
            }
        }
    }

    /// Read by Lucene, and cut and folded as our search does it: the bytes alone would show
    /// nothing.
    @Test
    void theSearchIndexHoldsNoneOfThem() {
        for (var node : both()) {
            node.domains().listingIndex().catchUp();
            // Stopped, all of it lies on the disk.
            node.stop();
            node.startAgain();
            var index = IndexReading.below(node.settings().data());
            assertThat(IndexReading.find(index, ALL)).isEmpty();
            assertThat(IndexReading.find(index, List.of(PUBLIC))).containsExactly(PUBLIC);
        }
    }

    /// How the keys of a node come to be closed.
    private enum Closing {
        LOCKED {
            @Override
            void close(TestNode node) {
                node.domains().keyLock().lock(Acting.node(), false);
            }
        },
        NOBODY_SIGNED_IN {
            @Override
            void close(TestNode node) {
                node.domains().sessions().signOut(Objects.requireNonNull(SIGNED_IN.get(node)));
            }
        },
        JUST_STARTED {
            @Override
            void close(TestNode node) {
                node.stop();
                node.startAgain();
            }
        };

        abstract void close(TestNode node);
    }

    /// A copy of everything, the key folder too: whatever lies in it opens nothing in it, neither a
    /// case nor the voice of the node. (A locked node signs nothing, so its signing keys lie under
    /// the master key, too.)
    @ParameterizedTest
    @EnumSource(Closing.class)
    void closedNothingOpensWithWhatLiesBesideIt(Closing closing) throws Exception {
        for (var node : both()) {
            signInIfLocked(node);
            closing.close(node);
            assertThat(node.domains().keyLock().isLocked()).isTrue();
            var thief = new KeyThief(node, node.settings().keysDirectory(), image(node));

            // With the sheet the thief opens it all, but for the keys of staff.
            var master = ByteBuffer.wrap(keyOf(node));
            var everything = thief.loot(List.of(master));
            assertThat(everything.keySet())
                    .anyMatch(it -> it.startsWith("key-encryption-keys"))
                    .anyMatch(it -> it.startsWith("seal-keys"))
                    .anyMatch(it -> it.startsWith("case-keys"))
                    .anyMatch(it -> it.startsWith("actor-key RSA"))
                    .anyMatch(it -> it.startsWith("actor-key Ed25519"))
                    .contains("audit.key");
            assertThat(text(everything)).contains("qw");
            // And with the password of one of them, through their key.
            var byPassword = thief.loot(thief.byPassword(TestNode.PASSWORD));
            assertThat(byPassword.keySet())
                    .containsAll(everything.keySet())
                    .containsAll(thief.keys())
                    .anyMatch(it -> it.startsWith("staff-keys"));

            // Without, nothing: none of these keys lies anywhere as it is, and nothing that does
            // opens one.
            assertThat(MARKERS.below(image(node))).isEmpty();
            assertThat(MASTER_KEYS.below(image(node))).isEmpty();
            var secrets = new Markers(List.of());
            KeyThief.secrets(everything).forEach(secrets::and);
            assertThat(secrets.below(image(node))).isEmpty();
            var everyKey = thief.everyKey(lyingAround(node));
            assertThat(everyKey).hasSizeGreaterThan(100);
            assertThat(thief.loot(everyKey)).isEmpty();
        }
    }

    private static String text(Map<String, byte[]> loot) {
        return loot.entrySet().stream()
                .filter(it -> it.getKey().startsWith("field "))
                .map(it -> new String(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }

    /// Words that may have been taken for passwords, and are not.
    private static List<String> lyingAround(TestNode node) {
        var slug = node.organization().slug();
        return List.of(
                "",
                slug,
                node.organization().id().toString(),
                node.url().toString(),
                "caseworker@" + slug + ".example");
    }

    /// The thief: one key that somebody left lying opens what is below it.
    @Test
    void aKeyThatWasLeftInClearOpensWhatLiesUnderIt() throws Exception {
        var node = two.nodes.clinic;
        signInIfLocked(node);
        var keys = scratch.resolve("keys");
        copy(node.settings().keysDirectory(), keys);
        var beside = Files.createDirectories(scratch.resolve("beside"));
        node.domains().keyLock().lock(Acting.node(), false);
        var thief = new KeyThief(node, keys, beside);
        assertThat(thief.loot(thief.everyKey(List.of()))).isEmpty();
        var all = thief.loot(List.of(ByteBuffer.wrap(keyOf(node))));
        var month =
                all.keySet().stream()
                        .filter(it -> it.startsWith("key-encryption-keys"))
                        .findFirst()
                        .orElseThrow();

        // The key of a month, unwrapped, beside it.
        var left = Files.write(keys.resolve("left"), Objects.requireNonNull(all.get(month)));
        assertThat(thief.loot(thief.everyKey(List.of())).keySet())
                .anyMatch(it -> it.startsWith("case-keys"))
                .anyMatch(it -> it.startsWith("field "))
                .noneMatch(it -> it.startsWith("seal-keys") || it.startsWith("actor-key"));
        Files.delete(left);

        // The master key, as somebody typed it, anywhere.
        for (var written :
                List.of(
                        HexFormat.of().formatHex(keyOf(node)),
                        Base64.getEncoder().encodeToString(keyOf(node)),
                        Objects.requireNonNull(SHEETS.get(node)))) {
            Files.writeString(beside.resolve("note"), "the key: " + written + "\n");
            assertThat(thief.loot(thief.everyKey(List.of())).keySet()).containsAll(all.keySet());
        }
        Files.delete(beside.resolve("note"));
        // A password that is the name of the node.
        assertThat(thief.loot(thief.everyKey(List.of(TestNode.PASSWORD))).keySet())
                .containsAll(all.keySet());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one)));
            }
        }
    }

    /// The search itself: each way of writing a marker is found.
    @Test
    void aMarkerIsFoundHoweverItIsWritten() throws IOException {
        var text = "{\"name\":\"" + NAME + "\"}";
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(utf8);
        }
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(utf8);
        }
        for (var bytes :
                List.of(
                        utf8,
                        text.getBytes(StandardCharsets.UTF_16),
                        text.getBytes(StandardCharsets.UTF_16LE),
                        Base64.getEncoder().encode(utf8),
                        Base64.getUrlEncoder()
                                .encode(("x" + text).getBytes(StandardCharsets.UTF_8)),
                        Base64.getEncoder().encode(("xy" + text).getBytes(StandardCharsets.UTF_8)),
                        text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
                        packed.toByteArray(),
                        deflated.toByteArray())) {
            assertThat(MARKERS.in("a test", bytes)).isNotEmpty();
        }
        assertThat(MARKERS.in("a test", "nothing".getBytes(StandardCharsets.UTF_8))).isEmpty();
        var file =
                Files.writeString(
                        Files.createDirectory(scratch.resolve("file")).resolve("a"), text);
        assertThat(MARKERS.below(file.resolveSibling("."))).hasSize(1);
    }
}
