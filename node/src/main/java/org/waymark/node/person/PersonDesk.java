// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;

/// What staff do for a person who follows their request: give a code, agree on a word, answer, and
/// tick off what is done. Only the side that asked for them has any of it.
public final class PersonDesk {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Referrals referrals;
    private final HelpCodes codes;
    private final PersonMessages messages;
    private final Clock clock;

    PersonDesk(
            Database database,
            Access access,
            Audit audit,
            Referrals referrals,
            HelpCodes codes,
            PersonMessages messages,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.referrals = referrals;
        this.codes = codes;
        this.messages = messages;
        this.clock = clock;
    }

    /// What staff see of it beside the request.
    ///
    /// @param id the request as the side that asked keeps it
    /// @param codeGivenAt empty when the person has no code
    public record Following(
            ReferralId id,
            Optional<Instant> codeGivenAt,
            boolean hasWord,
            List<PersonMessage> messages) {}

    /// Something of a person that waits for staff.
    public record Waiting(ReferralId referral, Kind kind, Instant since) {}

    /// Empty when the organisation is not the one that asks for the person.
    public Optional<Following> find(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return asker(acting, id)
                .map(
                        referral -> {
                            var code = codes.findOf(referral.id());
                            return new Following(
                                    referral.id(),
                                    code.map(HelpCodeTable.Stored::givenAt),
                                    code.flatMap(HelpCodeTable.Stored::wordHash).isPresent(),
                                    database.read(tx -> messages.list(tx, referral)));
                        });
    }

    /// Gives a code, face to face; a code given before is worth nothing from then on. Shown once.
    ///
    /// @param word the second word they agreed on
    /// @return empty when there is no such request of theirs
    public Optional<HelpCode> giveCode(Acting acting, ReferralId id, Optional<String> word) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var referral = asker(acting, id);
        if (referral.isEmpty()) {
            return Optional.empty();
        }
        var code =
                codes.give(
                        referral.get().id(),
                        referral.get().caseId(),
                        word.filter(HelpCodes::isWord));
        record(acting, "help-code-given", referral.get().id());
        return Optional.of(code);
    }

    /// Whether it can be a second word: four characters or more.
    public static boolean isWord(String word) {
        return HelpCodes.isWord(word);
    }

    /// Agrees on another word, face to face.
    public boolean setWord(Acting acting, ReferralId id, String word) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var set =
                isWord(word)
                        && asker(acting, id).filter(it -> codes.setWord(it.id(), word)).isPresent();
        if (set) {
            record(acting, "help-code-word-set", id);
        }
        return set;
    }

    /// Writes to the person, who reads it behind code and word.
    public boolean write(Acting acting, ReferralId id, String text) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var referral = asker(acting, id);
        return referral.isPresent()
                && database.write(
                        tx -> {
                            var written = messages.write(tx, referral.get(), Kind.FROM_STAFF, text);
                            if (written) {
                                audit.record(
                                        tx,
                                        acting,
                                        "person-answered",
                                        referral.get().id().toString());
                            }
                            return written;
                        });
    }

    /// Notes that what a message asks is done.
    ///
    /// @return false when there is none, it was done before, or it asks for erasure while the
    ///   request for help is open
    public boolean settle(Acting acting, ReferralId id, UUID message) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var referral = asker(acting, id);
        return referral.isPresent()
                && database.write(
                        tx -> {
                            var settled = messages.settle(tx, acting, referral.get(), message);
                            if (settled) {
                                audit.record(
                                        tx,
                                        acting,
                                        "person-message-settled",
                                        referral.get().id().toString());
                            }
                            return settled;
                        });
    }

    /// The same for the message by which something was asked of the data, in the transaction of a
    /// caller who has asked whether they may.
    public void settleAsked(Acting acting, Transaction tx, UUID message) {
        MessageTable.settle(tx, message, clock.instant());
    }

    /// What people wait for, the longest waiting first.
    public List<Waiting> waiting(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> MessageTable.listWaiting(tx, acting.organization())).stream()
                .map(it -> new Waiting(it.referral(), it.kind(), it.at()))
                .toList();
    }

    /// The request as the side that asked keeps it: this one, or its other half in the same house.
    private Optional<Referral> asker(Acting acting, ReferralId id) {
        return referrals.findAsker(acting, id);
    }

    private void record(Acting acting, String action, ReferralId id) {
        database.run(tx -> audit.record(tx, acting, action, id.toString()));
    }
}
