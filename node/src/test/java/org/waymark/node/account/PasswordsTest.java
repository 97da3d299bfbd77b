// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void whatIsKeptNamesArgon2idWith19MebibytesAndNotThePassword() {
        var kept = passwords.encryptPassword("correct horse battery");

        assertThat(kept).startsWith("$shiro2$argon2id$v=19$t=2,m=19456,p=1$");
        assertThat(kept).doesNotContain("correct");
        assertThat(passwords.encryptPassword("correct horse battery")).isNotEqualTo(kept);
        assertThat(passwords.passwordsMatch("correct horse battery", kept)).isTrue();
        assertThat(passwords.passwordsMatch("correct horse batterz", kept)).isFalse();
    }

    @Test
    void whatIsKeptIsArgon2idAsTheReferenceImplementationComputesIt() {
        // phc-winner-argon2, src/test.c: argon2id, version 19, t=2, m=65536, p=1.
        assertThat(argon2id("password", "somesalt".getBytes(UTF_8), 2, 65536))
                .isEqualTo("CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

        var kept = passwords.encryptPassword("password").split("\\$");
        assertThat(argon2id("password", Base64.getDecoder().decode(kept[5]), 2, 19456))
                .isEqualTo(kept[6]);
    }

    private static String argon2id(String password, byte[] salt, int iterations, int memoryKib) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withSalt(salt)
                        .withIterations(iterations)
                        .withMemoryAsKB(memoryKib)
                        .withParallelism(1)
                        .build());
        var hash = new byte[32];
        generator.generateBytes(password.getBytes(UTF_8), hash);
        return Base64.getEncoder().withoutPadding().encodeToString(hash);
    }

    @Test
    void hashesOneAtATimeHoweverManyAsk() throws Exception {
        var kept = passwords.encryptPassword("correct horse battery");
        var matched = new AtomicInteger();
        var most = new AtomicInteger();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                threads.submit(
                        () -> {
                            if (passwords.passwordsMatch("correct horse battery", kept)) {
                                matched.incrementAndGet();
                            }
                            most.accumulateAndGet(passwords.mostAtOnce(), Math::max);
                        });
            }
        }

        assertThat(matched).hasValue(20);
        assertThat(most).hasValue(1);
    }

    @Test
    void turnsStrangersAwayWhenSixteenWaitAndTakesThemAgainLater() throws Exception {
        var inside = new CountDownLatch(16);
        var leave = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.submit(
                        () ->
                                passwords.forStranger(
                                        () -> {
                                            inside.countDown();
                                            await(leave);
                                            return true;
                                        }));
            }
            inside.await();

            assertThatThrownBy(() -> passwords.forStranger(() -> true))
                    .isInstanceOf(Passwords.Busy.class);
            leave.countDown();
        }

        assertThat(passwords.<Boolean>forStranger(() -> true)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
