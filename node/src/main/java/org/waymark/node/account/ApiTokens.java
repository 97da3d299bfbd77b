// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Bearer tokens for `/api/v1`.
public final class ApiTokens {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final SecureRandom random;

    public ApiTokens(
            Database database,
            Access access,
            Audit audit,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    /// A new token and, this once, its secret.
    public record Created(ApiToken token, Secret secret) {}

    /// Makes a token that acts as the account: in the organisation acted for, and for the node in
    /// the one the account joined first. People make them for themselves only, for whoever sees the
    /// secret can act as the account.
    ///
    /// @return empty when the account works for no organisation
    public Optional<Created> create(Acting acting, Account account, String name) {
        access.require(acting, Right.MANAGE_ACCOUNTS);
        if (!acting.isNode() && !acting.account().equals(account.id())) {
            throw new Access.Denied(Right.MANAGE_ACCOUNTS);
        }
        var organization =
                acting.isNode()
                        ? account.organizations().stream().findFirst()
                        : Optional.of(acting.organization())
                                .filter(account.organizations()::contains);
        if (organization.isEmpty()) {
            return Optional.empty();
        }
        var secret = Secret.random(random);
        var token =
                new ApiToken(ids.get(), name, account.id(), organization.get(), clock.instant());
        database.run(
                tx -> {
                    ApiTokenTable.add(tx, token, secret.hash());
                    audit.record(tx, acting, "token-create", token.id().toString());
                });
        return Optional.of(new Created(token, secret));
    }

    /// The tokens of the organisation acted for; the node sees all.
    public List<ApiToken> list(Acting acting) {
        access.require(acting, Right.MANAGE_ACCOUNTS);
        return database.read(ApiTokenTable::list).stream()
                .filter(
                        token ->
                                acting.isNode()
                                        || token.organization().equals(acting.organization()))
                .toList();
    }

    /// Ends a token at once; tells whether there was one.
    public boolean revoke(Acting acting, UUID id) {
        var mayEnd = list(acting).stream().anyMatch(token -> token.id().equals(id));
        return mayEnd && database.write(tx -> remove(tx, acting, id));
    }

    private boolean remove(Transaction tx, Acting acting, UUID id) {
        var removed = ApiTokenTable.remove(tx, id);
        if (removed) {
            audit.record(tx, acting, "token-revoke", id.toString());
        }
        return removed;
    }

    /// Whose token this is; empty when it was revoked, never was, or the person no longer works for
    /// that organisation.
    public Optional<Staff> find(String bearer) {
        return Secret.parse(bearer)
                .flatMap(secret -> database.read(tx -> ApiTokenTable.findByHash(tx, secret.hash())))
                .flatMap(
                        token ->
                                access.staff(
                                        token.account(), token.organization(), Optional.empty()));
    }
}
