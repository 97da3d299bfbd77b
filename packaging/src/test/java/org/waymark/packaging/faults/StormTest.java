// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.listing.ListingId;

/// Two partners who change their listings and move referrals while both lose power again and again
/// and the line between them loses, doubles, delays and swaps what they say. Afterwards both know
/// the same.
@Tag("packaged")
final class StormTest {

    private static final boolean LONG = Boolean.getBoolean("waymark.long");
    private static final int CHANGES = Integer.getInteger("waymark.changes", 2_000);
    private static final int LISTINGS = 16;
    // 16 people at each side, each with a listing of their own: while one waits for power or for an
    // answer, others go on.
    private static final int EDITORS = 16;
    // A power cut for each 100 to 150 changes, at the latest after 10 s.
    private static final int CHANGES_OF_A_CALM = 100;
    private static final Duration LONGEST_CALM = Duration.ofSeconds(10);
    private static final int REFERRALS = 4;
    // 8 min: on a busy machine a node is down longer than up, and waits grow.
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private static final Pattern VERSION = Pattern.compile("\"waymark:version\":(\\d+)");

    @TempDir static Path scratch;

    private static Partners partners;
    private final Map<ListingId, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger changed = new AtomicInteger();

    @BeforeAll
    static void meet() {
        partners = Partners.start(scratch, LISTINGS);
    }

    @AfterAll
    static void close() {
        partners.close();
    }

    /// The storm before ended without power.
    @BeforeEach
    void start() {
        for (var side : List.of(partners.shelter(), partners.clinic())) {
            side.node.kill();
            side.node.start();
            side.relay.passOnTo(side.node.port());
        }
    }

    static LongStream seeds() {
        var first = Long.getLong("waymark.seed", System.nanoTime());
        return LongStream.range(first, first + Integer.getInteger("waymark.seeds", LONG ? 20 : 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterTheStormBothKnowTheSame(long seed) {
        var began = System.nanoTime();
        System.out.println("Storm of seed " + seed + " (again with -Dwaymark.seed)");
        try (var toShelter = new UnrulyLine(partners.shelter().node.port(), seed);
                var toClinic = new UnrulyLine(partners.clinic().node.port(), ~seed);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            partners.shelter().relay.passOnTo(toShelter.port());
            partners.clinic().relay.passOnTo(toClinic.port());
            for (var side : List.of(partners.shelter(), partners.clinic())) {
                side.signIn();
            }
            var person = new Person();
            var referrals = new ArrayList<URI>();
            for (int i = 0; i < REFERRALS; i++) {
                referrals.add(partners.agreed(person));
            }
            toShelter.rage();
            toClinic.rage();
            var moved =
                    CompletableFuture.allOf(
                            referrals.stream()
                                    .map(
                                            it ->
                                                    CompletableFuture.runAsync(
                                                            () -> move(referrals, it, person),
                                                            threads))
                                    .toArray(CompletableFuture[]::new));
            var kills = storm(seed, threads);
            toShelter.calm();
            toClinic.calm();
            var over = System.nanoTime();
            // What began in the storm ends in calm weather; who looks at it presses "send again".
            until(
                    "both sides alike",
                    PATIENCE,
                    () -> {
                        partners.shelter().sendAgain(partners.clinic());
                        partners.clinic().sendAgain(partners.shelter());
                        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                        return moved.isDone() && allShown() && allCompleted(referrals);
                    });
            moved.join();
            System.out.printf(
                    "%d changes, %d power cuts, faults %s and %s: a storm of %d s, alike %d s"
                            + " after it%n",
                    Math.ceilDiv(CHANGES, EDITORS * 2) * EDITORS * 2,
                    kills,
                    toShelter.counts(),
                    toClinic.counts(),
                    Duration.ofNanos(over - began).toSeconds(),
                    Duration.ofNanos(System.nanoTime() - over).toSeconds());
            compare(referrals);
        }
    }

    /// @return how often somebody lost power
    private int storm(long seed, Executor threads) {
        var chance = new Random(seed);
        var mark = "x" + Long.toString(Math.floorMod(seed, 46_656L), 36) + "x";
        var edits = new ArrayList<CompletableFuture<Void>>();
        for (int editor = 0; editor < EDITORS; editor++) {
            edits.add(edits(partners.shelter(), partners.shelterListings(), editor, mark, threads));
            edits.add(edits(partners.clinic(), partners.clinicListings(), editor, mark, threads));
        }
        var done = CompletableFuture.allOf(edits.toArray(CompletableFuture[]::new));
        // What waits until the other has rested meets the storm, too.
        var pressed =
                CompletableFuture.runAsync(
                        () -> until("calm", PATIENCE, () -> isCalm(done)), threads);
        var kills = 0;
        var enough = changed.get();
        while (!done.isDone()) {
            // Counted from the last cut: while one side starts, the other goes on.
            enough += CHANGES_OF_A_CALM + chance.nextInt(CHANGES_OF_A_CALM / 2);
            calm(enough, done);
            var victim = chance.nextBoolean() ? partners.shelter() : partners.clinic();
            victim.node.kill();
            victim.node.start();
            kills++;
        }
        done.join();
        pressed.join();
        return kills;
    }

    /// Waits until so many changes are confirmed.
    private void calm(int enough, CompletableFuture<Void> done) {
        var end = System.nanoTime() + LONGEST_CALM.toNanos();
        while (changed.get() < enough && !done.isDone() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private CompletableFuture<Void> edits(
            Side side, List<ListingId> listings, int editor, String mark, Executor threads) {
        var mine =
                IntStream.range(0, listings.size())
                        .filter(it -> it % EDITORS == editor)
                        .mapToObj(listings::get)
                        .toList();
        return CompletableFuture.runAsync(
                () -> {
                    var many = Math.ceilDiv(CHANGES, EDITORS * 2);
                    for (int change = 0; change < many; change++) {
                        var listing = mine.get(change % mine.size());
                        var status = change % 10 == 9 ? "temporarily-closed" : "active";
                        var name = "Beds " + listing.toString().substring(0, 8) + mark + change;
                        edit(side, listing, name, status);
                    }
                },
                threads);
    }

    /// As the form of the staff pages sends it, until it is confirmed. The version comes from the
    /// listing's own address, where it costs a tenth of the form.
    private void edit(Side side, ListingId listing, String name, String status) {
        insist(
                () -> {
                    var found = VERSION.matcher(side.document("/s/" + listing));
                    if (!found.find()) {
                        return false;
                    }
                    var saved =
                            side.form(
                                    "/admin/listings/" + listing,
                                    Map.of(
                                            "version",
                                            found.group(1),
                                            "language",
                                            "en",
                                            "name",
                                            name,
                                            "topics",
                                            "housing",
                                            "status",
                                            status,
                                            "referrals",
                                            "taken"));
                    return saved.headers()
                            .firstValue("Location")
                            .filter(it -> saved.statusCode() == 303 && it.contains(listing + ""))
                            .isPresent();
                });
        changed.incrementAndGet();
        names.put(listing, name);
    }

    /// Every other one is finished as soon as it is accepted, before the contact data can be there.
    private void move(List<URI> referrals, URI referral, Person person) {
        move(partners.shelter(), referral, "send", "", "sent");
        reached(partners.clinic(), referral, "sent");
        move(partners.clinic(), referral, "accept", person.nextStep(), "accepted");
        reached(partners.shelter(), referral, "accepted");
        if (referrals.indexOf(referral) % 2 == 0) {
            insist(() -> hasContact(partners.clinic(), referral));
        }
        move(partners.clinic(), referral, "complete", person.outcome(), "completed");
    }

    private static void move(Side side, URI referral, String move, String body, String state) {
        insist(
                () -> {
                    if (!side.state(referral).equals(state)) {
                        side.move(referral, move, body);
                    }
                    return true;
                });
    }

    private static boolean hasContact(Side side, URI referral) {
        return side.referral(referral).orElseThrow().hasNonNull("contact");
    }

    private static void reached(Side side, URI referral, String state) {
        insist(() -> side.state(referral).equals(state));
    }

    /// Neither no power nor a no, because the other's word is not there yet, stops anybody.
    private static void insist(Side.Attempt attempt) {
        Side.insist(
                PATIENCE,
                BETWEEN_TRIES,
                () -> {
                    try {
                        return attempt.succeeds();
                    } catch (AssertionError e) {
                        return false;
                    }
                });
    }

    /// Whether visitors of each side find the last name of every listing of the other.
    private boolean allShown() {
        return finds(partners.shelter(), partners.clinicListings())
                && finds(partners.clinic(), partners.shelterListings());
    }

    private boolean finds(Side side, List<ListingId> others) {
        return others.stream()
                .filter(names::containsKey)
                .map(names::get)
                .allMatch(
                        it ->
                                side.visit("/en/search?q=" + it.substring(it.indexOf(' ') + 1))
                                        .contains(it));
    }

    private boolean allCompleted(List<URI> referrals) {
        return referrals.stream().allMatch(it -> partners.shelter().state(it).equals("completed"));
    }

    private static boolean isCalm(CompletableFuture<Void> done) {
        sendAgain();
        return done.isDone();
    }

    private static void sendAgain() {
        partners.shelter().trySendingAgain(partners.clinic());
        partners.clinic().trySendingAgain(partners.shelter());
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }

    private void compare(List<URI> referrals) {
        for (var referral : referrals) {
            assertThat(toldOnce(partners.shelter(), referral))
                    .contains("send", "accept", "contact", "complete");
            var atClinic = toldOnce(partners.clinic(), referral);
            assertThat(atClinic).contains("send", "accept", "complete");
            // Nothing is kept that came when it was over, and the timeline says which it was.
            assertThat(atClinic.contains("contact"))
                    .isEqualTo(hasContact(partners.clinic(), referral));
        }
        partners.shelter().node.kill();
        partners.clinic().node.kill();
        assertThat(copies(partners.clinic())).isEqualTo(own(partners.shelter()));
        assertThat(copies(partners.shelter())).isEqualTo(own(partners.clinic()));
    }

    private static List<String> toldOnce(Side side, URI referral) {
        var kinds = new ArrayList<String>();
        side.referral(referral)
                .orElseThrow()
                .path("timeline")
                .forEach(it -> kinds.add(it.path("kind").asText()));
        assertThat(kinds).doesNotHaveDuplicates();
        return kinds;
    }

    private static Map<String, String> own(Side side) {
        return rows(side, "actor IS NULL");
    }

    private static Map<String, String> copies(Side side) {
        return rows(side, "actor IS NOT NULL");
    }

    /// What a node that does not run knows of listings, by their URI.
    private static Map<String, String> rows(Side side, String which) {
        var rows = new TreeMap<String, String>();
        side.rows(
                        tx ->
                                tx.list(
                                        "SELECT uri, version, status, folded_name FROM listing"
                                                + " WHERE "
                                                + which,
                                        row ->
                                                Map.entry(
                                                        row.text("uri"),
                                                        row.number("version")
                                                                + " "
                                                                + row.text("status")
                                                                + " "
                                                                + row.text("folded_name"))))
                .forEach(it -> rows.put(it.getKey(), it.getValue()));
        assertThat(rows).hasSizeGreaterThanOrEqualTo(LISTINGS);
        return rows;
    }
}
