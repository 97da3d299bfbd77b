// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Fresh databases for tests, with all tables in place.
public final class Databases {

    /// Address of a PostgreSQL server to make databases on, for example
    /// `jdbc:postgresql://127.0.0.1:5433/postgres?user=postgres`. Unset: those tests do not run.
    private static final String POSTGRES = System.getenv("WAYMARK_TEST_POSTGRES");

    private Databases() {}

    /// An empty Derby database in memory, gone when it is closed.
    public static Database inMemory() {
        return Database.open(inMemorySettings());
    }

    /// Where such a database would lie, for a whole node.
    public static DatabaseSettings inMemorySettings() {
        return new DatabaseSettings("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true", 8);
    }

    /// Whether the run was given a PostgreSQL server.
    public static boolean postgresAvailable() {
        return POSTGRES != null && !POSTGRES.isBlank();
    }

    /// An empty database on the given PostgreSQL server.
    public static Database postgres() {
        var name = "waymark_" + UUID.randomUUID().toString().replace('-', '_');
        try (var connection = DriverManager.getConnection(POSTGRES);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refused a database", e);
        }
        var url = POSTGRES.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        return Database.open(new DatabaseSettings(url, 4));
    }

    /// Every engine that this run has: give it to a `@MethodSource` and close what you get.
    public static List<Database> all() {
        var databases = new ArrayList<Database>();
        databases.add(inMemory());
        if (postgresAvailable()) {
            databases.add(postgres());
        }
        return databases;
    }
}
