// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.List;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations.Outcome;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark organization …`: the organisations this node hosts.
public final class OrganizationCommands {

    private OrganizationCommands() {}

    /// `waymark organization add`
    @Command(name = "add", description = "Adds an organisation to this node.")
    public static final class Add implements NodeCommand {

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "As people know it.")
        private String name = "";

        @Option(
                names = "--slug",
                paramLabel = "SLUG",
                description = "Short name for addresses (default: made from NAME).")
        private Optional<String> slug = Optional.empty();

        @Option(names = "--phone", paramLabel = "NUMBER", description = "The office line.")
        private Optional<String> phone = Optional.empty();

        @Option(
                names = "--languages",
                split = ",",
                paramLabel = "en,ar",
                description = "What the staff speak.")
        private List<String> languages = List.of();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var added =
                    domains.organizations()
                            .add(
                                    Acting.node(),
                                    name,
                                    slug.orElseGet(() -> HostedOrganization.slugOf(name)),
                                    phone,
                                    languages);
            return tell(added, terminal);
        }
    }

    /// `waymark organization list`
    @Command(name = "list", description = "Lists the organisations of this node.")
    public static final class ListAll implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            domains.organizations().list().forEach(one -> terminal.line(line(one)));
            return 0;
        }
    }

    /// `waymark organization rename`
    @Command(
            name = "rename",
            description = "Changes what an organisation is called; its id stays for ever.")
    public static final class Rename implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "What its short name is now.")
        private String slug = "";

        @Option(names = "--name", paramLabel = "NAME", description = "The new name.")
        private Optional<String> name = Optional.empty();

        @Option(
                names = "--slug",
                paramLabel = "SLUG",
                description = "A new short name; the old one keeps leading to it.")
        private Optional<String> newSlug = Optional.empty();

        @Option(names = "--phone", paramLabel = "NUMBER", description = "The new office line.")
        private Optional<String> phone = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var organizations = domains.organizations();
            var before = organizations.findBySlug(slug);
            if (before.isEmpty()) {
                return tell(new Outcome.NotFound(), terminal);
            }
            var changed =
                    new HostedOrganization(
                            before.get().id(),
                            newSlug.orElse(before.get().slug()),
                            name.orElse(before.get().name()),
                            phone.or(before.get()::phone),
                            before.get().languages());
            return tell(organizations.replace(Acting.node(), changed), terminal);
        }
    }

    private static int tell(Outcome outcome, Terminal terminal) {
        switch (outcome) {
            case Outcome.Done(var organization) -> {
                terminal.line(line(organization));
                return 0;
            }
            case Outcome.SlugTaken(var slug) ->
                    terminal.error(
                            "Another organisation has or had the short name "
                                    + slug
                                    + ". Choose one with --slug.");
            case Outcome.NotFound() ->
                    terminal.error(
                            "No organisation has that short name. See: waymark organization list");
        }
        return 2;
    }

    private static String line(HostedOrganization organization) {
        return organization.id() + "  " + organization.slug() + "  " + organization.name();
    }
}
