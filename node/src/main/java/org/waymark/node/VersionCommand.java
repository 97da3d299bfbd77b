// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `waymark version`
@Command(name = "version", description = "Prints the version of this program.")
final class VersionCommand implements Runnable, IVersionProvider {

    /// As the build wrote it into the jar; "development" when run from classes.
    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Waymark " + version()};
    }

    @Override
    public void run() {
        System.out.println("Waymark " + version());
    }
}
