// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The header fields of one message: names without regard to case, each value line kept apart, so
/// that a doubled header can be seen (RFC 9110, section 5).
public final class Headers {
    private final Map<String, List<String>> lines;

    private Headers(Map<String, List<String>> lines) {
        this.lines = lines;
    }

    /// Copies lines by name; names that differ only in case are one header.
    public static Headers of(Map<String, List<String>> lines) {
        var copy = new LinkedHashMap<String, List<String>>();
        lines.forEach(
                (name, values) ->
                        copy.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                                .addAll(values));
        return new Headers(copy);
    }

    /// Copies headers that have one line each.
    public static Headers single(Map<String, String> lines) {
        var copy = new LinkedHashMap<String, List<String>>();
        lines.forEach((name, value) -> copy.put(name, List.of(value)));
        return of(copy);
    }

    /// All lines of a header, in the order received.
    public List<String> all(String name) {
        return List.copyOf(lines.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    /// The first line of a header.
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
