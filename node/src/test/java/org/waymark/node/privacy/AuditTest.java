// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Audit.Fault;
import org.waymark.node.privacy.Audit.Finding;
import org.waymark.node.privacy.Audit.Reason;

final class AuditTest {

    private static final Acting CASEWORKER =
            new Acting(
                    new AccountId(UUID.randomUUID()),
                    new OrganizationId(UUID.randomUUID()),
                    Purpose.HELP);

    private final TestClock clock = new TestClock();
    @TempDir Path temporary;
    private Database database;
    private AuditChain chain;
    private Audit audit;

    @BeforeEach
    void open() {
        database = Databases.inMemory();
        var folder = KeyFolders.in(temporary);
        chain =
                new AuditChain(
                        database,
                        folder,
                        MasterKey.create(folder, new SecureRandom()),
                        clock,
                        new SecureRandom());
        audit = new Audit(database, chain, clock, UUID::randomUUID);
    }

    @AfterEach
    void close() {
        chain.close();
        database.close();
    }

    @Test
    void anEntryStandsWhenItsTransactionDoes() {
        recordAll("one", "two");
        assertThatThrownBy(
                        () ->
                                database.run(
                                        tx -> {
                                            audit.record(tx, CASEWORKER, "referral-sent", "three");
                                            throw new IllegalStateException("no commit");
                                        }))
                .hasMessage("no commit");

        assertThat(chain.sealWaiting()).isEqualTo(2);
        assertThat(chain.sealWaiting()).isZero();
        checkWhole(2);
    }

    @Test
    void whatHappenedToARecordCanBeListedInOrder() {
        recordAll("one", "two", "one");

        var entries = database.read(tx -> audit.list(tx, "one"));

        assertThat(entries).hasSize(2).allMatch(entry -> entry.acting().equals(CASEWORKER));
    }

    @Test
    void anEditedEntryIsFound() {
        sealedEntries();

        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number = 2"));

        checkFound(2, Fault.CHANGED);
    }

    @Test
    void aDeletedEntryIsFound() {
        sealedEntries();

        database.run(tx -> tx.update("DELETE FROM audit_entry WHERE chain_number = 2"));

        checkFound(2, Fault.MISSING);
    }

    @Test
    void twoEntriesInExchangedOrderAreFound() {
        sealedEntries();

        database.run(
                tx -> {
                    tx.update("UPDATE audit_entry SET chain_number = 99 WHERE chain_number = 2");
                    tx.update("UPDATE audit_entry SET chain_number = 2 WHERE chain_number = 3");
                    tx.update("UPDATE audit_entry SET chain_number = 3 WHERE chain_number = 99");
                });

        checkFound(2, Fault.CHANGED);
    }

    @Test
    void aCutOffEndIsFoundAlsoAfterNewEntriesAndARewoundHead() {
        sealedEntries();
        database.run(
                tx -> {
                    tx.update(
                            "UPDATE audit_head SET chain_number = 2,"
                                    + " seal = (SELECT seal FROM audit_entry WHERE chain_number = 2)");
                    tx.update("DELETE FROM audit_entry WHERE chain_number > 2");
                });

        checkFound(3, Fault.TRUNCATED);

        recordAll("later");
        chain.sealWaiting();
        checkFound(3, Fault.MISSING);
    }

    @Test
    void whatIsPrunedLeavesAMarkBehindWhichTheRestStillStands() {
        sealedEntries();
        var middle = clock.instant();
        clock.advance(Duration.ofDays(1));
        recordAll("five", "six");
        chain.sealWaiting();

        assertThat(audit.prune(middle.plusSeconds(1))).isEqualTo(4);
        assertThat(audit.prune(middle.plusSeconds(1))).isZero();
        assertThat(audit.prunedTo()).isEqualTo(4);
        checkWhole(6);

        recordAll("seven");
        chain.sealWaiting();
        checkWhole(7);
        clock.advance(Duration.ofDays(1));
        assertThat(audit.prune(clock.instant())).isEqualTo(3);
        checkWhole(7);
    }

    @Test
    void whoPrunesByHandIsFound() {
        sealedEntries();
        database.run(
                tx -> {
                    tx.update(
                            "INSERT INTO audit_checkpoint (chain_number, chain_seal, pruned_at, seal)"
                                    + " SELECT chain_number, seal, 0, seal FROM audit_entry"
                                    + " WHERE chain_number = 2");
                    tx.update("DELETE FROM audit_entry WHERE chain_number <= 2");
                });

        checkFound(2, Fault.FORGED_MARK);
        assertThat(audit.prune(clock.instant().plusSeconds(60))).isZero();
    }

    @Test
    void pruningHidesNoTampering() {
        sealedEntries();
        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number = 3"));

        assertThat(audit.prune(clock.instant().plusSeconds(60))).isEqualTo(2);
        checkFound(3, Fault.CHANGED);
    }

    @Test
    void anErasedBeginningIsFoundAfterPruning() {
        sealedEntries();
        assertThat(audit.prune(clock.instant().minusSeconds(60))).isZero();
        database.run(tx -> tx.update("DELETE FROM audit_entry WHERE chain_number <= 2"));

        checkFound(1, Fault.MISSING);
    }

    @Test
    void theThreadSealsWhatACommitLeaves() throws InterruptedException {
        chain.start();
        recordAll("one");

        for (int i = 0; i < 500 && audit.verify().last() < 1; i++) {
            Thread.onSpinWait();
            Thread.sleep(10);
        }
        checkWhole(1);
    }

    @Test
    void anActionIsAWordNotAText() {
        assertThatThrownBy(
                        () ->
                                database.run(
                                        tx -> audit.record(tx, CASEWORKER, "Called Amina", "one")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void behindAGapTheCheckGoesOnAndSeesWhatWasTouchedThere() {
        sealedEntries();
        restoreTo(2);
        recordAll("later", "later still", "last");
        chain.sealWaiting();

        assertThat(found()).containsExactly("MISSING 3-4");

        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number = 5"));
        assertThat(found())
                .as("right behind the gap")
                .containsExactly("MISSING 3-4", "CHANGED 5-5");
        database.run(tx -> tx.update("DELETE FROM audit_gap"));
        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number = 7"));
        assertThat(found())
                .as("also when the gap is not ours")
                .containsExactly("MISSING 3-4", "CHANGED 7-7");
    }

    @Test
    void aGapThatSomebodyAcceptedIsNoLongerInTheWay() {
        sealedEntries();
        restoreTo(2);
        recordAll("later");
        chain.sealWaiting();
        var gap = audit.verify().open().getFirst().key();

        assertThat(audit.accept(CASEWORKER, gap + "0", Reason.UNKNOWN)).isFalse();
        assertThat(audit.accept(CASEWORKER, gap, Reason.BACKUP_RESTORED)).isTrue();
        assertThat(audit.accept(CASEWORKER, gap, Reason.UNKNOWN)).isFalse();

        assertThat(audit.verify().stands()).isTrue();
        assertThat(audit.verify().findings())
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.accepted().orElseThrow().reason())
                                    .isEqualTo(Reason.BACKUP_RESTORED);
                            assertThat(it.accepted().orElseThrow().by()).isEqualTo(CASEWORKER);
                        });
        clock.advance(Duration.ofDays(1));
        recordAll("kept");
        chain.sealWaiting();
        assertThat(audit.prune(clock.instant())).as("1, 2, 5 and the acceptance").isEqualTo(4);
        checkWhole(7);
    }

    @Test
    void whatSomebodyAcceptedIsFoundAgainWhenItIsTouchedOnceMore() {
        sealedEntries();
        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number = 2"));
        assertThat(
                        audit.accept(
                                CASEWORKER,
                                audit.verify().open().getFirst().key(),
                                Reason.TAMPERED))
                .isTrue();
        assertThat(audit.verify().stands()).isTrue();

        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'y' WHERE chain_number = 2"));
        assertThat(audit.verify().stands()).isFalse();

        database.run(
                tx ->
                        tx.update(
                                "UPDATE audit_entry SET record = 'changed 2-2 x unknown'"
                                        + " WHERE action = 'audit-finding-accepted'"));
        assertThat(audit.verify().open()).as("nobody writes an acceptance by hand").hasSize(2);
    }

    @Test
    void whatLiesBehindAHundredFindingsIsFoundToo() {
        for (int i = 0; i < 105; i++) {
            recordAll("one of many");
        }
        chain.sealWaiting();
        database.run(
                tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number <= 103"));

        var first = audit.verify();
        assertThat(first.open()).hasSize(100);
        assertThat(first.unlisted()).hasValue(101);
        for (var finding : first.open()) {
            database.run(
                    tx ->
                            audit.record(
                                    tx,
                                    CASEWORKER,
                                    "audit-finding-accepted",
                                    finding.key() + " unknown"));
        }
        chain.sealWaiting();

        assertThat(audit.verify().stands()).isFalse();
        assertThat(audit.verify().standsBefore()).isEqualTo(101);
        assertThat(audit.verify().open())
                .extracting(Finding::first)
                .containsExactly(101L, 102L, 103L);
    }

    @Test
    void aCutOffEndCanBeAcceptedToo() {
        sealedEntries();
        restoreTo(2);
        var finding = audit.verify().open().getFirst();
        assertThat(finding.fault()).isEqualTo(Fault.TRUNCATED);

        assertThat(audit.accept(CASEWORKER, finding.key(), Reason.BACKUP_RESTORED)).isTrue();

        assertThat(found()).containsExactly("MISSING 3-4");
        assertThat(audit.verify().stands()).isTrue();
    }

    @Test
    void aClockThatJumpsErasesNoMoreThanAMonthInANight() {
        sealedEntries();
        clock.advance(Duration.ofDays(60));
        recordAll("five");
        chain.sealWaiting();
        clock.advance(Duration.ofDays(4_000));

        assertThat(audit.prune(clock.instant())).isEqualTo(4);
        assertThat(audit.prune(clock.instant())).isEqualTo(1);
    }

    /// As a backup of that moment, with the key folder of now.
    private void restoreTo(long number) {
        database.run(
                tx -> {
                    tx.update(
                            "UPDATE audit_head SET chain_number = ?, seal = (SELECT seal FROM"
                                    + " audit_entry WHERE chain_number = ?)",
                            number,
                            number);
                    tx.update("DELETE FROM audit_entry WHERE chain_number > ?", number);
                });
    }

    private List<String> found() {
        return audit.verify().findings().stream()
                .map(it -> it.fault() + " " + it.first() + "-" + it.last())
                .toList();
    }

    private void checkWhole(long last) {
        assertThat(audit.verify().findings()).isEmpty();
        assertThat(audit.verify().last()).isEqualTo(last);
    }

    /// The first of what is found; what it drags along may follow.
    private void checkFound(long number, Fault fault) {
        assertThat(audit.verify().open())
                .first()
                .extracting(Finding::first, Finding::fault)
                .containsExactly(number, fault);
    }

    private void sealedEntries() {
        recordAll("one", "two", "three", "four");
        chain.sealWaiting();
        checkWhole(4);
    }

    private void recordAll(String... records) {
        for (var record : records) {
            database.run(tx -> audit.record(tx, CASEWORKER, "referral-sent", record));
        }
    }
}
