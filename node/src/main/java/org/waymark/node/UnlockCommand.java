// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.extension.Domains;
import org.waymark.node.operation.IdentityTable;
import org.waymark.node.operation.NodeCommand;
import org.waymark.node.operation.Terminal;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.Unlocking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark unlock`
@Command(
        name = "unlock",
        description =
                "Opens the keys with the recovery sheet: those of a running node that are locked, or"
                        + " those of a stopped one whose master key is gone.")
final class UnlockCommand implements NodeCommand, WithoutNode {

    private static final String DELETE = "Delete the file with the sheet.";
    private static final String OTHER_SHEET = "This is the sheet of another node.";

    @Option(
            names = "--sheet",
            required = true,
            paramLabel = "FILE",
            description = "The lines of the sheet, typed off. Delete the file afterwards.")
    private Path sheet = Path.of("");

    /// Inside a running node, whose keys are locked.
    @Override
    public int run(Domains domains, Terminal terminal) {
        try {
            var typed = Files.readString(terminal.directory().resolve(sheet));
            return switch (domains.keyLock().unlock(Acting.node(), typed)) {
                case DONE -> {
                    terminal.line(
                            domains.keyLock().unlocking() == Unlocking.STAFF
                                    ? "Open, for two hours or as long as somebody who works with"
                                            + " requests is signed in. "
                                            + DELETE
                                    : "Open. " + DELETE);
                    yield 0;
                }
                case NOT_LOCKED -> {
                    terminal.error("The keys are not locked.");
                    yield 2;
                }
                case OTHER_SHEET -> {
                    terminal.error(OTHER_SHEET);
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

    /// On a stopped node: the key comes back into its folder. Where staff open the keys, it never
    /// lies there: the node starts locked.
    @Override
    public int runWithout(Main main) {
        var settings = main.settings();
        var folder = KeyFolder.open(settings.keysDirectory(), settings.data());
        try {
            var typed = Files.readString(main.console().directory().resolve(sheet));
            var key = MasterKey.read(folder, typed);
            if (!key.opensFolder() || !fits(settings, key)) {
                main.console().error(OTHER_SHEET);
                return 2;
            }
            if (settings.unlocking() == Unlocking.STAFF) {
                // In clear it must not come back into the folder.
                MasterKey.startLocked(folder);
                main.console()
                        .line("Start the node, and run this once more while it runs. " + DELETE);
                return 0;
            }
            MasterKey.recover(folder, typed);
        } catch (IOException e) {
            main.console().error("The file " + sheet + " cannot be read.");
            return 2;
        } catch (IllegalArgumentException | IllegalStateException e) {
            main.console().error(String.valueOf(e.getMessage()));
            return 2;
        }
        main.console().line("The master key is back. " + DELETE);
        return 0;
    }

    private static boolean fits(NodeSettings settings, MasterKey key) {
        try (var database = Database.open(settings.database())) {
            return database.read(new IdentityTable()::find)
                    .map(it -> ActorKeys.fits(database, key, it.baseUrl().resolve("/actor")))
                    .orElse(true);
        }
    }
}
