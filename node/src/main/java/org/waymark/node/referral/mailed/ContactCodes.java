// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.Referral;

/// The six digits that a sender reads out to the number on file, and that open how to reach the
/// person to whoever holds the link: 72 hours, 5 tries. Whoever asked has the right.
final class ContactCodes {

    static final Duration HOLDS = Duration.ofHours(72);
    static final int MOST_TRIES = 5;
    private static final int CODES = 1_000_000;

    private final Database database;
    private final CaseKeys keys;
    private final Clock clock;
    private final SecureRandom random;

    ContactCodes(Database database, CaseKeys keys, Clock clock, SecureRandom random) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /// A new code; the one before is worth nothing any more.
    ///
    /// @return to be read out, and shown only now
    String make(Transaction tx, Referral referral) {
        var code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        var now = clock.instant();
        var kept = keys.protect(referral.caseId(), Part.CONTACT, address(referral), code);
        ContactCodeTable.put(tx, referral.id(), kept, now, now.plus(HOLDS));
        return code;
    }

    /// Whether it is the code. A try is counted before it is looked at, in a transaction of its
    /// own, so that asking many at once gains nothing. A code that was right may be used again
    /// while it holds: a page gets lost.
    boolean isRight(Referral referral, String typed) {
        var isTaken =
                database.<Boolean>write(
                        tx ->
                                ContactCodeTable.take(
                                        tx, referral.id(), MOST_TRIES, clock.instant()));
        if (!isTaken) {
            return false;
        }
        var kept =
                database.read(tx -> ContactCodeTable.find(tx, referral.id()))
                        .flatMap(
                                it ->
                                        keys.openText(
                                                referral.caseId(),
                                                Part.CONTACT,
                                                address(referral),
                                                it.code()));
        return kept.filter(it -> MessageDigest.isEqual(it.getBytes(UTF_8), digits(typed)))
                .isPresent();
    }

    /// How many tries are left, of a code that still holds; empty when there is none.
    Optional<Integer> triesLeft(Referral referral) {
        var now = clock.instant();
        return database.read(tx -> ContactCodeTable.find(tx, referral.id()))
                .filter(it -> now.isBefore(it.expiresAt()))
                .map(it -> MOST_TRIES - it.tries())
                .filter(it -> it > 0);
    }

    // In the digits of any script, with blanks or hyphens between them.
    private static byte[] digits(String typed) {
        var digits = new StringBuilder();
        typed.codePoints()
                .filter(Character::isDigit)
                .forEach(it -> digits.append(Character.digit(it, 10)));
        return digits.toString().getBytes(UTF_8);
    }

    private static FieldAddress address(Referral referral) {
        return new FieldAddress(ContactCodeTable.NAME, referral.id().value(), "code");
    }
}
