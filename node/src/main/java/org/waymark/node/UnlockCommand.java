// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.operation.IdentityTable;
import org.waymark.node.operation.RunFile;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark unlock`
@Command(
        name = "unlock",
        description = "Brings the master key back from the recovery sheet, into a stopped node.")
final class UnlockCommand implements Runnable {

    private final Main main;

    @Option(
            names = "--sheet",
            required = true,
            paramLabel = "FILE",
            description = "The lines of the sheet, typed off. Delete the file afterwards.")
    private Path sheet = Path.of("");

    UnlockCommand(Main main) {
        this.main = main;
    }

    @Override
    public void run() {
        if (RunFile.find(main.data()).isPresent()) {
            throw new UnusableSettingException(
                    "A node runs on this data folder. unlock needs a stopped node.");
        }
        var settings = main.settings();
        var folder = KeyFolder.open(settings.keysDirectory(), settings.data());
        try {
            var typed = Files.readString(main.console().directory().resolve(sheet));
            if (!fits(settings, MasterKey.read(typed))) {
                throw new UnusableSettingException("This is the sheet of another node.");
            }
            MasterKey.recover(folder, typed);
        } catch (IOException e) {
            throw new UnusableSettingException("The file " + sheet + " cannot be read.");
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UnusableSettingException(String.valueOf(e.getMessage()));
        }
        main.console().line("The master key is back. Delete the file with the sheet.");
    }

    private static boolean fits(NodeSettings settings, MasterKey key) {
        try (var database = Database.open(settings.database())) {
            return database.read(new IdentityTable()::find)
                    .map(it -> ActorKeys.fits(database, key, it.baseUrl().resolve("/actor")))
                    .orElse(true);
        }
    }
}
