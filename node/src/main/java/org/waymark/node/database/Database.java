// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// A node's database: one pool, one transaction at a time per thread.
///
/// Transactions never nest and nothing is retried here; no network call belongs inside one.
public final class Database implements AutoCloseable {

    // 5 s instead of 30: while the database takes nothing (a full disk), whoever asks is told so
    // before requests pile up in memory.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    // 3: each may have waited 5 s, and somebody waits for the page.
    private static final int MOST_ATTEMPTS = 3;

    private final DatabaseSettings settings;
    private final Engine engine;
    private final HikariDataSource pool;
    private final Map<String, List<Runnable>> whenWritten = new ConcurrentHashMap<>();

    private Database(DatabaseSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.engine = Engine.of(settings.url());
        this.pool = pool;
    }

    /// Opens the database and brings its tables up to date.
    ///
    /// @throws DatabaseInUseException when another process has it
    public static Database open(DatabaseSettings settings) {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(settings.url());
        configuration.setMaximumPoolSize(settings.connections());
        // None in reserve: the pool then opens connections when asked only. One opened in the
        // background while a short command ends would meet a database engine that stops.
        configuration.setMinimumIdle(0);
        configuration.setConnectionTimeout(LONGEST_WAIT.toMillis());
        configuration.setAutoCommit(false);
        configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        configuration.setPoolName("database");
        var engine = Engine.of(settings.url());
        engine.properties().forEach(configuration::addDataSourceProperty);
        engine.boot(settings.url());
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(configuration);
        } catch (RuntimeException e) {
            throw engine.isInUse(e) ? new DatabaseInUseException(e) : e;
        }
        var database = new Database(settings, pool);
        try {
            Changes.apply(pool, engine);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Runs work that changes nothing. Where others keep it from a row until the database turns it
    /// away, it runs once more: a reader has lost nothing by that.
    public <T> T read(Function<Transaction, T> work) {
        try {
            return inTransaction(work);
        } catch (DatabaseException e) {
            if (!e.isTurnedAway()) {
                throw e;
            }
            return inTransaction(work);
        }
    }

    /// Runs work that changes rows: committed when it returns, rolled back when it throws.
    public <T> T write(Function<Transaction, T> work) {
        return inTransaction(work);
    }

    /// [#write(Function)] for what a person decided and must not be told to try again: where others
    /// keep it from a row until the database turns it away, it runs anew. It may do nothing but
    /// change rows.
    public <T> T insist(Function<Transaction, T> work) {
        for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return inTransaction(work);
            } catch (DatabaseException e) {
                if (!e.isTurnedAway()) {
                    throw e;
                }
            }
        }
        return inTransaction(work);
    }

    /// [#write(Function)] for work without a result.
    public void run(Consumer<Transaction> work) {
        inTransaction(
                transaction -> {
                    work.accept(transaction);
                    return true;
                });
    }

    /// Names what to do after each commit that wrote to one of these tables, in the thread that
    /// committed: forget what was made from their rows, nothing more.
    void whenWritten(Collection<String> tables, Runnable action) {
        for (var table : tables) {
            whenWritten.computeIfAbsent(table, _ -> new CopyOnWriteArrayList<>()).add(action);
        }
    }

    /// Runs the cheapest query there is.
    ///
    /// @throws DatabaseException when the database does not answer
    public void check() {
        var _ = read(tx -> tx.list("SELECT last_number FROM change_counter", row -> true));
    }

    private <T> T inTransaction(Function<Transaction, T> work) {
        Transaction transaction;
        T result;
        try (var connection = pool.getConnection()) {
            transaction = new Transaction(connection, engine);
            try {
                result = work.apply(transaction);
                transaction.complete();
                connection.commit();
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            } finally {
                // Also after a failure: it may have come when the commit had taken place.
                forget(transaction.written());
            }
        } catch (SQLException e) {
            throw new DatabaseException("The transaction did not commit", e);
        }
        transaction.committed();
        return result;
    }

    private void forget(Collection<String> tables) {
        for (var table : tables) {
            whenWritten.getOrDefault(table, List.of()).forEach(Runnable::run);
        }
    }

    /// What went wrong first is what is told, also when the connection is broken.
    private static void rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /// Closing a closed database does nothing.
    @Override
    public void close() {
        if (pool.isClosed()) {
            return;
        }
        pool.close();
        engine.shutDown(settings.url());
    }
}
