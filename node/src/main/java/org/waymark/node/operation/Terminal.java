// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.nio.file.Path;
import org.waymark.node.work.Progress;

/// Where a command speaks, whether it runs in the operator's own process or inside a running node.
public interface Terminal extends Progress {

    /// A line of the answer.
    void line(String text);

    /// A line about what went wrong.
    void error(String text);

    /// The folder the operator stands in; relative paths begin there.
    Path directory();
}
