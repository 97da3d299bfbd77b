// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;

/// `waymark queue`: how much waits to be processed and to be delivered, one number to a line.
@Command(name = "queue", description = "Tells how much waits, coming in and going out.")
public final class QueueCommand implements NodeCommand {

    @Override
    public int run(Domains domains, Terminal terminal) {
        terminal.line("in\t" + domains.deliveries().countWaiting(Acting.node()));
        terminal.line("out\t" + domains.deliveries().countQueued(Acting.node()));
        return 0;
    }
}
