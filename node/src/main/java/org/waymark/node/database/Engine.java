// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database engines we run on, and everything in which they differ. No other class knows a
/// quirk of one of them.
enum Engine {
    DERBY(
            Map.of(
                    "uuid", "VARCHAR(36)",
                    "key", "VARCHAR(255)",
                    "uri", "VARCHAR(1000)",
                    "text", "CLOB",
                    "bytes", "BLOB"),
            Map.of()),
    POSTGRESQL(
            Map.of(
                    "uuid", "VARCHAR(36) COLLATE \"C\"",
                    "key", "VARCHAR(255) COLLATE \"C\"",
                    "uri", "VARCHAR(1000) COLLATE \"C\"",
                    "text", "TEXT",
                    "bytes", "BYTEA"),
            // Its details repeat the row: "Key (email)=(…) already exists".
            Map.of("logServerErrorDetail", "false"));

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Map<String, String> types;
    private final Map<String, String> properties;

    Engine(Map<String, String> types, Map<String, String> properties) {
        this.types = types;
        this.properties = properties;
    }

    static Engine of(String url) {
        if (url.startsWith("jdbc:derby:")) {
            return DERBY;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new IllegalArgumentException(
                "database.url must begin with jdbc:derby: or jdbc:postgresql:, but is " + url);
    }

    /// Column types by the name used in the change files.
    Map<String, String> types() {
        return types;
    }

    /// What to tell the driver with each connection.
    Map<String, String> properties() {
        return properties;
    }

    /// The end of a query whose rows nobody else changes until the transaction ends.
    String holding() {
        return switch (this) {
            // Not FOR UPDATE, which Derby takes back when it goes to the next row.
            case DERBY -> " WITH RS";
            case POSTGRESQL -> " FOR SHARE";
        };
    }

    /// Lets the database bring back what a power cut interrupted, for as long as that takes: the
    /// pool would give up after [Database]'s longest wait, at each start anew. What goes wrong here
    /// the pool meets, too, and says so.
    void boot(String url) {
        if (this != DERBY) {
            return;
        }
        // For all of the process: the pool that was opened last has left its own wait there.
        DriverManager.setLoginTimeout(0);
        try {
            DriverManager.getConnection(url).close();
        } catch (SQLException e) {
            LOG.debug("The database does not open: {}", e.getSQLState());
        }
    }

    /// Settings that the database keeps about itself, made once before its tables.
    void prepare(Connection connection) throws SQLException {
        if (this != DERBY) {
            return;
        }
        // 5 s instead of 60: a reader behind a stuck writer shall fail while somebody still waits
        // for the page (architecture, 10).
        keep(connection, "derby.locks.waitTimeout", "5");
        // 1 s instead of 20: longer than the wait, Derby never looks whether two wait for each
        // other, and both end when the wait does.
        keep(connection, "derby.locks.deadlockTimeout", "1");
        // 10,000 instead of 100: taking numbers for identity columns writes to a row of the
        // catalogue, for which many inserting threads on a busy machine have waited in vain. What
        // is left of them at a power cut is never used.
        keep(connection, "derby.language.sequence.preallocator", "10000");
        // 8 kB for all tables and indexes. Left to itself, Derby takes 4 kB, or 32 kB where a key
        // may be as long as a URI: most of such a page is never looked at, and a place in the cache
        // that takes turns between sizes allocates its memory anew each time. A URI of 1,000
        // characters fits into half a page, which is what an index asks for.
        keep(connection, "derby.storage.pageSize", "8192");
        connection.commit();
    }

    private static void keep(Connection connection, String property, String value)
            throws SQLException {
        try (var statement =
                connection.prepareCall("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)")) {
            statement.setString(1, property);
            statement.setString(2, value);
            statement.execute();
        }
    }

    /// Whether opening failed because another process has the database (Derby's XSDB6).
    boolean isInUse(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Another instance of Derby")) {
                return true;
            }
        }
        return false;
    }

    /// Ends this node's own database and leaves the others of the JVM alone: Derby answers a
    /// successful shutdown with the error 08006.
    void shutDown(String url) {
        if (this != DERBY) {
            return;
        }
        var database = url.contains(";") ? url.substring(0, url.indexOf(';')) : url;
        end(database + ";shutdown=true");
        if (database.startsWith("jdbc:derby:memory:")) {
            // Derby waits half a second before it frees the memory: nobody has to wait with it.
            Thread.ofVirtual().name("database-drop").start(() -> end(database + ";drop=true"));
        }
    }

    private static void end(String url) {
        try {
            DriverManager.getConnection(url).close();
        } catch (SQLException e) {
            if (!"08006".equals(e.getSQLState())) {
                LOG.warn("The database did not shut down cleanly: {}", e.getSQLState());
            }
        }
    }
}
