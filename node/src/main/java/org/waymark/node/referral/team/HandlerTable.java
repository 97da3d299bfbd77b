// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.ReferralId;

/// Rows of `referral_handler`: at most one for each request.
final class HandlerTable {

    private record Line(ReferralId referral, AccountId account) {}

    void put(
            Transaction tx,
            ReferralId referral,
            OrganizationId organization,
            AccountId account,
            Instant since) {
        remove(tx, referral);
        tx.update(
                "INSERT INTO referral_handler (referral, organization, account, since)"
                        + " VALUES (?, ?, ?, ?)",
                referral.value(),
                organization.value(),
                account.value(),
                since);
    }

    void remove(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM referral_handler WHERE referral = ?", referral.value());
    }

    Optional<AccountId> find(Transaction tx, ReferralId referral) {
        return tx.find(
                "SELECT account FROM referral_handler WHERE referral = ?",
                row -> new AccountId(row.uuid("account")),
                referral.value());
    }

    Map<ReferralId, AccountId> list(Transaction tx, OrganizationId organization) {
        return tx
                .list(
                        "SELECT referral, account FROM referral_handler WHERE organization = ?",
                        row ->
                                new Line(
                                        new ReferralId(row.uuid("referral")),
                                        new AccountId(row.uuid("account"))),
                        organization.value())
                .stream()
                .collect(Collectors.toUnmodifiableMap(Line::referral, Line::account));
    }
}
