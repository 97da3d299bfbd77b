// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.desk;

import gg.jte.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waymark.node.page.Pieces.Wrong;

/// A form on its way to the reader: what stands in its fields, and what is wrong in them. What
/// somebody typed comes back as they typed it.
///
/// @param typed by the name of the field; empty for a form that nobody has filled in yet
public record Filling(Map<String, String> typed, List<Wrong> errors) {

    /// Nobody has filled it in yet.
    public static final Filling NONE = new Filling(Map.of(), List.of());

    public Filling {
        typed = Map.copyOf(typed);
        errors = List.copyOf(errors);
    }

    /// A form that comes back.
    public static Filling back(Fields fields, List<Wrong> errors) {
        var typed = new HashMap<String, String>();
        fields.values().keySet().forEach(name -> typed.put(name, fields.text(name)));
        return new Filling(typed, errors);
    }

    /// What stands in a field.
    ///
    /// @param otherwise where nobody typed anything
    public String text(String field, String otherwise) {
        return typed.getOrDefault(field, otherwise);
    }

    /// What is wrong in a field, as the templates of fields take it.
    public @Nullable Content error(String field) {
        return errors.stream()
                .filter(it -> it.field().equals(field))
                .map(Wrong::text)
                .findFirst()
                .orElse(null);
    }
}
