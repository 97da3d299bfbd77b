// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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

    /// Where such a database lies, for a whole node.
    public static DatabaseSettings inMemorySettings() {
        var url = "jdbc:derby:memory:" + UUID.randomUUID();
        try {
            DriverManager.getConnection(url + ";createFrom=" + Template.FOLDER).close();
        } catch (SQLException e) {
            throw new IllegalStateException("The template did not become a database", e);
        }
        return new DatabaseSettings(url + ";create=true", 8);
    }

    /// Puts an empty Derby database, with all tables in place, where a node expects its own.
    public static void prepare(Path database) {
        try {
            copy(Template.FOLDER, database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the run was given a PostgreSQL server.
    public static boolean postgresAvailable() {
        return POSTGRES != null && !POSTGRES.isBlank();
    }

    /// An empty database on the given PostgreSQL server.
    public static Database postgres() {
        return Database.open(new DatabaseSettings(newPostgres(), 4));
    }

    /// The same for a whole node: the address of a database without tables.
    public static String newPostgres() {
        var name = "waymark_" + UUID.randomUUID().toString().replace('-', '_');
        try (var connection = DriverManager.getConnection(POSTGRES);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refused a database", e);
        }
        return POSTGRES.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
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

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /// As when two transactions waited for each other and this one gave way.
    public static DatabaseException turnedAway() {
        return new DatabaseException("Statement failed", new SQLException("a lock", "40XL1"));
    }

    /// What the change files make of an empty database: made once, then copied, because making it
    /// takes a second and there are hundreds.
    private static final class Template {

        private static final Path FOLDER = make();

        private static Path make() {
            var settings = new DatabaseSettings("jdbc:derby:memory:template;create=true", 1);
            try (var database = Database.open(settings);
                    var connection = DriverManager.getConnection(settings.url());
                    var backUp =
                            connection.prepareCall("CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)")) {
                database.check();
                var folder = Files.createTempDirectory("waymark-template");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
                backUp.setString(1, folder.toString());
                backUp.execute();
                return folder.resolve("template");
            } catch (SQLException e) {
                throw new IllegalStateException("The template could not be made", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
