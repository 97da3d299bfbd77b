// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import picocli.CommandLine;

/// The commands that work on a node's data, stopped or running, in the order of the help text.
final class NodeCommands {

    private NodeCommands() {}

    static void addTo(CommandLine line) {}
}
