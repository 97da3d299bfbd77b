// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.TestClock;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.work.Work;

final class KeyCareTest {

    @TempDir Path temporary;

    @Test
    void onceADayKeysPastTheirTimeAreDestroyedAndUsedOnesStay() {
        var folder = KeyFolders.in(temporary);
        var master = MasterKey.create(folder, new SecureRandom());
        var clinic = new OrganizationId(UUID.randomUUID());
        new SealKeys(folder, master, Clock.systemUTC()).currentPublicKey(clinic);
        var used = new CaseId(UUID.randomUUID());
        var orphan = new CaseId(UUID.randomUUID());
        var now = new CaseKeys(folder, master, Clock.systemUTC(), new SecureRandom());
        now.create(used);
        now.create(orphan);
        var later = new TestClock();
        later.advance(Duration.between(later.instant(), Instant.now().plus(Duration.ofDays(61))));

        try (var database = Databases.inMemory();
                var work = new Work(database, later)) {
            var seals = new SealKeys(folder, master, later);
            var cases = new CaseKeys(folder, master, later, new SecureRandom());
            var care = new KeyCare(database, work, seals, cases, Set.of(used)::contains, later);
            care.start();
            assertThat(work.runDue()).isEqualTo(1);

            assertThat(cases.holds(used, Part.CASE)).isTrue();
            assertThat(cases.holds(orphan, Part.CASE)).isFalse();
            assertThat(work.runDue()).isZero();
            // What waited is opened first, and others know the next key for two days.
            assertThat(folder.list("seal-keys/" + clinic)).hasSize(1);
            later.advance(Duration.ofHours(1));
            assertThat(work.runDue()).isEqualTo(1);
            assertThat(folder.list("seal-keys/" + clinic)).hasSize(2);
            later.advance(Duration.ofDays(2));
            assertThat(work.runDue()).isEqualTo(1);
            assertThat(folder.list("seal-keys/" + clinic)).hasSize(1);
        }
    }

    @Test
    void aKeyPastItsTimeStaysWhileItIsLockedForWhatWasSealedToItMeanwhile() {
        var folder = KeyFolders.in(temporary);
        var master = MasterKey.create(folder, new SecureRandom());
        var sheet = master.recoverySheet(URI.create("https://clinic.example"));
        var clinic = new OrganizationId(UUID.randomUUID());
        var clock = new TestClock();
        var seals = new SealKeys(folder, master, clock);
        var publicKey = seals.currentPublicKey(clinic);
        var id = Sealing.keyId(publicKey);
        master.forget();

        clock.advance(Duration.ofDays(70));

        assertThat(seals.currentPublicKey(clinic)).isEqualTo(publicKey);
        assertThat(seals.sweep()).isFalse();
        master.openWith(MasterKey.read(folder, sheet));
        assertThat(seals.sweep()).isFalse();
        assertThat(seals.findPrivateKey(clinic, id)).isPresent();

        clock.advance(Duration.ofHours(2));
        assertThat(seals.sweep()).isTrue();
        clock.advance(Duration.ofDays(2));
        assertThat(seals.findPrivateKey(clinic, id)).isEmpty();
        assertThat(seals.sweep()).isTrue();
        assertThat(folder.list("seal-keys/" + clinic)).hasSize(1);
        assertThat(folder.list("seal-keys-public/" + clinic)).hasSize(1);
    }

    @Test
    void aKeyPastItsTimeStaysForWhatWaitedWhenTheKeysComeBackToAStoppedNode() {
        var folder = KeyFolders.in(temporary);
        var master = MasterKey.create(folder, new SecureRandom());
        var clinic = new OrganizationId(UUID.randomUUID());
        var clock = new TestClock();
        var id = Sealing.keyId(new SealKeys(folder, master, clock).currentPublicKey(clinic));

        // It lay off, its key away; somebody brought it back by the sheet.
        clock.advance(Duration.ofDays(70));
        var seals = new SealKeys(folder, MasterKey.open(folder), clock);

        assertThat(seals.sweep()).isFalse();
        assertThat(seals.findPrivateKey(clinic, id)).isPresent();
        clock.advance(Duration.ofHours(2));
        // Partners may keep our address book entry for a day.
        assertThat(seals.sweep()).isTrue();
        clock.advance(Duration.ofHours(26));
        assertThat(seals.sweep()).isTrue();
        assertThat(seals.findPrivateKey(clinic, id)).isPresent();
        clock.advance(Duration.ofHours(24));
        assertThat(seals.findPrivateKey(clinic, id)).isEmpty();
        assertThat(seals.sweep()).isTrue();
        assertThat(folder.list("seal-keys/" + clinic)).hasSize(1);
    }
}
