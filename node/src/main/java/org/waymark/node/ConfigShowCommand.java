// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import picocli.CommandLine.Command;

/// `waymark config show`
@Command(name = "show", description = "Prints every setting, its value and where that came from.")
final class ConfigShowCommand implements Runnable {

    private final Main main;

    ConfigShowCommand(Main main) {
        this.main = main;
    }

    @Override
    public void run() {
        main.console().line(main.settings().source().describe());
    }
}
