// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// Who is signed in, as this request proved it, for the one organisation they act for. A resource
/// gets it from `@Context SecurityContext` by [#of(SecurityContext)].
///
/// @param session the secret of the session; empty when an API token was shown
public record Staff(
        AccountId account,
        String email,
        OrganizationId organization,
        Set<Role> roles,
        Optional<Secret> session)
        implements Principal {

    public Staff {
        roles = Set.copyOf(roles);
    }

    /// The person behind this request.
    ///
    /// @throws IllegalStateException on an address that the gate ([StaffGate]) does not guard
    public static Staff of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Staff staff) {
            return staff;
        }
        throw new IllegalStateException("No one is signed in on this address");
    }

    /// This person doing something for a reason.
    public Acting acting(Purpose purpose) {
        return new Acting(account, organization, purpose);
    }

    /// What to show; what happens is decided by [Access] again.
    public boolean has(Right right) {
        return roles.stream().anyMatch(role -> role.rights().contains(right));
    }

    /// The value of the hidden field `form-token` in every form of this person's pages.
    public String formToken() {
        return session.map(Secret::formToken).orElse("");
    }

    @Override
    public String getName() {
        return account.toString();
    }
}
