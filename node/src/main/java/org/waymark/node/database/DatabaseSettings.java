// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.nio.file.Path;

/// Where the rows lie.
///
/// @param url JDBC URL: embedded Derby by default, or PostgreSQL
/// @param connections connections kept open at most; 8, because writers queue on a few rows anyway
public record DatabaseSettings(String url, int connections) {

    /// The default: a Derby database inside the data folder.
    public static DatabaseSettings inFolder(Path data) {
        return new DatabaseSettings(
                "jdbc:derby:" + data.resolve("database").toAbsolutePath() + ";create=true", 8);
    }
}
