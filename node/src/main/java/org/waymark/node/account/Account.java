// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// A person who signs in. The mail address is the only thing known about them, and it is shown to
/// nobody outside.
public record Account(AccountId id, String email, Instant createdAt, List<Membership> memberships) {

    /// One role in one organisation; a person may have several of both.
    public record Membership(OrganizationId organization, Role role) {}

    public Account {
        memberships = List.copyOf(memberships);
    }

    public Set<Role> rolesIn(OrganizationId organization) {
        return memberships.stream()
                .filter(member -> member.organization().equals(organization))
                .map(Membership::role)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The organisations this person works for, the one joined first leading.
    public List<OrganizationId> organizations() {
        return memberships.stream().map(Membership::organization).distinct().toList();
    }

    /// How an address is kept and compared.
    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    static boolean isEmail(String email) {
        return email.length() <= 254 && email.matches("[^@\\s]+@[^@\\s]+");
    }
}
