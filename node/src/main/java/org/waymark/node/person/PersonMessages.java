// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Transaction;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;

/// Writes messages under the case's keys and reads them. The callers know who writes.
final class PersonMessages {

    // 30 a day: a conversation, and no way to fill a disk.
    private static final int MOST_A_DAY = 30;
    private static final Duration DAY = Duration.ofDays(1);

    private final CaseKeys keys;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private volatile Rights rights = Rights.nobody();

    PersonMessages(CaseKeys keys, Clock clock, Supplier<UUID> ids) {
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
    }

    /// Who keeps the clocks of the law. Call before the node starts.
    void connect(Rights those) {
        rights = those;
    }

    /// Notes that staff have done what a message asks.
    ///
    /// @return false when there is no such message, or somebody did it before
    boolean settle(Transaction tx, Acting acting, Referral referral, UUID id) {
        var kind =
                MessageTable.list(tx, referral.id()).stream()
                        .filter(it -> it.id().equals(id))
                        .map(MessageTable.Stored::kind)
                        .findFirst();
        if (MessageTable.settle(tx, referral.id(), id, clock.instant()) == 0) {
            return false;
        }
        kind.filter(Kind::isRight).ifPresent(it -> rights.answered(tx, acting, referral, it));
        return true;
    }

    /// Writes it, unless the case was erased or too much was written today.
    boolean write(Transaction tx, Referral referral, Kind kind, String text) {
        var now = clock.instant();
        if (!keys.holds(referral.caseId(), Part.CASE)
                || MessageTable.countSince(tx, referral.id(), now.minus(DAY)) >= MOST_A_DAY) {
            return false;
        }
        var id = ids.get();
        if (text.length() > PersonMessage.MAX_TEXT) {
            throw new IllegalArgumentException("Longer than " + PersonMessage.MAX_TEXT);
        }
        MessageTable.add(
                tx,
                new MessageTable.Stored(
                        id,
                        referral.id(),
                        referral.caseId(),
                        referral.organization(),
                        kind,
                        keys.protect(referral.caseId(), Part.CASE, address(id), text),
                        now,
                        kind == Kind.FROM_STAFF ? Optional.of(now) : Optional.empty()));
        if (kind.isRight()) {
            rights.asked(tx, referral, kind);
        }
        return true;
    }

    /// Newest first.
    List<PersonMessage> list(Transaction tx, ReferralId referral) {
        return MessageTable.list(tx, referral).stream()
                .map(
                        it ->
                                new PersonMessage(
                                        it.id(),
                                        it.kind(),
                                        keys.openText(
                                                        it.caseId(),
                                                        Part.CASE,
                                                        address(it.id()),
                                                        it.content())
                                                .orElse(""),
                                        it.at(),
                                        it.settledAt()))
                .toList();
    }

    private static FieldAddress address(UUID id) {
        return new FieldAddress(MessageTable.NAME, id, "content");
    }
}
