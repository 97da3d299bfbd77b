// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One transaction, used by one thread. Statements take the parameter types String, UUID, Integer,
/// Long, Boolean, Instant (as milliseconds since 1970 UTC), LocalDate (as ISO text), URI, Enum (by
/// name), byte[], and Optional of these.
public final class Transaction {

    private final Connection connection;
    private final Engine engine;
    private final List<LongConsumer> stamps = new ArrayList<>();
    // What a loop asks again and again is prepared once. The pool closes them with the connection.
    private final Map<String, PreparedStatement> idle = new HashMap<>();
    private final Map<Object, Runnable> beforeCommit = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Set<String> written = new HashSet<>();
    private OptionalLong likelyNumber = OptionalLong.empty();

    Transaction(Connection connection, Engine engine) {
        this.connection = connection;
        this.engine = engine;
    }

    /// All rows, in the order of the statement.
    public <T> List<T> list(String sql, Function<Row, T> mapper, Object... parameters) {
        try {
            var statement = prepare(sql, parameters);
            var rows = new ArrayList<T>();
            try (var results = statement.executeQuery()) {
                var row = new Row(results);
                while (results.next()) {
                    rows.add(mapper.apply(row));
                }
            }
            keep(sql, statement);
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException("Query failed", e);
        }
    }

    /// Keeps others from changing the rows of a query until this transaction ends: whoever wants to
    /// waits. Other readers do not, and those who hold the same rows do not either.
    ///
    /// @return whether there are any
    public boolean hold(String sql, Object... parameters) {
        return !list(sql + engine.holding(), _ -> true, parameters).isEmpty();
    }

    /// The one row, if there is one.
    ///
    /// @throws IllegalStateException when there are several
    public <T> Optional<T> find(String sql, Function<Row, T> mapper, Object... parameters) {
        var rows = list(sql, mapper, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("One row expected, found " + rows.size() + ": " + sql);
        }
        return rows.stream().findFirst();
    }

    /// Inserts, updates or deletes, and tells how many rows that touched.
    public int update(String sql, Object... parameters) {
        written.add(table(sql));
        try {
            var statement = prepare(sql, parameters);
            var changed = statement.executeUpdate();
            keep(sql, statement);
            return changed;
        } catch (SQLException e) {
            throw new DatabaseException("Statement failed", e);
        }
    }

    /// Inserts a row unless one with its key is there, and tells whether it did. A key that another
    /// transaction is just inserting is waited for. The transaction goes on either way.
    public boolean insertIfAbsent(String sql, Object... parameters) {
        try {
            var before = connection.setSavepoint();
            try {
                update(sql, parameters);
                connection.releaseSavepoint(before);
                return true;
            } catch (DatabaseException e) {
                if (!e.isConflict()) {
                    throw e;
                }
                connection.rollback(before);
                return false;
            }
        } catch (SQLException e) {
            throw new DatabaseException("Statement failed", e);
        }
    }

    /// One statement for many rows; keep them under 1,000 in a transaction (architecture, 10).
    public void batch(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() == 1) {
            update(sql, rows.getFirst());
            return;
        }
        written.add(table(sql));
        try (var statement = connection.prepareStatement(sql)) {
            for (var row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException("Batch failed", e);
        }
    }

    /// Asks for this transaction's change number. It is taken last before the commit, from one
    /// locked row, so that the order of numbers is the order of commits (architecture, 8). One
    /// transaction has one number, however often this is called.
    public void stampChange(LongConsumer stamp) {
        stamps.add(stamp);
    }

    /// The change number that this transaction gets unless another one commits before it. Rows that
    /// are added with it need no second writing; whoever does so compares it in
    /// [#stampChange(LongConsumer)] with the number that came.
    public long likelyChange() {
        if (likelyNumber.isEmpty()) {
            likelyNumber = OptionalLong.of(lastChange() + 1);
        }
        return likelyNumber.getAsLong();
    }

    /// Runs when everything else in this transaction is done, once for equal keys however often it
    /// is asked for: to look at what all of it led to.
    public void beforeCommit(Object key, Runnable action) {
        beforeCommit.putIfAbsent(key, action);
    }

    /// Runs when the commit has succeeded, in this thread: wake a worker, nothing more.
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /// The number of the last change that was committed; 0 before the first.
    public long lastChange() {
        return find("SELECT last_number FROM change_counter", row -> row.number("last_number"))
                .orElseThrow();
    }

    /// The last steps before the commit.
    void complete() {
        List.copyOf(beforeCommit.values()).forEach(Runnable::run);
        stamp();
    }

    private void stamp() {
        if (stamps.isEmpty()) {
            return;
        }
        update("UPDATE change_counter SET last_number = last_number + 1");
        var number = lastChange();
        stamps.forEach(stamp -> stamp.accept(number));
    }

    /// The tables that statements of this transaction changed, or might have.
    Set<String> written() {
        return written;
    }

    /// `INSERT INTO table`, `DELETE FROM table`, `UPDATE table`.
    private static String table(String sql) {
        var words = sql.split(" ", 4);
        return words[0].equals("UPDATE") || words.length < 3 ? words[1] : words[2];
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        // Taken out while it is used: what maps its rows may ask the same.
        var known = idle.remove(sql);
        var statement = known == null ? connection.prepareStatement(sql) : known;
        bind(statement, parameters);
        return statement;
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        var other = idle.put(sql, statement);
        if (other != null) {
            other.close();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> throw new IllegalArgumentException("Parameter " + position + " is null");
            case Optional<?> optional when optional.isPresent() ->
                    bind(statement, position, optional.get());
            case Optional<?> _ -> bindNull(statement, position);
            case String text -> statement.setString(position, text);
            case UUID uuid -> statement.setString(position, uuid.toString());
            case Integer number -> statement.setInt(position, number);
            case Long number -> statement.setLong(position, number);
            case Boolean flag -> statement.setBoolean(position, flag);
            case Instant instant -> statement.setLong(position, instant.toEpochMilli());
            case LocalDate date -> statement.setString(position, date.toString());
            case URI uri -> statement.setString(position, uri.toString());
            case Enum<?> choice -> statement.setString(position, choice.name());
            case byte[] bytes -> statement.setBytes(position, bytes);
            default ->
                    throw new IllegalArgumentException(
                            "Parameter " + position + " is a " + value.getClass().getName());
        }
    }

    private static void bindNull(PreparedStatement statement, int position) throws SQLException {
        var type = statement.getParameterMetaData().getParameterType(position);
        statement.setNull(position, type == Types.OTHER ? Types.NULL : type);
    }
}
