// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;

/// What somebody wrote into a field. What we do not understand is not the same as nothing: nothing
/// opens a door.
public sealed interface Told<T> {

    record Nothing<T>() implements Told<T> {}

    record Value<T>(T value) implements Told<T> {}

    record NotUnderstood<T>() implements Told<T> {}

    /// A day as browsers send it, such as `2026-03-05`.
    static Told<LocalDate> day(String text) {
        if (text.isBlank()) {
            return new Nothing<>();
        }
        try {
            return new Value<>(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return new NotUnderstood<>();
        }
    }

    /// How many, in the digits of any script.
    static Told<Integer> number(String text) {
        if (text.isBlank()) {
            return new Nothing<>();
        }
        return text.strip().matches("\\p{Nd}{1,4}")
                ? new Value<>(Integer.parseInt(text.strip()))
                : new NotUnderstood<>();
    }

    default boolean isUnderstood() {
        return !(this instanceof NotUnderstood);
    }

    /// Empty when there is nothing; ask first whether it was understood.
    default Optional<T> found() {
        return this instanceof Value<T>(var value) ? Optional.of(value) : Optional.empty();
    }

    static OptionalInt found(Told<Integer> number) {
        return number.found().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
