// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.ChangeLogParameters;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.DerbyDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/// Brings the tables up to date with the change files listed in `database/changelog.xml`.
///
/// Liquibase takes half a second even with nothing to do, so the fingerprint of all change files is
/// kept beside them and the whole step is skipped while it is equal (architecture, 11).
final class Changes {

    private static final String CHANGELOG = "database/changelog.xml";
    private static final Pattern INCLUDED = Pattern.compile("file=\"([^\"]+\\.sql)\"");

    private Changes() {}

    static void apply(DataSource pool, Engine engine) {
        var fingerprint = fingerprint();
        try (var connection = pool.getConnection()) {
            if (fingerprint.equals(appliedFingerprint(connection))) {
                return;
            }
            engine.prepare(connection);
            runLiquibase(connection, engine);
            remember(connection, fingerprint);
        } catch (SQLException e) {
            throw new DatabaseException("The tables could not be brought up to date", e);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The tables could not be brought up to date: " + e.getMessage(), e);
        }
    }

    private static void runLiquibase(Connection connection, Engine engine) throws Exception {
        Map<String, Object> scope = new HashMap<>();
        scope.put(Scope.Attr.ui.name(), new LoggerUIService());
        scope.put(
                Scope.Attr.resourceAccessor.name(),
                new ClassLoaderResourceAccessor(Changes.class.getClassLoader()));
        scope.put("liquibase.analytics.enabled", false);
        Scope.child(scope, () -> update(connection, engine));
    }

    private static void update(Connection connection, Engine engine) throws LiquibaseException {
        var database =
                DatabaseFactory.getInstance()
                        .findCorrectDatabaseImplementation(new JdbcConnection(connection));
        if (database instanceof DerbyDatabase derby) {
            derby.setShutdownEmbeddedDerby(false);
            // Nobody else can have this database open, so whoever held the lock is dead.
            LockServiceFactory.getInstance().getLockService(derby).forceReleaseLock();
        }
        var parameters = new ChangeLogParameters(database);
        engine.types().forEach(parameters::set);
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, CHANGELOG)
                .addArgumentValue(DatabaseChangelogCommandStep.CHANGELOG_PARAMETERS, parameters)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .execute();
    }

    private static String appliedFingerprint(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT fingerprint FROM change_files")) {
            return results.next() ? results.getString(1) : "";
        } catch (SQLException e) {
            // The table comes with the first change file: before it there is nothing applied.
            connection.rollback();
            return "";
        }
    }

    private static void remember(Connection connection, String fingerprint) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM change_files");
                var insert = connection.prepareStatement("INSERT INTO change_files VALUES (?)")) {
            delete.executeUpdate();
            insert.setString(1, fingerprint);
            insert.executeUpdate();
            connection.commit();
        }
    }

    private static String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var changelog = content(CHANGELOG);
            digest.update(changelog);
            var included = INCLUDED.matcher(new String(changelog, StandardCharsets.UTF_8));
            while (included.find()) {
                digest.update(content("database/" + included.group(1)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(String path) {
        try (InputStream in = Changes.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Missing from the program: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
