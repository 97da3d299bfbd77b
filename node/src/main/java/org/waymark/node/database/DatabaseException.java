// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.sql.SQLException;

/// The database refused or failed. The SQL state is kept in the message, values never are.
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String sqlState;

    DatabaseException(String what, SQLException cause) {
        super(what + " (" + cause.getSQLState() + "): " + cause.getMessage(), cause);
        this.sqlState = String.valueOf(cause.getSQLState());
    }

    /// A unique or foreign key stood in the way (SQL state class 23).
    public boolean isConflict() {
        return sqlState.startsWith("23");
    }
}
