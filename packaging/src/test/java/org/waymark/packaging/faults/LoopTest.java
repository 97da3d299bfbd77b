// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A referral there and back between two processes, while one of them loses power at every step;
/// and what a listener on the wire or a thief of the disks would know of the person.
@Tag("packaged")
final class LoopTest {

    /// federation.md: what may stand in clear, on an activity and on what it carries.
    private static final Set<String> CLEAR =
            Set.of(
                    "@context",
                    "type",
                    "id",
                    "actor",
                    "attributedTo",
                    "to",
                    "object",
                    "result",
                    "context",
                    "waymark:version",
                    "waymark:sealed");

    private static final List<Charset> SPELLINGS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    /// When the power goes, seen from the partner that just acted.
    private enum Moment {
        AT_ONCE,
        AS_THE_MESSAGE_ARRIVES,
        AS_IT_IS_ANSWERED
    }

    @TempDir static Path scratch;
    private static Partners partners;
    private static Side shelter;
    private static Side clinic;
    private static final Person PERSON = new Person();

    @BeforeAll
    static void start() {
        partners = Partners.start(scratch);
        shelter = partners.shelter();
        clinic = partners.clinic();
    }

    @AfterAll
    static void stop() {
        partners.close();
    }

    @Test
    void theLoopSurvivesPowerCutsAndNothingOfThePersonIsReadableAnywhere() throws IOException {
        long seed = Long.getLong("waymark.seed", System.nanoTime());
        System.out.println("Power cuts of seed " + seed + " (again with -Dwaymark.seed)");
        var chance = new Random(seed);

        var referral = partners.agreed(PERSON);
        withPowerCut(chance, shelter, clinic, () -> shelter.move(referral, "send", ""));
        until("arrived", () -> clinic.state(referral).equals("sent"));

        withPowerCut(
                chance, clinic, shelter, () -> clinic.move(referral, "accept", PERSON.nextStep()));
        withPowerCut(
                chance,
                shelter,
                clinic,
                () -> until("accepted", () -> shelter.state(referral).equals("accepted")));
        until("contact", () -> clinic.referral(referral).orElseThrow().path("contact").isObject());

        withPowerCut(
                chance, clinic, shelter, () -> clinic.move(referral, "complete", PERSON.outcome()));
        until("completed", () -> shelter.state(referral).equals("completed"));

        checkToldOnce(shelter.referral(referral).orElseThrow());
        checkToldOnce(clinic.referral(referral).orElseThrow());
        assertThat(clinic.referral(referral).orElseThrow().toString())
                .contains("Zarquilla", "+49 30 5550177", "qwreason")
                .doesNotContain("qwlocal");
        assertThat(shelter.referral(referral).orElseThrow().toString()).contains("qwstep");

        shelter.node.kill();
        clinic.node.kill();
        checkRows(referral);
        checkWire(referral);
        checkDisk(shelter);
        checkDisk(clinic);
    }

    /// One acts, and one or the other loses power, at some moment, and comes back.
    private static void withPowerCut(Random chance, Side acting, Side other, Runnable act) {
        var moment = Moment.values()[chance.nextInt(Moment.values().length)];
        var victim = chance.nextBoolean() ? acting : other;
        System.out.println(
                (victim == acting ? "the one who acted" : "the other one") + " dies " + moment);
        var seen = other.relay.bytesSeen();
        var answered = other.relay.bytesAnswered();
        act.run();
        switch (moment) {
            case AT_ONCE -> {}
            case AS_THE_MESSAGE_ARRIVES -> until("seen", () -> other.relay.bytesSeen() > seen);
            case AS_IT_IS_ANSWERED ->
                    until("answered", () -> other.relay.bytesAnswered() > answered);
        }
        victim.node.kill();
        victim.node.start();
    }

    private static void checkToldOnce(JsonNode referral) {
        var kinds =
                StreamSupport.stream(referral.path("timeline").spliterator(), false)
                        .map(it -> it.path("kind").asText())
                        .toList();
        assertThat(kinds).doesNotHaveDuplicates().contains("send", "accept", "contact", "complete");
    }

    private static void checkRows(URI referral) {
        assertThat(received(clinic, "Offer")).isEqualTo(1);
        assertThat(received(shelter, "Accept")).isEqualTo(1);
        for (var side : List.of(shelter, clinic)) {
            var rows =
                    side.rows(
                            tx ->
                                    tx.list(
                                            "SELECT state FROM referral WHERE uri = ?",
                                            row -> row.text("state"),
                                            referral));
            assertThat(rows).containsExactly("COMPLETED");
        }
    }

    private static long received(Side side, String type) {
        return side.rows(
                tx ->
                        tx.find(
                                        "SELECT COUNT(*) AS many FROM inbox_activity"
                                                + " WHERE type = ? AND subject = ?",
                                        row -> row.number("many"),
                                        type,
                                        "waymark:Referral")
                                .orElseThrow());
    }

    private static void checkWire(URI referral) throws IOException {
        var requests = new ArrayList<String>();
        var all = new ArrayList<String>();
        for (var side : List.of(shelter, clinic)) {
            requests.addAll(side.relay.seen());
            all.addAll(side.relay.seen());
            all.addAll(side.relay.answered());
        }
        for (var marker : Person.MARKERS) {
            assertThat(all).as(marker).noneMatch(it -> it.contains(marker));
        }
        var activities = activities(requests, referral);
        assertThat(activities)
                .extracting(it -> it.path("type").asText())
                .contains("Offer", "Accept", "Update");
        for (var activity : activities) {
            for (var thing : List.of(activity, activity.path("object"), activity.path("result"))) {
                assertThat(CLEAR).containsAll(Side.names(thing));
            }
        }
    }

    /// What was posted about the referral, and whatever else was sealed.
    private static List<JsonNode> activities(List<String> requests, URI referral)
            throws IOException {
        var found = new ArrayList<JsonNode>();
        var start = Pattern.compile("\r\n\r\n(?=\\{)");
        for (var request : requests) {
            for (var match : start.matcher(request).results().toList()) {
                var text = request.substring(match.end());
                if (text.contains(referral.toString()) || text.contains("waymark:sealed")) {
                    found.add(new ObjectMapper().readTree(text));
                }
            }
        }
        return found;
    }

    /// All that a node wrote but its key folder: rows, their log, index, logs, run files.
    private static void checkDisk(Side side) throws IOException {
        var folder = Path.of(side.node.data()).getParent();
        var keys = Path.of(side.node.data() + "-keys");
        assertThat(keys).isDirectory();
        try (Stream<Path> files = Files.walk(folder)) {
            var read = files.filter(it -> Files.isRegularFile(it) && !it.startsWith(keys)).toList();
            assertThat(read).hasSizeGreaterThan(20);
            assertThat(read).allSatisfy(file -> assertThat(markerIn(file)).isEmpty());
        }
    }

    private static Optional<String> markerIn(Path file) {
        try {
            var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return Person.MARKERS.stream()
                    .filter(marker -> SPELLINGS.stream().anyMatch(it -> holds(bytes, marker, it)))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(String bytes, String marker, Charset spelling) {
        var spelt = new String(marker.getBytes(spelling), StandardCharsets.ISO_8859_1);
        return bytes.contains(spelt);
    }
}
