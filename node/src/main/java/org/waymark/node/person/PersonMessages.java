// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.waymark.node.database.Transaction;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.Referral;

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
    /// @return false when there is no such message, somebody did it before, or it cannot be called
    ///   done now
    boolean settle(Transaction tx, Acting acting, Referral referral, UUID id) {
        var found =
                stored(tx, referral).stream()
                        .filter(it -> it.id().equals(id) && it.settledAt().isEmpty())
                        .findFirst();
        if (found.isEmpty()) {
            return false;
        }
        var kind = found.get().kind();
        // It went on to a request that follows: whether that one is stopped is seen there.
        var hasGoneOn = !found.get().referral().equals(referral.id());
        if (kind == Kind.ERASURE && hasGoneOn
                || kind.isRight() && !rights.answered(tx, acting, referral, kind, id)) {
            return false;
        }
        return MessageTable.settle(tx, id, clock.instant()) > 0;
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
            rights.asked(tx, referral, kind, id);
        }
        return true;
    }

    /// Newest first: those that are with the request now, and those that were written while it was
    /// the one.
    List<PersonMessage> list(Transaction tx, Referral referral) {
        return stored(tx, referral).stream()
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

    private static List<MessageTable.Stored> stored(Transaction tx, Referral referral) {
        var here = MessageTable.list(tx, referral.id());
        var goneOn =
                MessageTable.listOf(tx, referral.caseId()).stream()
                        .filter(it -> !it.referral().equals(referral.id()));
        return Stream.concat(here.stream(), goneOn)
                .sorted(Comparator.comparing(MessageTable.Stored::at).reversed())
                .toList();
    }

    private static FieldAddress address(UUID id) {
        return new FieldAddress(MessageTable.NAME, id, "content");
    }
}
