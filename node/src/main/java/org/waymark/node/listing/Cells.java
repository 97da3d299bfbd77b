// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;

/// One row on its way into an HSDS object: what is taken has its place there, the rest is kept
/// under its own name.
final class Cells {

    private final PackageTable table;
    private final UUID id;
    private final ObjectNode rest;

    Cells(ObjectNode row) {
        this.table = PackageTable.valueOf(row.path(PackageContents.TABLE).asText());
        this.id = UUID.fromString(row.path(PackageContents.ID).asText());
        this.rest = row;
        row.remove(PackageContents.TABLE);
        row.remove(PackageContents.ID);
        row.remove("id");
    }

    PackageTable table() {
        return table;
    }

    UUID id() {
        return id;
    }

    Optional<String> take(String column) {
        var text = Document.text(rest, column);
        rest.remove(column);
        return text;
    }

    /// What nobody took, without the package's own references.
    ObjectNode rest() {
        for (var other : PackageTable.values()) {
            rest.remove(other.key());
        }
        return rest;
    }

    /// A new object that begins with our id.
    ObjectNode object() {
        return Document.object().put("id", id.toString());
    }

    /// Moves columns into an object under the same names.
    void move(ObjectNode json, String... columns) {
        for (var column : columns) {
            take(column).ifPresent(text -> json.put(column, text));
        }
    }
}
