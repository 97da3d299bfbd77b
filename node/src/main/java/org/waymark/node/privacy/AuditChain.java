// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Audit.Verdict;
import org.waymark.node.privacy.AuditTable.Checkpoint;
import org.waymark.node.privacy.AuditTable.Gap;
import org.waymark.node.privacy.AuditTable.Head;

/// Numbers audit entries and seals each to the one before it, with a key that the database does not
/// hold. After each batch the last link goes to the key folder too, so that cutting off the end
/// shows.
///
/// One thread does it, woken by commits. Two that try at once do no harm: the second finds the head
/// moved and stands back.
public final class AuditChain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
    static final String KEY_FILE = "audit.key";
    private static final String HEAD_FILE = "audit-head";
    // 500: two statements each, half of what a transaction may touch (architecture, 10).
    private static final int BATCH = 500;
    // A clock that jumps years ahead must not erase all of it in one night.
    private static final Duration MOST_PRUNED = Duration.ofDays(31);
    // 1 day: what was said of an end soon after the newest entry that is erased may be of one that
    // is erased, too.
    static final Duration CLAIM_GOES_AFTER = Duration.ofDays(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Database database;
    private final KeyFolder folder;
    private final MasterKey master;
    private final SecureRandom random;
    // Opened when it is needed, forgotten when the master key is locked.
    private Optional<byte[]> key = Optional.empty();
    // Its own: who seals holds the other for long, and forgetting must not wait.
    private final Object keyMonitor = new Object();
    private final Clock clock;
    private final AuditTable table = new AuditTable();
    private final Semaphore work = new Semaphore(1);
    private volatile boolean stopping;
    private final Thread sequencer = Thread.ofVirtual().name("audit-chain").unstarted(this::run);

    public AuditChain(
            Database database,
            KeyFolder folder,
            MasterKey master,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.folder = folder;
        this.master = master;
        this.random = random;
        master.whenLocked(this::forget);
        master.whenOpened(this::wake);
    }

    public void start() {
        sequencer.start();
    }

    /// Stops after the batch in hand. What is not sealed yet is sealed at the next start.
    @Override
    public void close() {
        // No interrupt: it would close files in the middle of a write.
        stopping = true;
        wake();
        try {
            sequencer.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException _) {
            LOG.debug("The audit chain was never started");
        }
    }

    void wake() {
        work.release();
    }

    /// Seals what waits, in this thread. For tests and for commands on a stopped node.
    ///
    /// @return how many entries were sealed
    public synchronized int sealWaiting() {
        var sealed = 0;
        while (true) {
            var batch = database.write(this::sealBatch);
            if (batch.isEmpty()) {
                return sealed;
            }
            var links = batch.get();
            folder.write(
                    HEAD_FILE,
                    (links.head().number() + " " + links.head().seal())
                            .getBytes(StandardCharsets.UTF_8));
            sealed += links.count();
        }
    }

    private record Links(int count, Head head) {}

    private Optional<Links> sealBatch(Transaction tx) {
        var stored = table.head(tx);
        var entries = table.listUnsealed(tx, BATCH);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        // If the folder remembers more than the table has, the end was cut off. Going on behind the
        // gap keeps it visible; the sealed row lets the check go on behind it, too.
        var lost = rememberedHead().filter(h -> h.number() > stored.number());
        lost.ifPresent(it -> table.addGap(tx, gap(stored.number() + 1, it)));
        var head = lost.orElse(stored);
        for (var entry : entries) {
            head = new Head(head.number() + 1, seal(head, entry));
            table.seal(tx, entry, head);
        }
        if (!table.moveHead(tx, stored, head)) {
            throw new IllegalStateException("Another sequencer was faster");
        }
        return Optional.of(new Links(entries.size(), head));
    }

    /// Walks the whole chain. Nobody seals or prunes meanwhile.
    synchronized Verdict verify() {
        return database.read(tx -> new AuditCheck(this, table).run(tx));
    }

    /// Erases the oldest entries, as far as they are older and stand the check; over a gap only
    /// when somebody has accepted it.
    ///
    /// @return how many
    synchronized int prune(Instant before) {
        var limit =
                database.read(tx -> table.oldest(tx))
                        .map(it -> it.plus(MOST_PRUNED))
                        .filter(it -> it.isBefore(before))
                        .orElse(before);
        var isDue = database.read(tx -> table.oldest(tx)).filter(it -> it.isBefore(limit));
        if (isDue.isEmpty()) {
            return 0;
        }
        var wall = verify().standsBefore();
        if (wall < Long.MAX_VALUE) {
            LOG.warn("The audit is not pruned from number {} on: it is not intact", wall);
        }
        var erased = 0;
        while (true) {
            var some = database.write(tx -> pruneBatch(tx, limit, wall));
            if (some == 0) {
                return erased;
            }
            erased += some;
        }
    }

    private int pruneBatch(Transaction tx, Instant before, long wall) {
        var mark = table.checkpoint(tx);
        var begin = mark.map(it -> it.end().number()).orElse(0L);
        var end = new Head(begin, "");
        var newest = Instant.EPOCH;
        for (var link : table.listSealed(tx, begin, BATCH)) {
            if (!link.entry().recordedAt().isBefore(before) || link.number() >= wall) {
                break;
            }
            end = new Head(link.number(), link.seal());
            newest = link.entry().recordedAt();
        }
        if (end.number() == begin) {
            return 0;
        }
        // Whole milliseconds, as the row keeps it.
        var now = Instant.ofEpochMilli(clock.millis());
        table.moveCheckpoint(tx, mark, new Checkpoint(end, now, sealMark(end, now)));
        table.eraseGapsTo(tx, end.number());
        AuditClaimTable.eraseTo(tx, newest.plus(CLAIM_GOES_AFTER));
        return table.eraseTo(tx, end.number());
    }

    String sealMark(Head end, Instant prunedAt) {
        return mac(
                Cipher.context(
                        "audit-checkpoint-1",
                        end.seal(),
                        Long.toString(end.number()),
                        Long.toString(prunedAt.toEpochMilli())));
    }

    /// What the end is now, in words that only this node can have written.
    StatedHead state(long number) {
        var digest = digest(database.read(table::head));
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new StatedHead(number, digest, at, sealStatement(number, digest, at));
    }

    boolean isOurs(StatedHead head) {
        return MessageDigest.isEqual(
                sealStatement(head.number(), head.digest(), head.at())
                        .getBytes(StandardCharsets.UTF_8),
                head.mark().getBytes(StandardCharsets.UTF_8));
    }

    private String sealStatement(long number, String digest, Instant at) {
        return mac(
                Cipher.context(
                        "audit-head-1",
                        Long.toString(number),
                        digest,
                        Long.toString(at.getEpochSecond())));
    }

    /// What others may keep of a link. Whoever has the entries can work it out without our key.
    static String digest(Head head) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(
                                            ("waymark-audit-head-1 "
                                                            + head.number()
                                                            + " "
                                                            + head.seal())
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing from this runtime", e);
        }
    }

    private Gap gap(long first, Head last) {
        return new Gap(first, last, sealGap(first, last));
    }

    String sealGap(long first, Head last) {
        return mac(
                Cipher.context(
                        "audit-gap-1",
                        Long.toString(first),
                        Long.toString(last.number()),
                        last.seal()));
    }

    Optional<Head> rememberedHead() {
        return folder.read(HEAD_FILE)
                .map(content -> new String(content, StandardCharsets.UTF_8).split(" ", 2))
                .map(words -> new Head(Long.parseLong(words[0]), words[1]));
    }

    String seal(Head previous, AuditEntry entry) {
        var acting = entry.acting();
        var content =
                Cipher.context(
                        "audit-1",
                        previous.seal(),
                        Long.toString(previous.number() + 1),
                        entry.id().toString(),
                        Long.toString(entry.recordedAt().toEpochMilli()),
                        acting.account().toString(),
                        acting.organization().toString(),
                        acting.purpose().name(),
                        entry.action(),
                        entry.record());
        return mac(content);
    }

    private String mac(byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this runtime", e);
        }
    }

    private void forget() {
        synchronized (keyMonitor) {
            key.ifPresent(it -> Arrays.fill(it, (byte) 0));
            key = Optional.empty();
        }
    }

    private byte[] key() {
        synchronized (keyMonitor) {
            if (key.isEmpty()) {
                key =
                        Optional.of(
                                folder.read(KEY_FILE)
                                        .map(wrapped -> master.unwrap(KEY_FILE, wrapped))
                                        .orElseGet(this::createKey));
            }
            return key.get().clone();
        }
    }

    private byte[] createKey() {
        var fresh = new byte[Cipher.KEY_BYTES];
        random.nextBytes(fresh);
        folder.write(KEY_FILE, master.wrap(KEY_FILE, fresh));
        return fresh;
    }

    private void run() {
        try {
            while (!stopping) {
                work.acquire();
                work.drainPermits();
                try {
                    sealWaiting();
                } catch (LockedException _) {
                    LOG.debug("Audit entries wait until the keys are opened");
                } catch (RuntimeException e) {
                    LOG.warn("Audit entries wait to be sealed; trying again", e);
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                    wake();
                }
            }
        } catch (InterruptedException _) {
            LOG.warn("The audit chain was interrupted; entries are sealed at the next start");
        }
    }
}
