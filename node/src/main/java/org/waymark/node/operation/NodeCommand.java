// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.extension.Domains;

/// A subcommand that works on a node's data: on a stopped node in the operator's own process, on a
/// running one inside it. Implementations carry picocli's `@Command` and are made anew for each
/// run.
public interface NodeCommand {

    /// @return 0 done, 1 failed, 2 unusable input, 3 found problems
    int run(Domains domains, Terminal terminal);
}
