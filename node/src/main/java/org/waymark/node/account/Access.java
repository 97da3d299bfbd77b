// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.util.Optional;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.mgt.DefaultSessionStorageEvaluator;
import org.apache.shiro.mgt.DefaultSubjectDAO;
import org.apache.shiro.mgt.SecurityManager;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OneAtATime;
import org.waymark.node.privacy.OrganizationId;

/// May this person do that? Asked by every domain before it opens its transaction.
///
/// One Shiro security manager per node, never in a static, and without Shiro's sessions: ours are
/// rows ([Sessions]).
public final class Access {

    private static final String REALM = "accounts";

    private final Database database;
    private final Passwords passwords;
    private final SecurityManager shiro;

    public Access(Database database) {
        this(database, new Passwords());
    }

    Access(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
        this.shiro = securityManager(new AccountRealm(database, passwords));
    }

    private static SecurityManager securityManager(AccountRealm realm) {
        var storage = new DefaultSessionStorageEvaluator();
        storage.setSessionStorageEnabled(false);
        var subjects = new DefaultSubjectDAO();
        subjects.setSessionStorageEvaluator(storage);
        var manager = new DefaultSecurityManager(realm);
        manager.setSubjectDAO(subjects);
        manager.setRememberMeManager(null);
        return manager;
    }

    /// Returns quietly when the person has the right in the organisation they act for, or when the
    /// node itself acts.
    ///
    /// @throws Denied otherwise
    public void require(Acting acting, Right right) {
        if (!may(acting, right)) {
            throw new Denied(right);
        }
    }

    /// [#require(Acting, Right)], and the thing must belong to the organisation they act for.
    public void require(Acting acting, OrganizationId owner, Right right) {
        if (!acting.isNode() && !acting.organization().equals(owner)) {
            throw new Denied(right);
        }
        require(acting, right);
    }

    /// For what only the operator does, by command, or a worker.
    public void requireNode(Acting acting) {
        if (!acting.isNode()) {
            throw new Denied(Right.MANAGE_ORGANIZATION);
        }
    }

    /// The question without the exception, for pages that leave out what one may not do.
    public boolean may(Acting acting, Right right) {
        return acting.isNode()
                || shiro.isPermitted(
                        new SimplePrincipalCollection(acting.account(), REALM),
                        AccountRealm.permission(acting.organization(), right));
    }

    /// Where hashes of passwords wait for their turn.
    public OneAtATime turn() {
        return passwords::alone;
    }

    /// Whether nobody else has the right in the organisation they act for. Not inside a
    /// transaction.
    public boolean isAlone(Acting acting, Right right) {
        return database.read(
                tx ->
                        AccountTable.list(tx).stream()
                                .filter(it -> !it.id().equals(acting.account()))
                                .map(it -> AccountTable.withRoles(tx, it))
                                .flatMap(it -> it.rolesIn(acting.organization()).stream())
                                .noneMatch(role -> role.rights().contains(right)));
    }

    /// Whether a person has the right in an organisation now, inside a transaction: who wished
    /// something may have left since.
    public boolean has(
            Transaction tx, AccountId account, OrganizationId organization, Right right) {
        return AccountTable.memberships(tx, account).stream()
                .filter(it -> it.organization().equals(organization))
                .anyMatch(it -> it.role().rights().contains(right));
    }

    /// Whether this is the password of that address.
    Optional<AccountId> authenticate(String email, String password) {
        try {
            var info = shiro.authenticate(new Nameless(email, password));
            return Optional.of(info.getPrincipals().oneByType(AccountId.class));
        } catch (AuthenticationException e) {
            // Shiro dresses up a failing database as a wrong password.
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            return Optional.empty();
        }
    }

    /// Shiro writes the token into the log when a check breaks.
    private static final class Nameless extends UsernamePasswordToken {
        private static final long serialVersionUID = 1;

        Nameless(String email, String password) {
            super(email, password);
        }

        @Override
        public String toString() {
            return "a sign-in";
        }
    }

    /// The same for someone on a device not seen before, who may have to wait.
    Optional<AccountId> authenticateStranger(String email, String password) {
        return passwords.forStranger(() -> authenticate(email, password));
    }

    String hashOf(String password) {
        return passwords.encryptPassword(password);
    }

    /// The person with the roles they have now; empty without any in that organisation.
    Optional<Staff> staff(
            AccountId account, OrganizationId organization, Optional<Secret> session) {
        return database.read(
                tx ->
                        AccountTable.find(tx, account)
                                .map(stored -> AccountTable.withRoles(tx, stored))
                                .filter(one -> !one.rolesIn(organization).isEmpty())
                                .map(
                                        one ->
                                                new Staff(
                                                        account,
                                                        one.email(),
                                                        organization,
                                                        one.rolesIn(organization),
                                                        session)));
    }

    /// Someone asked for what they may not have. A refusal with the code `not-permitted`.
    public static final class Denied extends RuntimeException {

        private final Right right;

        public Denied(Right right) {
            super("Right missing: " + right);
            this.right = right;
        }

        public Right right() {
            return right;
        }
    }
}
