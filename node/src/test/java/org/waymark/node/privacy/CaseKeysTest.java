// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waymark.node.privacy.CaseKeys.Part.CASE;
import static org.waymark.node.privacy.CaseKeys.Part.CONTACT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseKeysTest {

    private static final FieldAddress NAME =
            new FieldAddress("referral_contact", UUID.randomUUID(), "name");
    private static final String PERSON = "MARKER Amina";
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir Path temporary;
    private final CaseId amina = new CaseId(UUID.randomUUID());
    private KeyFolder folder;
    private MasterKey master;
    private CaseKeys keys;

    @BeforeEach
    void createKeys() {
        folder = KeyFolders.in(temporary);
        master = MasterKey.create(folder, new SecureRandom());
        keys = keysAt(NOW);
        keys.create(amina);
    }

    @Test
    void forgettingWaitsForNoSweep() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var later = keysAt(Instant.now().plus(Duration.ofDays(1)));
        var sweep =
                Thread.ofPlatform()
                        .start(() -> later.sweep(_ -> known(asked, answer), Duration.ZERO));
        try {
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            var forget = Thread.ofPlatform().start(master::forget);

            assertThat(forget.join(Duration.ofSeconds(20))).isTrue();
            assertThat(master.isOpen()).isFalse();
        } finally {
            answer.countDown();
            sweep.join();
        }
    }

    private static boolean known(CountDownLatch asked, CountDownLatch answer) {
        asked.countDown();
        try {
            return answer.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFieldOpensWhereItWasProtectedAlsoAfterARestart() {
        var field = keys.protect(amina, CONTACT, NAME, PERSON);

        assertThat(keysAt(NOW).openText(amina, CONTACT, NAME, field)).contains(PERSON);
        assertThat(new String(field, UTF_8)).doesNotContain("MARKER");
    }

    @Test
    void aFieldDoesNotOpenInAnotherRowColumnTablePartOrCase() {
        var field = keys.protect(amina, CONTACT, NAME, PERSON);
        var other = new CaseId(UUID.randomUUID());
        keys.create(other);

        checkDamaged(amina, CONTACT, new FieldAddress(NAME.table(), NAME.row(), "note"), field);
        checkDamaged(
                amina,
                CONTACT,
                new FieldAddress(NAME.table(), UUID.randomUUID(), NAME.column()),
                field);
        checkDamaged(amina, CONTACT, new FieldAddress("other", NAME.row(), NAME.column()), field);
        checkDamaged(amina, CASE, NAME, field);
        checkDamaged(other, CONTACT, NAME, field);
    }

    @Test
    void everyFlippedByteIsRefused() {
        var field = keys.protect(amina, CASE, NAME, PERSON);

        for (int i = 0; i < field.length; i++) {
            var changed = field.clone();
            changed[i] ^= 1;
            checkDamaged(amina, CASE, NAME, changed);
        }
    }

    @Test
    void afterOnePartIsDestroyedNothingOfItOpensAndTheOtherStays() {
        var contact = keys.protect(amina, CONTACT, NAME, PERSON);
        var need = keys.protect(amina, CASE, NAME, "a bed");

        assertThat(keys.destroy(amina, CONTACT)).isTrue();
        assertThat(keys.destroy(amina, CONTACT)).isFalse();

        assertThat(keys.open(amina, CONTACT, NAME, contact)).isEmpty();
        assertThatThrownBy(() -> keys.protect(amina, CONTACT, NAME, PERSON))
                .isInstanceOf(IllegalStateException.class);
        assertThat(keys.openText(amina, CASE, NAME, need)).contains("a bed");
    }

    @Test
    void aDestroyedKeyThatComesBackFromAnOldCopyIsDestroyedAgain() {
        var contact = keys.protect(amina, CONTACT, NAME, PERSON);
        var name = "case-keys/" + amina + ".contact";
        var copy = folder.read(name).orElseThrow();
        keys.destroy(amina, CONTACT);

        folder.write(name, copy);

        assertThat(keysAt(NOW).open(amina, CONTACT, NAME, contact)).isEmpty();
        assertThatThrownBy(() -> keys.create(amina)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyThatIsMissingWhenItsPartIsErasedDoesNotComeBackFromAnOldCopy() {
        var contact = keys.protect(amina, CONTACT, NAME, PERSON);
        var name = "case-keys/" + amina + ".contact";
        var copy = folder.read(name).orElseThrow();
        folder.destroy(name);
        assertThat(keys.destroy(amina, CONTACT)).isFalse();
        assertThat(keys.destroy(amina, CONTACT)).isFalse();

        folder.write(name, copy);

        assertThat(keysAt(NOW).open(amina, CONTACT, NAME, contact)).isEmpty();
        var ledger = new String(folder.read("erasure-ledger").orElseThrow(), UTF_8);
        assertThat(ledger.lines()).filteredOn(line -> !line.isBlank()).hasSize(1);
    }

    @Test
    void keysOfATransactionThatNeverCommittedAreSweptAfterAWhile() throws IOException {
        var orphan = new CaseId(UUID.randomUUID());
        keys.create(orphan);
        var later = keysAt(Instant.now().plus(Duration.ofHours(2)));

        assertThat(keysAt(Instant.now()).sweep(amina::equals, Duration.ofHours(1))).isZero();
        assertThat(later.sweep(amina::equals, Duration.ofHours(1))).isEqualTo(1);

        assertThat(later.holds(orphan, CASE)).isFalse();
        assertThat(later.holds(amina, CASE)).isTrue();
        assertThat(Files.exists(temporary.resolve("keys/erasure-ledger"))).isFalse();
    }

    @Test
    void aKeyEncryptionKeyGoesWhenItsMonthIsOverAndNoCaseUsesIt() {
        var nextMonth = keysAt(NOW.plus(Duration.ofDays(30)));

        nextMonth.sweep(caseId -> true, Duration.ofHours(1));
        assertThat(folder.list("key-encryption-keys")).containsExactly("2026-11");

        nextMonth.destroy(amina, CONTACT);
        nextMonth.destroy(amina, CASE);
        nextMonth.sweep(caseId -> true, Duration.ofHours(1));
        assertThat(folder.list("key-encryption-keys")).isEmpty();
    }

    @Test
    void nothingInTheKeyFolderTellsAKeyInClear() {
        var plain =
                master.unwrap(
                        "key-encryption-keys/2026-11",
                        folder.read("key-encryption-keys/2026-11").orElseThrow());

        assertThat(KeyFolders.everythingIn(temporary.resolve("keys/key-encryption-keys")))
                .doesNotContain(new String(plain, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private CaseKeys keysAt(Instant now) {
        return new CaseKeys(folder, master, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private void checkDamaged(
            CaseId caseId, CaseKeys.Part part, FieldAddress address, byte[] field) {
        assertThatThrownBy(() -> keys.open(caseId, part, address, field))
                .isInstanceOf(DamagedException.class);
    }
}
