// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.Moves;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark organization claim` and `waymark organization move`: from one node to another. First
/// the new node claims, then the old one moves.
public final class MoveCommands {

    private MoveCommands() {}

    /// `waymark organization claim`
    @Command(
            name = "claim",
            description = "Says that an organisation of this node lived on another one before.")
    public static final class Claim implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Its short name here.")
        private String slug = "";

        @Option(
                names = "--from",
                required = true,
                paramLabel = "ACTOR",
                description = "Its address there, such as https://old.example/o/UUID.")
        private URI former = URI.create("");

        @Override
        public int run(Domains domains, Terminal terminal) {
            return find(domains, terminal, slug)
                    .map(it -> tell(domains.moves().claim(Acting.node(it.id()), former), terminal))
                    .orElse(2);
        }
    }

    /// `waymark organization move`
    @Command(
            name = "move",
            description =
                    "Tells partners and followers that an organisation lives on another node now."
                            + " That node must have claimed it.")
    public static final class Move implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Its short name here.")
        private String slug = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "ACTOR",
                description = "Its address there, such as https://new.example/o/UUID.")
        private URI target = URI.create("");

        @Option(names = "--yes", description = "Really. Partners follow, and do not come back.")
        private boolean yes;

        @Override
        public int run(Domains domains, Terminal terminal) {
            var organization = find(domains, terminal, slug);
            if (organization.isEmpty()) {
                return 2;
            }
            if (!yes) {
                terminal.error(
                        "Partners and followers of "
                                + organization.get().name()
                                + " will go to "
                                + target
                                + ". Add --yes if you mean it.");
                return 2;
            }
            return tell(
                    domains.moves().move(Acting.node(organization.get().id()), target), terminal);
        }
    }

    private static Optional<HostedOrganization> find(
            Domains domains, Terminal terminal, String slug) {
        var organization = domains.organizations().findBySlug(slug);
        if (organization.isEmpty()) {
            terminal.error("No organisation has that short name. See: waymark organization list");
        }
        return organization;
    }

    private static int tell(Moves.Outcome outcome, Terminal terminal) {
        switch (outcome) {
            case DONE -> terminal.line("Done.");
            case ALREADY_THERE -> terminal.line("It is so already.");
            case WISHED -> terminal.error("A second person must wish it, too.");
            case NOT_FOUND, NO_PEER ->
                    terminal.error("That is no address of an organisation on another node.");
            case NOT_REACHABLE -> terminal.error("The other node cannot be read now.");
            case NOT_CONFIRMED ->
                    terminal.error(
                            "The other node does not say that it is the same organisation. There,"
                                    + " first: waymark organization claim");
        }
        return outcome == Moves.Outcome.DONE || outcome == Moves.Outcome.ALREADY_THERE ? 0 : 2;
    }
}
