// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.UUID;

/// Who acts, for which organisation, and why. First parameter of every domain method that reads or
/// changes what is not public.
///
/// It claims; it proves nothing. Sign-in or token made it, and `account` checks the rights behind
/// it.
public record Acting(AccountId account, OrganizationId organization, Purpose purpose) {

    private static final UUID NOBODY = new UUID(0, 0);

    public Acting {
        if ((purpose == Purpose.NODE) != account.value().equals(NOBODY)) {
            throw new IllegalArgumentException("Only the node itself acts without an account");
        }
    }

    /// A worker of the node, for no organisation in particular.
    public static Acting node() {
        return node(new OrganizationId(NOBODY));
    }

    /// A worker of the node that does something for one organisation, such as taking in what a
    /// partner sent to it.
    public static Acting node(OrganizationId organization) {
        return new Acting(new AccountId(NOBODY), organization, Purpose.NODE);
    }

    public boolean isNode() {
        return purpose == Purpose.NODE;
    }

    /// The same person for the same organisation, for another reason.
    public Acting withPurpose(Purpose other) {
        return new Acting(account, organization, other);
    }
}
