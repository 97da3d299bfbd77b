// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The current row of a result, by column name. A method without `optional` in its name expects a
/// value and says which column lacked it.
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public String text(String column) {
        return optionalText(column).orElseThrow(() -> missing(column));
    }

    public Optional<String> optionalText(String column) {
        return value(column, () -> results.getString(column));
    }

    public UUID uuid(String column) {
        return UUID.fromString(text(column));
    }

    public Optional<UUID> optionalUuid(String column) {
        return optionalText(column).map(UUID::fromString);
    }

    public URI uri(String column) {
        return URI.create(text(column));
    }

    public Optional<URI> optionalUri(String column) {
        return optionalText(column).map(URI::create);
    }

    public <E extends Enum<E>> E enumOf(String column, Class<E> type) {
        return Enum.valueOf(type, text(column));
    }

    public <E extends Enum<E>> Optional<E> optionalEnumOf(String column, Class<E> type) {
        return optionalText(column).map(name -> Enum.valueOf(type, name));
    }

    public long number(String column) {
        return optionalNumber(column).orElseThrow(() -> missing(column));
    }

    public Optional<Long> optionalNumber(String column) {
        return value(
                column,
                () -> {
                    var number = results.getLong(column);
                    return results.wasNull() ? null : number;
                });
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public Instant instant(String column) {
        return Instant.ofEpochMilli(number(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return optionalNumber(column).map(Instant::ofEpochMilli);
    }

    public LocalDate date(String column) {
        return LocalDate.parse(text(column));
    }

    public Optional<LocalDate> optionalDate(String column) {
        return optionalText(column).map(LocalDate::parse);
    }

    public boolean bool(String column) {
        return value(
                        column,
                        () -> {
                            var flag = results.getBoolean(column);
                            return results.wasNull() ? null : flag;
                        })
                .orElseThrow(() -> missing(column));
    }

    public byte[] bytes(String column) {
        return optionalBytes(column).orElseThrow(() -> missing(column));
    }

    public Optional<byte[]> optionalBytes(String column) {
        return value(column, () -> results.getBytes(column));
    }

    private interface Reading<T> {
        @Nullable T read() throws SQLException;
    }

    private <T> Optional<T> value(String column, Reading<T> reading) {
        try {
            return Optional.ofNullable(reading.read());
        } catch (SQLException e) {
            throw new DatabaseException("Column " + column + " cannot be read", e);
        }
    }

    private static IllegalStateException missing(String column) {
        return new IllegalStateException("Column " + column + " is empty");
    }
}
