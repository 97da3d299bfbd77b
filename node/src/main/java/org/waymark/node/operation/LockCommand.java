// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark lock`
@Command(
        name = "lock",
        description =
                "Locks everything about people at once and signs everybody out. With keys.unlock ="
                        + " staff somebody of the staff opens it by signing in; else the recovery"
                        + " sheet does: waymark unlock. The public directory goes on.")
public final class LockCommand implements NodeCommand {

    @Option(
            names = "--sheet-only",
            description = "Afterwards no password opens it, only the recovery sheet.")
    private boolean sheetOnly;

    @Override
    public int run(Domains domains, Terminal terminal) {
        var lock = domains.keyLock();
        var onlySheet = lock.lock(Acting.node(), sheetOnly);
        terminal.line(
                onlySheet
                        ? "Locked. The recovery sheet opens it: waymark unlock --sheet FILE"
                        : "Locked. It opens when somebody who works with requests signs in.");
        return 0;
    }
}
