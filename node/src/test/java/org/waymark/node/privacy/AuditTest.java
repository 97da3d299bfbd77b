// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Audit.Verdict;
import org.waymark.node.privacy.Audit.Verdict.Broken;
import org.waymark.node.privacy.Audit.Verdict.Fault;
import org.waymark.node.privacy.Audit.Verdict.Intact;

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
        assertThat(audit.verify()).isEqualTo(new Intact(2));
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

        assertThat(audit.verify()).isEqualTo(new Broken(2, Fault.CHANGED));
    }

    @Test
    void aDeletedEntryIsFound() {
        sealedEntries();

        database.run(tx -> tx.update("DELETE FROM audit_entry WHERE chain_number = 2"));

        assertThat(audit.verify()).isEqualTo(new Broken(2, Fault.MISSING));
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

        assertThat(audit.verify()).isEqualTo(new Broken(2, Fault.CHANGED));
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

        assertThat(audit.verify()).isEqualTo(new Broken(3, Fault.TRUNCATED));

        recordAll("later");
        chain.sealWaiting();
        assertThat(audit.verify()).isEqualTo(new Broken(3, Fault.MISSING));
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
        assertThat(audit.verify()).isEqualTo(new Intact(6));

        recordAll("seven");
        chain.sealWaiting();
        assertThat(audit.verify()).isEqualTo(new Intact(7));
        clock.advance(Duration.ofDays(1));
        assertThat(audit.prune(clock.instant())).isEqualTo(3);
        assertThat(audit.verify()).isEqualTo(new Intact(7));
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

        assertThat(audit.verify()).isEqualTo(new Broken(2, Fault.FORGED_MARK));
        assertThat(audit.prune(clock.instant().plusSeconds(60))).isZero();
    }

    @Test
    void pruningHidesNoTampering() {
        sealedEntries();
        database.run(tx -> tx.update("UPDATE audit_entry SET record = 'x' WHERE chain_number = 3"));

        assertThat(audit.prune(clock.instant().plusSeconds(60))).isEqualTo(2);
        assertThat(audit.verify()).isEqualTo(new Broken(3, Fault.CHANGED));
    }

    @Test
    void anErasedBeginningIsFoundAfterPruning() {
        sealedEntries();
        assertThat(audit.prune(clock.instant().minusSeconds(60))).isZero();
        database.run(tx -> tx.update("DELETE FROM audit_entry WHERE chain_number <= 2"));

        assertThat(audit.verify()).isEqualTo(new Broken(1, Fault.MISSING));
    }

    @Test
    void theThreadSealsWhatACommitLeaves() throws InterruptedException {
        chain.start();
        recordAll("one");

        for (int i = 0; i < 500 && !audit.verify().equals(new Intact(1)); i++) {
            Thread.onSpinWait();
            Thread.sleep(10);
        }
        assertThat(audit.verify()).isEqualTo(new Intact(1));
    }

    @Test
    void anActionIsAWordNotAText() {
        assertThatThrownBy(
                        () ->
                                database.run(
                                        tx -> audit.record(tx, CASEWORKER, "Called Amina", "one")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void sealedEntries() {
        recordAll("one", "two", "three", "four");
        chain.sealWaiting();
        assertThat(audit.verify()).isEqualTo((Verdict) new Intact(4));
    }

    private void recordAll(String... records) {
        for (var record : records) {
            database.run(tx -> audit.record(tx, CASEWORKER, "referral-sent", record));
        }
    }
}
