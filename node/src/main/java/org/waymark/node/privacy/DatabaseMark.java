// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;

/// How far the database has come, kept beside the keys and so outside the data folder: when an
/// older copy of the data folder is put back, the mark is ahead of it.
///
/// One caller at a time.
public final class DatabaseMark {

    private static final String FILE = "database-mark";

    private final KeyFolder folder;

    public DatabaseMark(KeyFolder folder) {
        this.folder = folder;
    }

    /// The highest number that was reached; 0 when none was kept.
    public long find() {
        return folder.read(FILE)
                .map(content -> Long.parseLong(new String(content, StandardCharsets.UTF_8)))
                .orElse(0L);
    }

    /// Durable when it returns. Call it after the database has the number.
    public void replace(long number) {
        folder.write(FILE, Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }
}
