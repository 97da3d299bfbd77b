// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.referral.ReferralId;

/// Gives help codes and checks them. The code alone tells how far the request is, and stops it;
/// what it is about needs a word besides, agreed face to face or chosen by the person (safety.md
/// 10).
final class HelpCodes {

    /// The shortest second word, in characters.
    static final int FEWEST_IN_WORD = 4;

    // A typing mistake or two for each code, some more for a waiting room with one line.
    private static final int FREE_PER_CODE = 4;
    private static final int FREE_PER_LINE = 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    // A word is short. 1 h: 24 guesses a day for whoever has the code by force.
    private static final int FREE_WORDS = 4;
    private static final Duration LONGEST_FOR_WORD = Duration.ofHours(1);
    private static final int LOCATORS_TO_TRY = 100;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private final CodeHashes hashes = new CodeHashes();
    private final CodeTries codeTries;
    private final CodeTries lineTries;
    private final CodeTries wordTries;

    HelpCodes(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.codeTries = new CodeTries(clock, random, FREE_PER_CODE, LONGEST);
        this.lineTries = new CodeTries(clock, random, FREE_PER_LINE, LONGEST);
        this.wordTries = new CodeTries(clock, random, FREE_WORDS, LONGEST_FOR_WORD);
    }

    /// What came of typing a code or a word.
    sealed interface Check {
        record Right(ReferralId referral) implements Check {}

        record Wrong() implements Check {}

        /// Wrong too often from here; nothing was checked.
        record TooSoon(Duration pause) implements Check {}

        /// Too many wait; nothing was checked.
        record Busy() implements Check {}
    }

    /// Gives a code for a request; one given before is worth nothing from then on.
    ///
    /// @param word the second word; without one the code alone shows how far it is
    HelpCode give(ReferralId referral, CaseId caseId, Optional<String> word) {
        for (int i = 0; i < LOCATORS_TO_TRY; i++) {
            var code = HelpCode.random(random);
            var stored =
                    new HelpCodeTable.Stored(
                            code.locator(),
                            referral,
                            caseId,
                            hashes.hash(code.secret()),
                            word.map(it -> hashes.hash(normal(it))),
                            clock.instant());
            var free =
                    database.write(
                            tx -> {
                                if (HelpCodeTable.find(tx, code.locator()).isPresent()) {
                                    return false;
                                }
                                HelpCodeTable.replace(tx, stored);
                                return true;
                            });
            if (free) {
                return code;
            }
        }
        throw new IllegalStateException("No locator is free");
    }

    /// Agrees on another word; false when there is no code yet.
    boolean setWord(ReferralId referral, String word) {
        var hash = hashes.hash(normal(word));
        return database.write(tx -> HelpCodeTable.setWord(tx, referral, hash)) > 0;
    }

    Optional<HelpCodeTable.Stored> findOf(ReferralId referral) {
        return database.read(tx -> HelpCodeTable.findOf(tx, referral));
    }

    Check check(String typed, String address) {
        var code = HelpCode.parse(typed);
        if (code.isEmpty()) {
            return new Check.Wrong();
        }
        var line = CodeTries.lineOf(address);
        var both = line + " " + code.get().locator();
        var everybody = CodeTries.isEverybody(address);
        var pause =
                codeTries
                        .waitFor(both)
                        .or(() -> everybody ? Optional.empty() : lineTries.waitFor(line));
        if (pause.isPresent()) {
            return new Check.TooSoon(pause.get());
        }
        var stored = database.read(tx -> HelpCodeTable.find(tx, code.get().locator()));
        var right =
                hashes.matches(
                        code.get().secret(),
                        stored.map(HelpCodeTable.Stored::secretHash),
                        !everybody && lineTries.hasFailed(line));
        if (right.isEmpty()) {
            return new Check.Busy();
        }
        if (right.get()) {
            codeTries.succeeded(both);
            return new Check.Right(stored.orElseThrow().referral());
        }
        codeTries.failed(both);
        lineTries.failed(line);
        return new Check.Wrong();
    }

    /// Checks the second word, for one who has the code.
    Check checkWord(ReferralId referral, String typed) {
        var tried = "word " + referral;
        var pause = wordTries.waitFor(tried);
        if (pause.isPresent()) {
            return new Check.TooSoon(pause.get());
        }
        var hash = findOf(referral).flatMap(HelpCodeTable.Stored::wordHash);
        var right = hashes.matches(normal(typed), hash, wordTries.hasFailed(tried));
        if (right.isEmpty()) {
            return new Check.Busy();
        }
        if (right.get()) {
            wordTries.succeeded(tried);
            return new Check.Right(referral);
        }
        wordTries.failed(tried);
        return new Check.Wrong();
    }

    /// Whether it can be a second word.
    static boolean isWord(String word) {
        return normal(word).length() >= FEWEST_IN_WORD;
    }

    /// The same however it is written: marks, blanks and capitals do not matter.
    private static String normal(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", "");
    }
}
