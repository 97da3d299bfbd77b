// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import java.util.Optional;
import java.util.function.Function;

/// What came of reading something a stranger wrote. A refusal is an outcome, not an exception: most
/// of what arrives on an open network is somebody else's mistake.
public sealed interface Reading<T> {

    /// It could be read.
    record Read<T>(T value) implements Reading<T> {}

    /// It could not.
    ///
    /// @param code stable, kebab-case, for logs and problem documents; carries nothing that was
    ///   sent
    record Refused<T>(String code) implements Reading<T> {}

    /// Goes on with what was read, or keeps the refusal.
    default <R> Reading<R> then(Function<T, Reading<R>> next) {
        return switch (this) {
            case Read<T>(T value) -> next.apply(value);
            case Refused<T>(String code) -> new Refused<>(code);
        };
    }

    /// What was read, for those who treat every refusal alike.
    default Optional<T> found() {
        return switch (this) {
            case Read<T>(T value) -> Optional.of(value);
            case Refused<T> _ -> Optional.empty();
        };
    }

    /// What was read, for input we wrote ourselves.
    ///
    /// @throws IllegalArgumentException naming the code, if it was refused
    default T orElseThrow() {
        return switch (this) {
            case Read<T>(T value) -> value;
            case Refused<T>(String code) -> throw new IllegalArgumentException(code);
        };
    }
}
