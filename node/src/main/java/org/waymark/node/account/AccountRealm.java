// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.util.HashSet;
import java.util.stream.Collectors;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UnknownAccountException;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authc.credential.PasswordMatcher;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Where Shiro learns who has which password and which rights: our tables, read at each question,
/// so that a role taken away is gone at once.
final class AccountRealm extends AuthorizingRealm {

    private final Database database;
    private final Passwords passwords;

    AccountRealm(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
        var matcher = new PasswordMatcher();
        matcher.setPasswordService(passwords);
        setName("accounts");
        setCredentialsMatcher(matcher);
        setAuthenticationTokenClass(UsernamePasswordToken.class);
        setAuthenticationCachingEnabled(false);
        setAuthorizationCachingEnabled(false);
    }

    /// How a right in one organisation is spelt for Shiro.
    static String permission(OrganizationId organization, Right right) {
        return organization + ":" + right.name();
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token)
            throws AuthenticationException {
        var email = (String) token.getPrincipal();
        var account = database.read(tx -> AccountTable.findByEmail(tx, email));
        if (account.isEmpty()) {
            passwords.matchNobody(token.getCredentials());
            throw new UnknownAccountException();
        }
        return new SimpleAuthenticationInfo(
                account.get().id(), account.get().passwordHash(), getName());
    }

    @Override
    protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
        var account = principals.oneByType(AccountId.class);
        var memberships = database.read(tx -> AccountTable.memberships(tx, account));
        var info = new SimpleAuthorizationInfo();
        info.setStringPermissions(
                memberships.stream()
                        .flatMap(
                                member ->
                                        member.role().rights().stream()
                                                .map(
                                                        right ->
                                                                permission(
                                                                        member.organization(),
                                                                        right)))
                        .collect(Collectors.toCollection(HashSet::new)));
        return info;
    }
}
