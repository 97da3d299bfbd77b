// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.function.Function;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;

/// A handler whose whole effect is rows, so that the activity and its effect can be one
/// transaction: whoever is told that we have it can be sure that it counts already.
public final class SwiftHandler implements ActivityHandler {

    /// Finds out, before the transaction, all that its effect does not change. It asks no other
    /// server: the sender is waiting.
    @FunctionalInterface
    public interface Preparation {

        /// @return the effect; it may run more than once, after a rollback
        Function<Transaction, Result> of(ReceivedActivity received);
    }

    private final Database database;
    private final Preparation preparation;

    public SwiftHandler(Database database, Preparation preparation) {
        this.database = database;
        this.preparation = preparation;
    }

    Function<Transaction, Result> prepare(ReceivedActivity received) {
        return preparation.of(received);
    }

    @Override
    public Result handle(ReceivedActivity received) {
        return database.write(prepare(received));
    }
}
