// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.waymark.node.exchange.KeyRenewal.Made;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.RecoveryKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waymark recovery-sheet`
@Command(
        name = "recovery-sheet",
        description =
                "Prints a recovery sheet: the first of a node that has none, or another in its"
                        + " place. It is shown only once.")
public final class SheetCommand implements NodeCommand {

    @Option(
            names = "--old-sheet",
            paramLabel = "FILE",
            description =
                    "Lines 9 to 16 of the sheet that is replaced, typed off: partners believe the"
                            + " new one on its word. Delete the file afterwards.")
    private Optional<Path> oldSheet = Optional.empty();

    @Option(
            names = "--lost",
            description =
                    "The old sheet is lost. Partners believe the new one when they have compared a"
                            + " key of yours by phone.")
    private boolean lost;

    @Override
    public int run(Domains domains, Terminal terminal) {
        if (lost && oldSheet.isPresent()) {
            terminal.error("Either the old sheet is there or it is lost.");
            return 2;
        }
        try {
            return answer(make(domains, terminal), terminal);
        } catch (IOException e) {
            terminal.error("The file " + oldSheet.orElseThrow() + " cannot be read.");
        } catch (IllegalArgumentException e) {
            terminal.error(String.valueOf(e.getMessage()));
        }
        return 2;
    }

    private Made make(Domains domains, Terminal terminal) throws IOException {
        var renewal = domains.keyRenewal();
        if (oldSheet.isPresent()) {
            var typed = Files.readString(terminal.directory().resolve(oldSheet.get()));
            return renewal.nextSheet(Acting.node(), RecoveryKey.read(typed));
        }
        return lost ? renewal.lostSheet(Acting.node()) : renewal.firstSheet(Acting.node());
    }

    private static int answer(Made made, Terminal terminal) {
        return switch (made) {
            case Made.Sheet(var sheet) -> {
                terminal.line(
                        "Print this sheet and keep it in a safe place, away from this machine. It"
                                + " is shown only now. An older sheet announces no new keys any"
                                + " more: burn it.");
                terminal.line("");
                terminal.line(sheet);
                yield 0;
            }
            case Made.NotTheFirst _ -> {
                terminal.error(
                        "This node has a recovery sheet. Bring it with --old-sheet, or say --lost.");
                yield 2;
            }
            case Made.OtherSheet _ -> {
                terminal.error("This is the sheet of another node, or an older one.");
                yield 2;
            }
            case Made.TooMany(int most) -> {
                terminal.error(
                        "Partners follow "
                                + most
                                + " sheets by themselves and no more. Say --lost, and let them"
                                + " compare a key of yours by phone.");
                yield 2;
            }
        };
    }
}
