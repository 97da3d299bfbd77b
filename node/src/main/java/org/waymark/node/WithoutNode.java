// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

/// A command that does something else on a stopped node, because the node cannot be opened.
interface WithoutNode {

    /// @return as [org.waymark.node.operation.NodeCommand#run]
    int runWithout(Main main);
}
