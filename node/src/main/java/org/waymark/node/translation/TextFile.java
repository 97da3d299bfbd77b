// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.util.List;

/// What goes to a translator and comes back: texts of one language and what they are in another.
///
/// @param from BCP 47 tag of the originals
/// @param to BCP 47 tag of the translations
public record TextFile(String from, String to, List<Unit> units) {

    public TextFile {
        units = List.copyOf(units);
    }

    public enum State {
        MISSING,
        /// A machine wrote it and nobody has checked it.
        MACHINE,
        /// The original has changed since.
        STALE,
        REVIEWED
    }

    /// One text.
    ///
    /// @param id where it belongs; letters, digits, `-`, `_` and `.`
    /// @param about what it is a part of, for the translator
    /// @param target empty while it is missing
    /// @param mark of the translation as it was when the file was made; empty when it was missing
    ///   or the translator's program lost it
    public record Unit(
            String id, String about, String source, String target, State state, String mark) {}

    /// Why a file cannot be taken; nothing of it was.
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        public UnusableException(String code, String message) {
            super(message);
            this.code = code;
        }

        /// Stable, and the end of a message key.
        public String code() {
            return code;
        }
    }
}
