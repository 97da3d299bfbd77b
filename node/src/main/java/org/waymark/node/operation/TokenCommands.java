// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.Account;
import org.waymark.node.account.ApiToken;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark token …`: what programs sign in with.
public final class TokenCommands {

    private TokenCommands() {}

    /// `waymark token create`
    @Command(
            name = "create",
            description = "Makes a token for /api/v1 with a person's rights, and shows it once.")
    public static final class Create implements NodeCommand {

        @Option(
                names = "--account",
                required = true,
                paramLabel = "EMAIL",
                description = "The person whose rights it has.")
        private String email = "";

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "What it is for.")
        private String name = "";

        @Override
        public int run(Domains domains, Terminal terminal) {
            var created =
                    domains.accounts()
                            .find(Acting.node(), email)
                            .flatMap(one -> domains.tokens().create(Acting.node(), one, name));
            if (created.isEmpty()) {
                terminal.error("Nobody has the address " + email + ".");
                return 2;
            }
            terminal.line(created.get().secret().value());
            return 0;
        }
    }

    /// `waymark token list`
    @Command(name = "list", description = "Lists the tokens, without their secrets.")
    public static final class ListAll implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            domains.tokens().list(Acting.node()).forEach(one -> terminal.line(line(one, domains)));
            return 0;
        }

        private static String line(ApiToken token, Domains domains) {
            var email =
                    domains.accounts().list(Acting.node()).stream()
                            .filter(one -> one.id().equals(token.account()))
                            .map(Account::email)
                            .findFirst();
            Optional<String> slug =
                    domains.organizations()
                            .find(token.organization())
                            .map(HostedOrganization::slug);
            return "%s  %s  %s  %s  %s"
                    .formatted(
                            token.id(),
                            token.createdAt(),
                            email.orElse("?"),
                            slug.orElse("?"),
                            token.name());
        }
    }

    /// `waymark token revoke`
    @Command(name = "revoke", description = "Ends a token at once.")
    public static final class Revoke implements NodeCommand {

        @Parameters(paramLabel = "ID", description = "See: waymark token list")
        private UUID id = new UUID(0, 0);

        @Override
        public int run(Domains domains, Terminal terminal) {
            if (domains.tokens().revoke(Acting.node(), id)) {
                return 0;
            }
            terminal.error("There is no token " + id + ".");
            return 2;
        }
    }
}
