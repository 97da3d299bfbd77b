// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.ReferralEvent.Kind;

final class ReferralEventTable {

    static final String NAME = "referral_event";

    /// @param content encrypted
    record Stored(
            UUID id,
            ReferralId referral,
            Instant at,
            Party by,
            Kind kind,
            Optional<AccountId> account,
            Optional<byte[]> content,
            Optional<URI> activity,
            Optional<Long> version) {}

    void add(Transaction tx, Stored event) {
        tx.update(
                "INSERT INTO referral_event (id, referral, happened_at, party, kind, account,"
                        + " content, activity, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                event.id(),
                event.referral().value(),
                event.at(),
                event.by(),
                event.kind(),
                event.account().map(AccountId::value),
                event.content(),
                event.activity(),
                event.version());
    }

    /// Drops what can no longer be read; that something happened, and when, stays.
    void dropContents(Transaction tx, ReferralId referral) {
        tx.update("UPDATE referral_event SET content = NULL WHERE referral = ?", referral.value());
    }

    List<Stored> list(Transaction tx, ReferralId referral) {
        return tx.list(
                "SELECT id, referral, happened_at, party, kind, account, content, activity,"
                        + " version"
                        + " FROM referral_event WHERE referral = ? ORDER BY happened_at, id",
                row ->
                        new Stored(
                                row.uuid("id"),
                                new ReferralId(row.uuid("referral")),
                                row.instant("happened_at"),
                                row.enumOf("party", Party.class),
                                row.enumOf("kind", Kind.class),
                                row.optionalUuid("account").map(AccountId::new),
                                row.optionalBytes("content"),
                                row.optionalUri("activity"),
                                row.optionalNumber("version")),
                referral.value());
    }
}
