// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.util.Optional;
import org.waymark.node.database.Transaction;

/// Writes the letters of one kind. They are written when the server is there to take them, so a
/// link in one is made at that moment, and its secret lies in no row of ours. A letter may be
/// written and sent twice (a crash after the server took it), so each must be worth something by
/// itself.
@FunctionalInterface
public interface Composer {

    /// Called outside a transaction.
    ///
    /// @return empty when it is no longer wanted
    Optional<Letter> compose(Post post);

    /// The server took it.
    default void sent(Transaction tx, Post post) {}

    /// It was given up.
    ///
    /// @param code stable kebab-case code
    default void failed(Transaction tx, Post post, String code) {}
}
