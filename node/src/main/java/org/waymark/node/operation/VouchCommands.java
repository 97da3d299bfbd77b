// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.net.URI;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.AgreementId;
import org.waymark.node.peer.Vouches;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark peer vouch` and `waymark peer unvouch`: an organisation here stands up for a partner.
public final class VouchCommands {

    private VouchCommands() {}

    /// `waymark peer vouch`
    @Command(
            name = "vouch",
            description =
                    "Says for a year that an organisation here knows a partner, which may name it"
                            + " where it asks to become a partner.")
    public static final class Vouch implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Who vouches: its short name.")
        private String slug = "";

        @Option(
                names = "--for",
                required = true,
                paramLabel = "ACTOR",
                description = "The partner, such as https://n1.example/o/UUID.")
        private URI partner = URI.create("");

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(domains, terminal, slug, partner, domains.vouches()::give);
        }
    }

    /// `waymark peer unvouch`
    @Command(name = "unvouch", description = "Takes a vouch back.")
    public static final class Unvouch implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Who vouches: its short name.")
        private String slug = "";

        @Option(
                names = "--for",
                required = true,
                paramLabel = "ACTOR",
                description = "The partner, such as https://n1.example/o/UUID.")
        private URI partner = URI.create("");

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(domains, terminal, slug, partner, domains.vouches()::takeBack);
        }
    }

    private interface Step {
        Vouches.Outcome take(Acting acting, AgreementId agreement);
    }

    private static int step(
            Domains domains, Terminal terminal, String slug, URI partner, Step step) {
        var organization = domains.organizations().findBySlug(slug);
        if (organization.isEmpty()) {
            terminal.error("No organisation has that short name. See: waymark organization list");
            return 2;
        }
        var acting = Acting.node(organization.get().id());
        var outcome =
                domains.agreements()
                        .find(acting, organization.get().id(), partner)
                        .map(it -> step.take(acting, it.id()))
                        .orElse(Vouches.Outcome.NOT_FOUND);
        return switch (outcome) {
            case DONE -> {
                terminal.line("Done.");
                yield 0;
            }
            case ALREADY_THERE -> {
                terminal.line("It is so already.");
                yield 0;
            }
            case NOT_FOUND, NOT_ALLOWED -> {
                terminal.error("It is no partner elsewhere with which you deal now.");
                yield 1;
            }
        };
    }
}
