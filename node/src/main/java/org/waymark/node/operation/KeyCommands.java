// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.RecoveryKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark rotate-keys`
@Command(
        name = "rotate-keys",
        description =
                "Gives an organisation, or the node itself, new keys to sign with; partners take"
                        + " them on the word of the old ones. With --sheet all actors of this node"
                        + " get new keys, because the old ones were lost or stolen; partners take"
                        + " them on the word of the recovery sheet.")
public final class KeyCommands implements NodeCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "SLUG",
            description = "The organisation (default: the node itself).")
    private Optional<String> slug = Optional.empty();

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description =
                    "Lines 9 to 16 of the recovery sheet, typed off. Delete the file afterwards.")
    private Optional<Path> sheet = Optional.empty();

    @Override
    public int run(Domains domains, Terminal terminal) {
        return sheet.map(it -> renew(domains, terminal, it))
                .orElseGet(() -> replace(domains, terminal));
    }

    private int replace(Domains domains, Terminal terminal) {
        var organization = slug.flatMap(domains.organizations()::findBySlug);
        if (slug.isPresent() && organization.isEmpty()) {
            terminal.error("There is no organisation with this short name.");
            return 2;
        }
        var keys =
                domains.keyChanges()
                        .replace(Acting.node(), organization.map(HostedOrganization::id));
        terminal.line(keys.rsaId() + " and " + keys.ed25519Id() + " sign from now on.");
        return 0;
    }

    private static int renew(Domains domains, Terminal terminal, Path sheet) {
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
                    terminal.error(
                            "This node has no recovery sheet. Make one with: waymark recovery-sheet");
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
