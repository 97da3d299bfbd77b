// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.node.account.Account;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.database.Database;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.operation.Identity;
import org.waymark.node.operation.IdentityTable;
import org.waymark.node.operation.UnusableSettingException;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// What `init` needs to know to make a node.
record Founding(
        String baseUrl, String organization, String slug, String adminEmail, String adminPassword) {

    /// Makes the keys, the tables, the identity, the first organisation and its administrator.
    ///
    /// @throws UnusableSettingException when there is a node already, or something given is
    ///   unusable
    HostedOrganization found(NodeSettings settings) {
        check();
        var base = parseBaseUrl();
        refuseOpenNetwork(base, settings);
        try (var database = Database.open(settings.database())) {
            var identities = new IdentityTable();
            if (database.read(identities::find).isPresent()) {
                throw new UnusableSettingException(
                        "There is a node in " + settings.data() + " already.");
            }
            Node.createKeys(settings);
            database.run(
                    tx ->
                            identities.add(
                                    tx,
                                    new Identity(
                                            base, base.authority(), UUID.randomUUID().toString())));
        }
        try (var node = Node.open(settings)) {
            var organization = added(node.domains().organizations());
            addAdministrator(node.domains().accounts(), organization);
            return organization;
        }
    }

    /// Looks at what was given before anything is written.
    ///
    /// @throws UnusableSettingException when it is unusable
    void check() {
        parseBaseUrl();
        try {
            var _ =
                    new HostedOrganization(
                            new OrganizationId(UUID.randomUUID()),
                            slug,
                            organization,
                            Optional.empty(),
                            List.of());
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException(String.valueOf(e.getMessage()));
        }
        Accounts.refusal(adminEmail, adminPassword).ifPresent(Founding::complain);
    }

    private BaseUrl parseBaseUrl() {
        try {
            return BaseUrl.parse(baseUrl);
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException(String.valueOf(e.getMessage()));
        }
    }

    /// Plain http carries everything in clear, so it is for networks of one's own only
    /// (architecture, 7): this machine, or those that `federation.allow-networks` names.
    private static void refuseOpenNetwork(BaseUrl base, NodeSettings settings) {
        if (!base.secure() && !isLoopback(base) && !liesIn(settings.allowNetworks(), base)) {
            throw new UnusableSettingException(
                    base
                            + " would send everything in clear. Use https://, or name its network"
                            + " in federation.allow-networks when it is one of your own.");
        }
    }

    private static boolean isLoopback(BaseUrl base) {
        var host = String.valueOf(base.uri().getHost());
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d+){3}");
    }

    /// A name that nobody knows yet may get its address later, in the network that was named.
    private static boolean liesIn(List<String> networks, BaseUrl base) {
        try {
            return !networks.isEmpty()
                    && NetworkRules.allowing(networks)
                            .names(InetAddress.getByName(base.uri().getHost()));
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private HostedOrganization added(HostedOrganizations organizations) {
        return switch (organizations.add(
                Acting.node(), organization, slug, Optional.empty(), List.of())) {
            case HostedOrganizations.Outcome.Done(var done) -> done;
            case HostedOrganizations.Outcome.SlugTaken(var taken) ->
                    throw new UnusableSettingException("The slug " + taken + " is taken.");
            case HostedOrganizations.Outcome.NotFound() -> throw new IllegalStateException();
        };
    }

    private void addAdministrator(Accounts accounts, HostedOrganization organization) {
        complain(
                accounts.add(
                        Acting.node(),
                        adminEmail,
                        adminPassword,
                        organization.id(),
                        // The first person runs the node and answers for the work, until others
                        // are added.
                        Set.of(Role.ADMINISTRATOR, Role.MANAGER)));
    }

    private static void complain(Accounts.Outcome outcome) {
        switch (outcome) {
            case Accounts.Outcome.Done(Account _) -> {}
            case Accounts.Outcome.NotAnAddress(var email) ->
                    throw new UnusableSettingException(email + " is not a mail address.");
            case Accounts.Outcome.PasswordRefused(int min, int max) ->
                    throw new UnusableSettingException(
                            "The password needs " + min + " to " + max + " characters.");
            case Accounts.Outcome.NotFound _,
                    Accounts.Outcome.LastAdministrator _,
                    Accounts.Outcome.OperatorOnly _,
                    Accounts.Outcome.LastKeyHolder _ ->
                    throw new IllegalStateException();
        }
    }

    /// Writes what was chosen at `init` into a new settings file; one that is there is kept.
    static void writeSettings(
            Path data,
            Optional<String> languages,
            Optional<String> country,
            Optional<String> unlock) {
        var file = data.resolve("waymark.conf");
        var lines = new ArrayList<String>();
        lines.add("# The settings of this node. Every key is explained in config/waymark.conf.");
        languages.ifPresent(value -> lines.add("languages = " + value));
        country.ifPresent(value -> lines.add("country = " + value));
        unlock.ifPresent(value -> lines.add("keys.unlock = " + value));
        try {
            Files.createDirectories(data);
            if (!Files.exists(file)) {
                Files.write(file, lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
