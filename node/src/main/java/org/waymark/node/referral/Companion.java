// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import org.waymark.node.database.Transaction;

/// Who keeps something beside a referral that belongs to its person: it goes where they go.
public interface Companion {

    /// The person is asked for by another referral from now on.
    void succeeded(Transaction tx, Referral from, Referral to);

    /// They stopped it, and what they said will be deleted. May come more than once.
    default void stopped(Transaction tx, Referral referral) {
        // Most is deleted later.
    }

    /// They stopped it, and nothing they said is kept any more.
    void forgotten(Transaction tx, Referral stopped);

    /// Nothing can be read any more that lies under the keys of its case.
    default void erased(Transaction tx, Referral referral) {
        // What lies under those keys is gone with them; who keeps rows drops them.
    }

    /// Both, one after the other.
    default Companion and(Companion other) {
        var first = this;
        return new Companion() {
            @Override
            public void succeeded(Transaction tx, Referral from, Referral to) {
                first.succeeded(tx, from, to);
                other.succeeded(tx, from, to);
            }

            @Override
            public void stopped(Transaction tx, Referral referral) {
                first.stopped(tx, referral);
                other.stopped(tx, referral);
            }

            @Override
            public void forgotten(Transaction tx, Referral stopped) {
                first.forgotten(tx, stopped);
                other.forgotten(tx, stopped);
            }

            @Override
            public void erased(Transaction tx, Referral referral) {
                first.erased(tx, referral);
                other.erased(tx, referral);
            }
        };
    }

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
