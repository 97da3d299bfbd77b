// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.referral.LifeCycle.State.ACCEPTED;
import static org.waymark.node.referral.LifeCycle.State.SENT;
import static org.waymark.node.referral.LifeCycle.State.WITHDRAWN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestNode;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Text;

/// A data folder of two weeks ago is put back in its place, by hand. Both sides end with the same,
/// and nothing is sent twice.
class RestoreTest {

    private static final Pattern POSTED = Pattern.compile("\"id\":\"(http://[^\"]+/a/[^\"]+)\"");

    @TempDir Path backup;

    @Test
    @Tag("attack:backup-restored")
    void afterABackupOfTwoWeeksAgoBothSidesConvergeAndNothingIsSentTwice() {
        try (var two = new Partnered()) {
            var nodes = two.nodes;
            var shelter = nodes.shelter;
            var clinic = nodes.clinic;
            // Given a life before the backup, with a change that waits for a partner that is away,
            var kept = add(shelter, "Legal advice", Reach.PUBLIC);
            var changed = add(shelter, "Open kitchen", Reach.PUBLIC);
            var closed = add(shelter, "Sewing room", Reach.PUBLIC);
            add(shelter, "Night shift contact", Reach.PARTNERS);
            var theirs = add(clinic, "Dentist", Reach.PUBLIC);
            var referral = two.sent();
            two.clinicDoor.cut();
            rename(shelter, kept, "Legal help");
            nodes.settle();
            shelter.stop();
            copy(shelter.settings().data(), backup);
            shelter.startAgain();
            two.clinicDoor.mend();
            var restoreId = restoreId(shelter);

            // and two weeks more.
            nodes.clock.advance(Duration.ofDays(14));
            nodes.settle();
            checkListingsAreEqual(two);
            rename(shelter, changed, "Open garden");
            shelter.domains().listings().close(shelter.acting(), closed.id());
            var lost = add(shelter, "Bicycle repair", Reach.PUBLIC);
            rename(clinic, theirs, "Dentists");
            add(clinic, "Eye doctor", Reach.PUBLIC);
            two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
            aDay(two);
            checkListingsAreEqual(two);
            assertThat(atShelter(two, referral).state()).isEqualTo(ACCEPTED);
            assertThat(two.atClinic(referral).contact()).isPresent();
            assertThat(restoreId(shelter)).isEqualTo(restoreId);
            var queued =
                    count(shelter, "SELECT COUNT(*) AS n FROM delivery WHERE code = 'restored'");
            assertThat(queued).isZero();

            // When the old folder is put back,
            shelter.stop();
            delete(shelter.settings().data());
            copy(backup, shelter.settings().data());
            shelter.startAgain();

            // then it is noticed, and what waited is not sent again:
            assertThat(restoreId(shelter)).isNotEqualTo(restoreId);
            assertThat(count(shelter, "SELECT COUNT(*) AS n FROM delivery WHERE code = 'restored'"))
                    .isPositive();
            assertThat(atShelter(two, referral).state()).isEqualTo(SENT);
            aDay(two);
            aDay(two);

            // the owner's state wins, what it lost of others it has again,
            checkListingsAreEqual(two);
            assertThat(shown(clinic, shelter)).doesNotContainKey(lost.uri());
            assertThat(shown(shelter, clinic).values()).contains("eye doctor", "dentists");
            assertThat(shown(clinic, shelter).values())
                    .contains("legal help", "open kitchen", "night shift contact")
                    // What was closed in the lost time stays closed.
                    .doesNotContain("sewing room");
            assertThat(atShelter(two, referral).state()).isEqualTo(ACCEPTED);
            assertThat(two.atClinic(referral).referral().seenVersion())
                    .isEqualTo(atShelter(two, referral).ownVersion());
            checkNothingWasPostedTwice(two.clinicDoor.seen());
            checkNothingWasPostedTwice(two.shelterDoor.seen());

            // and it goes on as if nothing had been.
            rename(shelter, kept, "Legal advice again");
            nodes.settle();
            checkListingsAreEqual(two);
            assertThat(shown(clinic, shelter).values()).contains("legal advice again");
            shelter.stop();
            shelter.startAgain();
            assertThat(count(shelter, "SELECT COUNT(*) AS n FROM node_identity")).isEqualTo(4);
        }
    }

    /// The stop came after the backup was made, and nothing of the person comes back with it: the
    /// keys are gone, and those of the backup die again by the ledger of erasures.
    @Test
    void aBackupOfYesterdayDoesNotBringBackWhoStopped() throws IOException {
        try (var two = new Partnered()) {
            var clinic = two.nodes.clinic;
            var referral = taken(two);
            var theirs = two.clinicId(referral);
            backUp(clinic);
            two.nodes.clock.advance(Duration.ofDays(1));
            two.shelter.withdraw(two.sara, referral, true);
            two.settle();
            assertThat(erased(clinic, two, theirs)).isTrue();

            restore(clinic);

            assertThat(erased(clinic, two, theirs)).isTrue();
            assertThat(keysOfPeople(clinic.settings().keysDirectory())).isEmpty();
            var kept = "SELECT COUNT(*) AS n FROM referral WHERE first_step IS NOT NULL";
            assertThat(count(clinic, kept)).as("not even sealed").isZero();
            assertThat(atClinic(clinic, two, theirs).referral().state()).isEqualTo(ACCEPTED);

            aDay(two);
            aDay(two);
            assertThat(erased(clinic, two, theirs)).as("also when both have compared").isTrue();
            assertThat(atClinic(clinic, two, theirs).referral().state()).isEqualTo(WITHDRAWN);
            assertThat(two.stateAtShelter(referral)).isEqualTo(WITHDRAWN);
            assertThat(two.shelter.duties().list(two.sara, referral)).isEmpty();
            checkNothingIsRepeatedForEver(two, "ASKED_AGAIN", "SENT_AGAIN");
        }
    }

    /// The same where the backup is that of the organisation that had asked. Its own file it keeps,
    /// but knows again that it was stopped.
    @Test
    void aBackupOfWhoAskedKnowsAgainThatThePersonStopped() throws IOException {
        try (var two = new Partnered()) {
            var shelter = two.nodes.shelter;
            var referral = taken(two);
            backUp(shelter);
            two.nodes.clock.advance(Duration.ofDays(1));
            shelter.domains().referrals().withdraw(two.sara, referral, true);
            two.settle();
            assertThat(erased(two.nodes.clinic, two, two.clinicId(referral))).isTrue();

            restore(shelter);

            assertThat(atShelter(two, referral).state()).isEqualTo(ACCEPTED);
            aDay(two);
            aDay(two);
            assertThat(atShelter(two, referral).state()).isEqualTo(WITHDRAWN);
            assertThat(shelter.domains().referrals().duties().list(two.sara, referral)).isEmpty();
            assertThat(two.stateAtClinic(referral)).isEqualTo(WITHDRAWN);
            assertThat(erased(two.nodes.clinic, two, two.clinicId(referral))).isTrue();
            checkNothingIsRepeatedForEver(two, "ASKED_AGAIN", "SENT_AGAIN");
        }
    }

    private static ReferralId taken(Partnered two) {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.atClinic(referral).contact()).isPresent();
        return referral;
    }

    /// Rows and the keys of cases, as a backup has them.
    private void backUp(TestNode node) {
        var settings = node.settings();
        node.stop();
        copy(settings.data(), backup.resolve("data"));
        copy(settings.keysDirectory().resolve("case-keys"), backup.resolve("case-keys"));
        node.startAgain();
    }

    private void restore(TestNode node) {
        var settings = node.settings();
        node.stop();
        delete(settings.data());
        copy(backup.resolve("data"), settings.data());
        delete(settings.keysDirectory().resolve("case-keys"));
        copy(backup.resolve("case-keys"), settings.keysDirectory().resolve("case-keys"));
        node.startAgain();
    }

    /// Once both know the same, another day brings no more words about it.
    private static void checkNothingIsRepeatedForEver(Partnered two, String... kinds) {
        aDay(two);
        var before = lines(two, kinds);
        aDay(two);
        aDay(two);
        assertThat(lines(two, kinds)).isEqualTo(before);
    }

    private static int lines(Partnered two, String... kinds) {
        var among = "('" + String.join("', '", kinds) + "')";
        var sql = "SELECT COUNT(*) AS n FROM referral_event WHERE kind IN " + among;
        return count(two.nodes.shelter, sql) + count(two.nodes.clinic, sql);
    }

    /// Without those of the year's counts, whose ids are made of a name (version 3).
    private static List<Path> keysOfPeople(Path keys) throws IOException {
        try (var files = Files.list(keys.resolve("case-keys"))) {
            return files.filter(
                            file -> {
                                var name = file.getFileName().toString();
                                var id = UUID.fromString(name.substring(0, name.indexOf('.')));
                                return id.version() != 3;
                            })
                    .toList();
        }
    }

    private static boolean erased(TestNode clinic, Partnered two, ReferralId theirs) {
        var there = atClinic(clinic, two, theirs);
        return there.contact().isEmpty()
                && there.firstStep().isEmpty()
                && there.timeline().stream().allMatch(it -> it.content().isEmpty());
    }

    private static OpenedReferral atClinic(TestNode clinic, Partnered two, ReferralId theirs) {
        return clinic.domains().referrals().find(two.carlo, theirs).orElseThrow();
    }

    private static void aDay(Partnered two) {
        for (int i = 0; i < 3; i++) {
            two.nodes.clock.advance(Duration.ofHours(9));
            two.nodes.settle();
        }
    }

    private static Listing add(TestNode node, String name, Reach reach) {
        var draft = Draft.named(Text.of("en", name)).reach(reach).build();
        return node.domains().listings().add(node.acting(), draft);
    }

    private static void rename(TestNode node, Listing listing, String name) {
        var listings = node.domains().listings();
        var now = listings.find(node.acting(), listing.id()).orElseThrow();
        listings.replace(
                node.acting(),
                now.id(),
                now.version(),
                listings.edit(node.acting(), now.id())
                        .orElseThrow()
                        .name(Text.of("en", name))
                        .build());
    }

    private static Referral atShelter(Partnered two, ReferralId referral) {
        return two.nodes
                .shelter
                .domains()
                .referrals()
                .find(two.sara, referral)
                .orElseThrow()
                .referral();
    }

    private static void checkListingsAreEqual(Partnered two) {
        var nodes = two.nodes;
        assertThat(versions(nodes.clinic, nodes.shelter))
                .isEqualTo(own(nodes.shelter))
                .isNotEmpty();
        assertThat(versions(nodes.shelter, nodes.clinic)).isEqualTo(own(nodes.clinic)).isNotEmpty();
    }

    /// What a node publishes to partners, with its version.
    private static Map<URI, Long> own(TestNode node) {
        return listings(
                node,
                "SELECT uri, version FROM listing WHERE publisher_id IS NOT NULL"
                        + " AND status <> 'DEFUNCT' AND review = 'PUBLISHED'"
                        + " AND reach IN ('PUBLIC', 'PARTNERS')");
    }

    /// The copies that a node has of another's.
    private static Map<URI, Long> versions(TestNode node, TestNode owner) {
        return listings(
                node,
                "SELECT uri, version FROM listing WHERE actor = ? AND folded_name <> ''",
                owner.organizationActor());
    }

    private static Map<URI, Long> listings(TestNode node, String sql, Object... parameters) {
        var found = new TreeMap<URI, Long>();
        node.database()
                .read(
                        tx ->
                                tx.list(
                                        sql,
                                        row -> Map.entry(row.uri("uri"), row.number("version")),
                                        parameters))
                .forEach(it -> found.put(it.getKey(), it.getValue()));
        return found;
    }

    private static Map<URI, String> shown(TestNode node, TestNode owner) {
        return node
                .database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT uri, folded_name FROM listing WHERE actor = ?"
                                                + " AND folded_name <> ''",
                                        row -> Map.entry(row.uri("uri"), row.text("folded_name")),
                                        owner.organizationActor()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void checkNothingWasPostedTwice(List<String> connections) {
        var ids = new ArrayList<String>();
        for (var connection : connections) {
            for (var request : connection.split("(?=POST /)")) {
                var id = POSTED.matcher(request);
                // The activity's own id comes before those it names.
                if (request.startsWith("POST /") && id.find()) {
                    ids.add(id.group(1));
                }
            }
        }
        Set<String> once = new HashSet<>();
        assertThat(ids).isNotEmpty().allMatch(once::add);
    }

    private static String restoreId(TestNode node) {
        return node.database()
                .read(
                        tx ->
                                tx.find(
                                        "SELECT value FROM node_identity WHERE name = 'restore-id'",
                                        row -> row.text("value")))
                .orElseThrow();
    }

    private static int count(TestNode node, String sql) {
        return node.database().read(tx -> tx.find(sql, row -> row.integer("n"))).orElseThrow();
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
