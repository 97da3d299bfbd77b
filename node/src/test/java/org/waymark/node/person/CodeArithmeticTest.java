// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.privacy.ReadableCode;

/// What guessing costs.
class CodeArithmeticTest {

    private static final double SECONDS_IN_A_YEAR = 365.25 * 24 * 3600;
    private static final int OPEN_CASES = 10_000;

    /// A guess names one locator, and so hits one case at most, however many are open: 10,000 of
    /// them only make it likelier that the locator is one of somebody's.
    @Test
    void atTheAllowedRateGuessingHitsNothingInAMillionYears() {
        var signs = ReadableCode.SIGNS.length();
        var locators = Math.pow(signs, HelpCode.LOCATOR);
        var guesses = CodeHashes.MOST_A_SECOND * SECONDS_IN_A_YEAR * 1_000_000;

        var blind = guesses * (OPEN_CASES / locators) / Math.pow(signs, HelpCode.SECRET);
        var knowingEveryLocator = guesses / Math.pow(signs, HelpCode.SECRET);

        assertThat(blind).isLessThan(1);
        assertThat(knowingEveryLocator).isLessThan(1);
        assertThat(locators).as("room for every open case").isGreaterThan(10.0 * OPEN_CASES);
    }

    @Test
    void noGuesserIsFasterThanTheAllowedRate() {
        var hashes = new CodeHashes();
        var tries = 10;

        var start = System.nanoTime();
        IntStream.range(0, tries)
                .forEach(
                        _ ->
                                assertThat(hashes.matches("X", Optional.empty(), true))
                                        .contains(false));
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took)
                .isGreaterThanOrEqualTo(
                        Duration.ofSeconds(tries - 1).dividedBy(CodeHashes.MOST_A_SECOND));
    }

    @Test
    void whoeverGuessesWaitsAndNobodyElse() {
        var clock = new TestClock();
        var tries = new CodeTries(clock, new SecureRandom(), 4, Duration.ofMinutes(5));
        for (int i = 0; i < 4; i++) {
            assertThat(tries.waitFor("192.0.2.7 ABCD")).isEmpty();
            tries.failed("192.0.2.7 ABCD");
        }

        assertThat(tries.waitFor("192.0.2.7 ABCD")).isPresent();
        assertThat(tries.waitFor("192.0.2.8 ABCD")).as("a colleague elsewhere").isEmpty();
        clock.advance(Duration.ofSeconds(3));
        assertThat(tries.waitFor("192.0.2.7 ABCD")).as("after the pause").isEmpty();
        for (int i = 0; i < 40; i++) {
            tries.failed("192.0.2.7 ABCD");
        }
        assertThat(tries.waitFor("192.0.2.7 ABCD").orElseThrow())
                .as("never for good")
                .isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    /// Whoever has the code by force tries words as fast as they may, for a month.
    @Test
    void aWordIsTriedSomeDozenTimesADayFromHoweverManyLines() {
        var days = 30;
        assertThat(wordsTried(1, days)).isLessThanOrEqualTo(20 + 24 * days);
        assertThat(wordsTried(1, 1))
                .as("one line keeps nobody else out")
                .isLessThan(HelpCodes.FREE_WORDS_FROM_ANYWHERE);
        assertThat(wordsTried(100, days)).isLessThanOrEqualTo(80 + 24 * days);
    }

    private static int wordsTried(int lines, int days) {
        var clock = new TestClock();
        var random = new SecureRandom();
        var ofLine =
                new CodeTries(
                        clock,
                        random,
                        HelpCodes.FREE_WORDS,
                        HelpCodes.LONGEST_FOR_WORD,
                        HelpCodes.MEMORY_OF_WORDS);
        var ofAll =
                new CodeTries(
                        clock,
                        random,
                        HelpCodes.FREE_WORDS_FROM_ANYWHERE,
                        HelpCodes.LONGEST_FOR_WORD,
                        HelpCodes.MEMORY_OF_WORDS);
        var tried = 0;
        var end = clock.instant().plus(Duration.ofDays(days));
        while (clock.instant().isBefore(end)) {
            for (int line = 0; line < lines; line++) {
                while (ofLine.waitFor("line " + line).isEmpty() && ofAll.waitFor("all").isEmpty()) {
                    ofLine.failed("line " + line);
                    ofAll.failed("all");
                    tried++;
                }
            }
            clock.advance(Duration.ofMinutes(1));
        }
        return tried;
    }

    @Test
    void aLineCountsAsOneHoweverManyAddressesItHas() {
        assertThat(CodeTries.lineOf("2001:db8:1:2::5"))
                .isEqualTo(CodeTries.lineOf("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(CodeTries.lineOf("2001:db8:1:3::5"));
    }

    @Test
    void aCodeIsTheSameHoweverItIsTyped() {
        var code = HelpCode.random(new SecureRandom());

        assertThat(
                        HelpCode.parse(
                                code.shown().toLowerCase(java.util.Locale.ROOT).replace("-", " ")))
                .contains(code);
        assertThat(code.shown()).matches("([" + ReadableCode.SIGNS + "]{4}-){3}.{4}");
        assertThat(HelpCode.parse(code.value().substring(1))).isEmpty();
        assertThat(code.toString()).doesNotContain(code.value());
    }
}
