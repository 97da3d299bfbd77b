// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import java.io.OutputStream;

/// Where Derby writes its own log: nowhere. It would appear as a file wherever the process stands,
/// and what fails reaches us as an exception.
public final class DerbyLog {

    private DerbyLog() {}

    /// Tells Derby, before its first use in this process.
    public static void silence() {
        System.setProperty("derby.stream.error.method", DerbyLog.class.getName() + ".nowhere");
    }

    /// Called by Derby through its name.
    public static OutputStream nowhere() {
        return OutputStream.nullOutputStream();
    }
}
