// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SecretTest {

    private final SecureRandom random = new SecureRandom();
    private final Secret secret = Secret.random(random);

    @Test
    void everyFormTokenIsAnotherAndEachIsTaken() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 100; i++) {
            var token = secret.formToken();

            assertThat(seen.add(token.substring(0, 64))).isTrue();
            assertThat(seen.add(token.substring(64))).isTrue();
            assertThat(secret.isFormToken(token)).isTrue();
        }
    }

    @Test
    void anyOtherTokenIsRefused() {
        var token = secret.formToken();

        for (var at = 0; at < token.length(); at++) {
            var other = token.charAt(at) == '0' ? '1' : '0';
            assertThat(secret.isFormToken(token.substring(0, at) + other + token.substring(at + 1)))
                    .isFalse();
        }
        assertThat(secret.isFormToken("")).isFalse();
        assertThat(secret.isFormToken("0".repeat(128))).isFalse();
        assertThat(secret.isFormToken(token + "00")).isFalse();
        assertThat(secret.isFormToken(token.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(secret.isFormToken(Secret.random(random).formToken())).isFalse();
    }
}
