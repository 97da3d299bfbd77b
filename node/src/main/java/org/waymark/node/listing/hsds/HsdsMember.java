// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import java.util.List;

/// One member of an HSDS object.
///
/// @param of the object that it holds, or holds a list of; empty for values
/// @param words what it can say; empty for anything
public record HsdsMember(String name, Type type, boolean required, String of, List<String> words) {

    /// What a member can hold.
    public enum Type {
        TEXT,
        UUID,
        NUMBER,
        DATE,
        TIME,
        INSTANT,
        URI,
        EMAIL,
        WORD,
        OBJECT,
        LIST;

        /// Whether it is a column of a table, too.
        public boolean isValue() {
            return this != OBJECT && this != LIST;
        }
    }

    public HsdsMember {
        words = List.copyOf(words);
    }

    /// Reads a line such as `name text !`.
    static HsdsMember parse(String line) {
        var parts = line.strip().split(" ");
        var type = parts[1];
        var required = parts.length > 2;
        if (type.startsWith("[") || type.startsWith("{")) {
            return new HsdsMember(
                    parts[0],
                    type.startsWith("[") ? Type.LIST : Type.OBJECT,
                    required,
                    type.substring(1, type.length() - 1),
                    List.of());
        }
        if (type.contains("|")) {
            var words = List.of(type.replace('_', ' ').split("\\|"));
            return new HsdsMember(parts[0], Type.WORD, required, "", words);
        }
        return new HsdsMember(
                parts[0],
                Type.valueOf(type.toUpperCase(java.util.Locale.ROOT)),
                required,
                "",
                List.of());
    }
}
