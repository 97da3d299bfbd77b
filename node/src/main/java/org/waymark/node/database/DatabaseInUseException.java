// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

/// Another process has the database open: one process per node.
public final class DatabaseInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseInUseException(Throwable cause) {
        super("Another process uses this database. Stop it first, then try again.", cause);
    }
}
