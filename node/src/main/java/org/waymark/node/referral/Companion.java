// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import org.waymark.node.database.Transaction;

/// Who keeps something beside a referral that belongs to its person: it goes where they go.
public interface Companion {

    /// The person is asked for by another referral from now on.
    void succeeded(Transaction tx, Referral from, Referral to);

    /// They stopped it, and nothing they said is kept any more.
    void forgotten(Transaction tx, Referral stopped);

    static Companion nobody() {
        return new Companion() {
            @Override
            public void succeeded(Transaction tx, Referral from, Referral to) {
                // Nobody keeps anything.
            }

            @Override
            public void forgotten(Transaction tx, Referral stopped) {
                // Nobody keeps anything.
            }
        };
    }
}
