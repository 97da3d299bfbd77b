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

    // A typing mistake or two for each code.
    private static final int FREE_PER_CODE = 4;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    // A word is short. 1 h: 24 guesses a day for whoever has the code by force.
    static final int FREE_WORDS = 4;
    static final Duration LONGEST_FOR_WORD = Duration.ofHours(1);
    // From anywhere: more than one line can use up in a day, so that the person elsewhere is not
    // kept out by it (CodeArithmeticTest).
    static final int FREE_WORDS_FROM_ANYWHERE = 50;
    static final Duration MEMORY_OF_WORDS = Duration.ofDays(1);
    private static final int LOCATORS_TO_TRY = 100;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private final CodeHashes hashes = new CodeHashes();
    private final CodeTries codeTries;
    private final CodeTries lineTries;
    private final CodeTries wordTries;
    private final CodeTries wordTriesFromAnywhere;

    HelpCodes(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.codeTries = new CodeTries(clock, random, FREE_PER_CODE, LONGEST);
        this.lineTries = new CodeTries(clock, random, FREE_PER_CODE, LONGEST);
        this.wordTries =
                new CodeTries(clock, random, FREE_WORDS, LONGEST_FOR_WORD, MEMORY_OF_WORDS);
        this.wordTriesFromAnywhere =
                new CodeTries(
                        clock, random, FREE_WORDS_FROM_ANYWHERE, LONGEST_FOR_WORD, MEMORY_OF_WORDS);
    }

    /// What came of typing a code or a word.
    sealed interface Check {
        record Right(HelpCodeTable.Stored code) implements Check {}

        record Wrong() implements Check {}

        /// Wrong too often from here; nothing was checked.
        record TooSoon(Duration pause) implements Check {}

        /// Too many wait; nothing was checked.
        record Busy() implements Check {}
    }

    /// Gives a code for a request; one given before is worth nothing from then on.
    ///
    /// @param word the second word; without one the one before stays, and where there was none the
    ///   code alone shows how far it is
    HelpCode give(ReferralId referral, CaseId caseId, Optional<String> word) {
        var wordHash =
                word.map(it -> hashes.hash(normal(it)))
                        .or(() -> findOf(referral).flatMap(HelpCodeTable.Stored::wordHash));
        for (int i = 0; i < LOCATORS_TO_TRY; i++) {
            var code = HelpCode.random(random);
            var stored =
                    new HelpCodeTable.Stored(
                            code.locator(),
                            referral,
                            caseId,
                            hashes.hash(code.secret()),
                            wordHash,
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
        // Nobody waits for what others on their line got wrong: in a shelter, behind a phone
        // company
        // and behind an onion service that would be whoever wants to keep the person out. Their
        // line
        // has less room in the queue, and the pace of the queue is what a guesser is held to.
        Optional<Duration> pause = everybody ? Optional.empty() : codeTries.waitFor(both);
        if (pause.isPresent()) {
            return new Check.TooSoon(pause.get());
        }
        var stored = database.read(tx -> HelpCodeTable.find(tx, code.get().locator()));
        var right =
                hashes.matches(
                        code.get().secret(),
                        stored.map(HelpCodeTable.Stored::secretHash),
                        everybody ? codeTries.hasFailed(both) : lineTries.hasFailed(line));
        if (right.isEmpty()) {
            return new Check.Busy();
        }
        if (right.get()) {
            codeTries.succeeded(both);
            return new Check.Right(stored.orElseThrow());
        }
        codeTries.failed(both);
        lineTries.failed(line);
        return new Check.Wrong();
    }

    /// Checks the second word, for one who has the code. A new code or word begins with a clean
    /// slate, so staff can let in a person whom others keep out.
    ///
    /// @param visit which one it is, where all come from one address
    Check checkWord(ReferralId referral, String typed, String address, String visit) {
        var code = findOf(referral);
        var hash = code.flatMap(HelpCodeTable.Stored::wordHash);
        var request =
                code.map(it -> it.secretHash() + " " + it.wordHash().orElse("")).orElse("none");
        var tried =
                (CodeTries.isEverybody(address) ? visit : CodeTries.lineOf(address))
                        + " "
                        + request;
        var pause = wordTries.waitFor(tried).or(() -> wordTriesFromAnywhere.waitFor(request));
        if (pause.isPresent()) {
            return new Check.TooSoon(pause.get());
        }
        var right = hashes.matches(normal(typed), hash, wordTries.hasFailed(tried));
        if (right.isEmpty()) {
            return new Check.Busy();
        }
        if (right.get()) {
            wordTries.succeeded(tried);
            return new Check.Right(code.orElseThrow());
        }
        wordTries.failed(tried);
        wordTriesFromAnywhere.failed(request);
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
