// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.waymark.packaging.Eventually.until;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Database;
import org.waymark.node.database.DatabaseSettings;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.OtherServer;
import org.waymark.packaging.PackagedNode;

/// What a node has confirmed (202) it has, whatever happens to it next: power cuts under load, a
/// full disk.
@Tag("packaged")
final class ConfirmedTest {

    private static final boolean LONG = Boolean.getBoolean("waymark.long");
    // 50,000 as issue 3 asks; 1,000 where a run may take a minute.
    private static final int ACTIVITIES = LONG ? 50_000 : 1_000;
    private static final int POWER_CUTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 60 : 5);

    @TempDir Path scratch;
    private OtherServer partner;

    @BeforeEach
    void open() {
        partner = new OtherServer(Clock.systemUTC());
    }

    @AfterEach
    void close() {
        partner.close();
    }

    @Test
    void nothingConfirmedIsLostAndNothingIsThereTwiceAfterPowerCutsUnderLoad() {
        try (var clinic = node(scratch);
                var flood = new Flood(partner, inbox(clinic), ACTIVITIES)) {
            clinic.start();
            var began = System.nanoTime();
            var done = flood.begin();
            for (int cut = 1; cut <= POWER_CUTS; cut++) {
                var enough = ACTIVITIES * cut / (POWER_CUTS + 1);
                until("a part is confirmed", PATIENCE, () -> flood.countConfirmed() >= enough);
                clinic.kill();
                clinic.start();
            }
            until("all is confirmed", PATIENCE, done::isDone);
            done.join();
            clinic.kill();
            clinic.start();
            until("all is processed", PATIENCE, () -> nothingWaits(clinic));
            clinic.kill();
            System.out.printf(
                    "%d confirmed and processed after %d power cuts in %d s, answers %s%n",
                    flood.countConfirmed(),
                    POWER_CUTS + 2,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    flood.answers());
            assertThat(flood.countConfirmed()).isEqualTo(ACTIVITIES);
            check(clinic, flood);
            assertThat(copies(clinic)).hasSize(ACTIVITIES);
        }
    }

    @Test
    void aFullDiskIsAnsweredWith503AndLosesNothing() throws IOException, InterruptedException {
        var disk = Files.createDirectory(scratch.resolve("disk"));
        // 64 MB: the empty node and a little.
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()),
                "a small disk can be mounted by root only");
        try (var clinic = node(disk);
                var flood = new Flood(partner, inbox(clinic), ACTIVITIES)) {
            clinic.start();
            var fill = disk.resolve("fill");
            fill(fill);
            var done = flood.begin();
            until("it has no room", PATIENCE, () -> flood.answers().getOrDefault(503, 0) > 20);
            var confirmedWhenFull = flood.countConfirmed();
            Files.delete(fill);
            flood.end();
            done.join();
            clinic.kill();

            clinic.start();
            try (var later = new Flood(partner, inbox(clinic), 20)) {
                until("it takes something again", later.begin()::isDone);
            }
            until("all is processed", PATIENCE, () -> nothingWaits(clinic));
            clinic.kill();
            System.out.printf(
                    "%d confirmed before the disk was full, answers %s%n",
                    confirmedWhenFull, flood.answers());
            assertThat(flood.answers().keySet()).contains(202, 503).isSubsetOf(0, 202, 503);
            check(clinic, flood);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /// A node whose organisation has the partner's listings.
    private PackagedNode node(Path folder) {
        var node = PackagedNode.init(PackagedNode.IMAGE, folder.resolve("clinic"), "Clinic");
        node.environment("WAYMARK_FEDERATION_ALLOW_NETWORKS", "127.0.0.0/8")
                .environment("WAYMARK_FEDERATION_ACTIVITIES_PER_MINUTE", "1000000");
        try (var database = rows(node)) {
            database.run(this::befriend);
        }
        return node;
    }

    private void befriend(Transaction tx) {
        var peer = UUID.randomUUID();
        var organization =
                tx.list("SELECT id FROM hosted_organization", row -> row.uuid("id")).getFirst();
        tx.update(
                "INSERT INTO peer (id, base_url, actor, name, state, wants_copies, created_at,"
                        + " changed_at) VALUES (?, ?, ?, 'Other', 'ACTIVE', TRUE, 0, 0)",
                peer,
                partner.at("/").toString().replaceAll("/$", ""),
                partner.actor());
        tx.update(
                "INSERT INTO agreement (id, organization, partner, peer_id, partner_name, copies,"
                        + " state, changed_at) VALUES (?, ?, ?, ?, 'Other', 'ON', 'LISTINGS', 0)",
                UUID.randomUUID(),
                organization,
                partner.actor(),
                peer);
    }

    private static URI inbox(PackagedNode node) {
        return node.address().resolve("/inbox");
    }

    private static boolean nothingWaits(PackagedNode node) {
        return node.run("queue", "--data", node.data()).text().contains("in\t0");
    }

    private static Database rows(PackagedNode node) {
        return Database.open(DatabaseSettings.inFolder(Path.of(node.data())));
    }

    /// Whatever was confirmed is there, once, and has become a copy.
    private static void check(PackagedNode node, Flood flood) {
        List<String> held;
        try (var database = rows(node)) {
            held =
                    database.read(
                            tx ->
                                    tx.list(
                                            "SELECT activity FROM inbox_activity"
                                                    + " WHERE type = 'Create'",
                                            row -> row.text("activity")));
        }
        var copies = copies(node);
        assertThat(held).doesNotHaveDuplicates();
        assertThat(missing(flood.confirmed(), held)).as("confirmed and lost").isEmpty();
        assertThat(missing(flood.confirmedListings(), copies)).as("not processed").isEmpty();
        assertThat(copies).doesNotHaveDuplicates().hasSameSizeAs(held);
    }

    private static Set<String> missing(List<String> expected, List<String> found) {
        var missing = new HashSet<>(expected);
        missing.removeAll(new HashSet<>(found));
        return missing;
    }

    /// The listings of the partner that visitors find here.
    private static List<String> copies(PackagedNode node) {
        try (var database = rows(node)) {
            return database.read(
                    tx ->
                            tx.list(
                                    "SELECT uri FROM listing WHERE actor IS NOT NULL"
                                            + " AND review = 'PUBLISHED'",
                                    row -> row.text("uri")));
        }
    }

    /// Leaves 2 MB free.
    private static void fill(Path file) throws IOException {
        var store = Files.getFileStore(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            var piece = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            while (store.getUsableSpace() > 2 << 20) {
                out.write(piece);
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var running = new ProcessBuilder(command).redirectErrorStream(true).start();
        running.getInputStream().readAllBytes();
        return running.waitFor(10, TimeUnit.SECONDS) && running.exitValue() == 0;
    }
}
