// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.RecoveryKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark rotate-keys`
@Command(
        name = "rotate-keys",
        description =
                "Gives all actors of this node new keys, because the old ones were lost or stolen."
                        + " Partners take them on the word of the recovery sheet.")
public final class KeyCommands implements NodeCommand {

    @Option(
            names = "--sheet",
            required = true,
            paramLabel = "FILE",
            description =
                    "Lines 9 to 16 of the recovery sheet, typed off. Delete the file afterwards.")
    private Path sheet = Path.of("");

    @Override
    public int run(Domains domains, Terminal terminal) {
        try {
            var typed = Files.readString(terminal.directory().resolve(sheet));
            return switch (domains.keyRenewal().renew(Acting.node(), RecoveryKey.read(typed))) {
                case DONE -> {
                    terminal.line(
                            "All actors have new keys. Partners whose node knew this sheet take"
                                    + " them; the others ask a person, who may phone you. Delete"
                                    + " the file with the sheet.");
                    yield 0;
                }
                case NO_RECOVERY_KEY -> {
                    terminal.error("This node was made without a recovery key.");
                    yield 2;
                }
                case OTHER_SHEET -> {
                    terminal.error("This is the sheet of another node.");
                    yield 2;
                }
            };
        } catch (IOException e) {
            terminal.error("The file " + sheet + " cannot be read.");
        } catch (IllegalArgumentException e) {
            terminal.error(String.valueOf(e.getMessage()));
        }
        return 2;
    }
}
