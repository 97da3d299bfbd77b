// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.node.account.Access;
import org.waymark.node.account.Account;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.Right;
import org.waymark.node.account.Role;
import org.waymark.node.complaint.Complaint.About;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.privacy.ReadableCode;

/// Takes complaints and shows each to those it was given to: the ombudspersons of the moment it was
/// made who handle no requests anywhere on this node and whom it does not name.
public final class Complaints {

    // What a newer program kept beside it is no reason to lose a complaint.
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final int CODE_LENGTH = 16;
    // 100 a day: more than people make, and a flood ends there; whoever comes then is given a
    // phone.
    private static final int MOST_A_DAY = 100;
    private static final Duration DAY = Duration.ofDays(1);
    // Words of role mailboxes, which is what those who take complaints should have: they name
    // nobody, and people write them in every other complaint.
    private static final Set<String> ROLE_WORDS =
            Set.of(
                    "complaint",
                    "complaints",
                    "office",
                    "info",
                    "help",
                    "contact",
                    "feedback",
                    "support",
                    "team",
                    "mail",
                    "post",
                    "service",
                    "desk",
                    "ombudsperson",
                    "ombudsman",
                    "ombud",
                    "ombuds",
                    "safeguarding",
                    "psea",
                    "director",
                    "management",
                    "admin",
                    "the",
                    "and");
    // Three letters: shorter parts of a mail address name nobody.
    private static final int FEWEST_LETTERS = 3;

    private final Database database;
    private final Access access;
    private final Accounts accounts;
    private final CaseKeys keys;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final SecureRandom random;

    public Complaints(
            Database database,
            Access access,
            Accounts accounts,
            CaseKeys keys,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.accounts = accounts;
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    /// What came of a complaint.
    public sealed interface Filed {
        /// @param code for reading the answer; shown once
        record Taken(String code) implements Filed {}

        /// Nobody here may read it, or not now (the keys are locked), or too many came today: the
        /// phone outside is the way.
        record CallOutside() implements Filed {}
    }

    /// What one reads by the code.
    public record Status(boolean seen, Optional<String> answer) {}

    /// The sealed part.
    record Content(About about, String whom, String words, String reach) {}

    /// Whether somebody here takes complaints, and the keys are not locked.
    public boolean isOpen() {
        return keys.areOpen() && !readers("").isEmpty();
    }

    /// Whether a case key belongs to a complaint.
    public boolean knows(CaseId caseId) {
        return database.read(tx -> ComplaintTable.holds(tx, caseId));
    }

    public Filed file(About about, String whom, String words, String reach) {
        var readers = readers(whom + " " + words);
        var now = clock.instant();
        var flooded =
                database.read(tx -> ComplaintTable.countSince(tx, now.minus(DAY))) >= MOST_A_DAY;
        if (readers.isEmpty() || flooded || !keys.areOpen()) {
            return new Filed.CallOutside();
        }
        var id = new ComplaintId(ids.get());
        var caseId = new CaseId(ids.get());
        keys.create(caseId);
        // Of abuse no story is asked, and none is kept.
        var told = about == About.ABUSE ? "" : cut(words);
        var content = write(new Content(about, cut(whom), told, cut(reach)));
        var stored =
                new ComplaintTable.Stored(
                        id,
                        caseId,
                        keys.protect(caseId, Part.CASE, address(id, "content"), content),
                        Optional.empty(),
                        now,
                        Optional.empty());
        var code = ReadableCode.random(random, CODE_LENGTH);
        database.run(tx -> ComplaintTable.add(tx, stored, hash(code), readers));
        return new Filed.Taken(ReadableCode.grouped(code));
    }

    /// What became of a complaint, for whoever holds its code.
    public Optional<Status> findByCode(String typed) {
        var code = ReadableCode.normal(typed);
        if (code.length() != CODE_LENGTH) {
            return Optional.empty();
        }
        return database.read(tx -> ComplaintTable.findByCode(tx, hash(code)))
                .map(found -> new Status(found.seenAt().isPresent(), answer(found)));
    }

    /// The complaints given to the one who asks, newest first.
    public List<Complaint> list(Acting acting) {
        requireReader(acting);
        return database.read(tx -> ComplaintTable.listFor(tx, acting.account())).stream()
                .flatMap(stored -> opened(stored).stream())
                .toList();
    }

    /// One of them; the first look tells the one who complained that somebody has read it.
    public Optional<Complaint> find(Acting acting, ComplaintId id) {
        requireReader(acting);
        return database.write(
                tx -> {
                    var found = ComplaintTable.findFor(tx, acting.account(), id);
                    found.ifPresent(_ -> ComplaintTable.seen(tx, id, clock.instant()));
                    return found.flatMap(this::opened);
                });
    }

    /// Answers it, or answers anew; false when it is not theirs to read.
    public boolean answer(Acting acting, ComplaintId id, String words) {
        requireReader(acting);
        return database.write(
                tx -> {
                    var found = ComplaintTable.findFor(tx, acting.account(), id);
                    found.ifPresent(
                            it ->
                                    ComplaintTable.answer(
                                            tx,
                                            id,
                                            keys.protect(
                                                    it.caseId(),
                                                    Part.CASE,
                                                    address(id, "answer"),
                                                    cut(words)),
                                            clock.instant()));
                    return found.isPresent();
                });
    }

    /// Whether someone may read complaints at all: has the role, and handles no requests anywhere.
    public boolean mayRead(Acting acting) {
        return !acting.isNode()
                && access.may(acting, Right.READ_COMPLAINTS)
                && readers("").contains(acting.account());
    }

    private void requireReader(Acting acting) {
        if (!mayRead(acting)) {
            throw new Access.Denied(Right.READ_COMPLAINTS);
        }
    }

    /// @param naming words that may name somebody
    private List<AccountId> readers(String naming) {
        var named = words(naming);
        return accounts.list(Acting.node()).stream()
                .filter(Complaints::takesComplaints)
                .filter(it -> !isNamed(it, named))
                .map(Account::id)
                .toList();
    }

    private static boolean takesComplaints(Account account) {
        var rights =
                account.memberships().stream()
                        .map(Account.Membership::role)
                        .map(Role::rights)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet());
        return rights.contains(Right.READ_COMPLAINTS) && !rights.contains(Right.SEE_REFERRALS);
    }

    /// By the parts of the mail address, which is all that is known of a person's name here.
    private static boolean isNamed(Account account, Set<String> words) {
        var name = account.email().substring(0, account.email().indexOf('@'));
        return words(name).stream()
                .filter(it -> !ROLE_WORDS.contains(it))
                .anyMatch(words::contains);
    }

    private static Set<String> words(String text) {
        var plain =
                Normalizer.normalize(text, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT);
        return Arrays.stream(plain.split("[^\\p{L}]+"))
                .filter(word -> word.length() >= FEWEST_LETTERS)
                .collect(Collectors.toSet());
    }

    private Optional<Complaint> opened(ComplaintTable.Stored stored) {
        return keys.openText(
                        stored.caseId(),
                        Part.CASE,
                        address(stored.id(), "content"),
                        stored.content())
                .map(Complaints::read)
                .map(
                        content ->
                                new Complaint(
                                        stored.id(),
                                        content.about(),
                                        content.whom(),
                                        content.words(),
                                        content.reach(),
                                        stored.filedAt(),
                                        stored.seenAt(),
                                        answer(stored)));
    }

    private Optional<String> answer(ComplaintTable.Stored stored) {
        return stored.answer()
                .flatMap(
                        it ->
                                keys.openText(
                                        stored.caseId(),
                                        Part.CASE,
                                        address(stored.id(), "answer"),
                                        it));
    }

    private static FieldAddress address(ComplaintId id, String column) {
        return new FieldAddress(ComplaintTable.NAME, id.value(), column);
    }

    private static String cut(String text) {
        return text.length() > Complaint.MAX_TEXT ? text.substring(0, Complaint.MAX_TEXT) : text;
    }

    private static String write(Content content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Content cannot be written", e);
        }
    }

    private static Content read(String json) {
        try {
            return JSON.readValue(json, Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored content cannot be read", e);
        }
    }

    private static String hash(String code) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var bytes = ("complaint:" + code).getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(sha256.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
