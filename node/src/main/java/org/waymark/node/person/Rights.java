// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.Referral;

/// Who keeps the clocks of what the law gives a person: hears of it in the transaction in which
/// they ask, and when staff have answered.
public interface Rights {

    /// @param message by which it can be answered later
    void asked(Transaction tx, Referral referral, Kind kind, UUID message);

    /// @return false when it cannot be called answered now
    boolean answered(Transaction tx, Acting acting, Referral referral, Kind kind, UUID message);

    static Rights nobody() {
        return new Rights() {
            @Override
            public void asked(Transaction tx, Referral referral, Kind kind, UUID message) {
                // Nobody keeps clocks.
            }

            @Override
            public boolean answered(
                    Transaction tx, Acting acting, Referral referral, Kind kind, UUID message) {
                return true;
            }
        };
    }
}
