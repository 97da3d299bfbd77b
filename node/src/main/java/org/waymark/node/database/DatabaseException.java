// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.sql.SQLException;

/// The database refused or failed. The SQL state is kept in the message, values never are: what the
/// engine says about a value it could not take (class 22) repeats the value, so it is left out.
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String sqlState;
    private final boolean isAboutValue;

    DatabaseException(String what, SQLException cause) {
        super(
                what + " (" + cause.getSQLState() + ")" + (isAboutValue(cause) ? "" : said(cause)),
                isAboutValue(cause) ? null : cause);
        this.isAboutValue = isAboutValue(cause);
        this.sqlState = String.valueOf(cause.getSQLState());
    }

    private static boolean isAboutValue(SQLException cause) {
        return String.valueOf(cause.getSQLState()).startsWith("22");
    }

    private static String said(SQLException cause) {
        return ": " + cause.getMessage();
    }

    /// It could not take a value (SQL state class 22), and will not take it later either.
    public boolean isAboutValue() {
        return isAboutValue;
    }

    /// A unique or foreign key stood in the way (SQL state class 23).
    public boolean isConflict() {
        return sqlState.startsWith("23");
    }

    /// It was in the way of others, or they were in its way for too long (SQL state class 40). The
    /// same may work now.
    public boolean isTurnedAway() {
        return sqlState.startsWith("40");
    }

    /// Neither a value nor a key was wrong: a full disk, a lock that nobody gives back. Trying the
    /// same in another way would only wait as long again.
    public boolean isTrouble() {
        return !isAboutValue() && !isConflict();
    }
}
