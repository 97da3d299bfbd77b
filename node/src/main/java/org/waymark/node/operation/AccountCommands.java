// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.waymark.node.account.Account;
import org.waymark.node.account.Accounts.Outcome;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.Right;
import org.waymark.node.account.Role;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `waymark account …`: the people who sign in here.
public final class AccountCommands {

    private AccountCommands() {}

    /// `waymark account add`
    @Command(
            name = "add",
            description = "Adds a person; one who has an account already gets the role on top.")
    public static final class Add implements NodeCommand {

        @Mixin private final PersonOption person = new PersonOption();

        @Option(
                names = "--organization",
                required = true,
                paramLabel = "SLUG",
                description = "See: waymark organization list")
        private String organization = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "One of: ${COMPLETION-CANDIDATES}.")
        private Role role = Role.VOLUNTEER;

        @Mixin private final PasswordFile password = new PasswordFile();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var found = domains.organizations().findBySlug(organization);
            if (found.isEmpty()) {
                terminal.error(
                        "No organisation has that short name. See: waymark organization list");
                return 2;
            }
            if (wouldDoBoth(domains)) {
                terminal.error(
                        "Whoever handles requests reads no complaints, so both roles together"
                                + " would end the reading. Take the other one first: waymark"
                                + " account remove --role ...");
                return 2;
            }
            var added =
                    domains.accounts()
                            .add(
                                    Acting.node(),
                                    person.email(),
                                    password.read(terminal),
                                    found.get().id(),
                                    Set.of(role));
            return tell(added, domains, terminal);
        }

        /// Whether this role would take from somebody that they read complaints, or give it to
        /// somebody who could not.
        private boolean wouldDoBoth(Domains domains) {
            var has =
                    domains.accounts().find(Acting.node(), person.email()).stream()
                            .flatMap(it -> it.memberships().stream())
                            .flatMap(it -> it.role().rights().stream())
                            .collect(Collectors.toSet());
            return isNew(Right.READ_COMPLAINTS, has) && has.contains(Right.SEE_REFERRALS)
                    || isNew(Right.SEE_REFERRALS, has) && has.contains(Right.READ_COMPLAINTS);
        }

        private boolean isNew(Right right, Set<Right> has) {
            return role.rights().contains(right) && !has.contains(right);
        }
    }

    /// `waymark account remove`
    @Command(
            name = "remove",
            description =
                    "Takes a role from a person, or all they have in an organisation. Who has none"
                            + " left anywhere is forgotten.")
    public static final class Remove implements NodeCommand {

        @Mixin private final PersonOption person = new PersonOption();

        @Option(
                names = "--organization",
                required = true,
                paramLabel = "SLUG",
                description = "See: waymark organization list")
        private String organization = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "One of: ${COMPLETION-CANDIDATES} (default: all they have there).")
        private Optional<Role> role = Optional.empty();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var found = domains.organizations().findBySlug(organization);
            if (found.isEmpty()) {
                terminal.error(
                        "No organisation has that short name. See: waymark organization list");
                return 2;
            }
            var taken = role.map(Set::of).orElseGet(() -> EnumSet.allOf(Role.class));
            var wasOpen = domains.complaints().isOpen();
            var told =
                    tell(
                            domains.accounts()
                                    .takeRoles(
                                            Acting.node(), person.email(), found.get().id(), taken),
                            domains,
                            terminal);
            if (wasOpen && !domains.complaints().isOpen()) {
                terminal.line(
                        "Nobody here reads complaints any more. Until somebody does, there is no"
                                + " form for them, and people cannot ask for help here.");
            }
            return told;
        }
    }

    /// `waymark account list`
    @Command(name = "list", description = "Lists the people who may sign in, and their roles.")
    public static final class ListAll implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            domains.accounts()
                    .list(Acting.node())
                    .forEach(one -> terminal.line(line(one, domains)));
            return 0;
        }
    }

    /// `waymark account reset-password`
    @Command(
            name = "reset-password",
            description = "Gives a person a new password and ends all their sessions and tokens.")
    public static final class ResetPassword implements NodeCommand {

        @Mixin private final PersonOption person = new PersonOption();

        @Mixin private final PasswordFile password = new PasswordFile();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return tell(
                    domains.accounts()
                            .resetPassword(Acting.node(), person.email(), password.read(terminal)),
                    domains,
                    terminal);
        }
    }

    /// `waymark account revoke-sessions`
    @Command(
            name = "revoke-sessions",
            description = "Signs a person out everywhere, for a lost or stolen device.")
    public static final class RevokeSessions implements NodeCommand {

        @Mixin private final PersonOption person = new PersonOption();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return tell(
                    domains.accounts().revokeSessions(Acting.node(), person.email()),
                    domains,
                    terminal);
        }
    }

    private static int tell(Outcome outcome, Domains domains, Terminal terminal) {
        switch (outcome) {
            case Outcome.Done(var account) -> {
                terminal.line(line(account, domains));
                return 0;
            }
            case Outcome.NotAnAddress(var email) ->
                    terminal.error(email + " is not a mail address.");
            case Outcome.PasswordRefused(int min, int max) ->
                    terminal.error("A password has " + min + " to " + max + " characters.");
            case Outcome.NotFound(var email) ->
                    terminal.error("Nobody has the address " + email + ".");
            case Outcome.LastAdministrator(var email) ->
                    terminal.error(
                            email + " is the last administrator there. Name another one first.");
            case Outcome.OperatorOnly(var email) ->
                    terminal.error("Only the operator changes what " + email + " is here.");
            case Outcome.LastKeyHolder(var email) ->
                    terminal.error(
                            email
                                    + " is the last one whose password opens the keys. Let somebody"
                                    + " else sign in first, or run waymark unlock with the"
                                    + " recovery sheet.");
        }
        return 2;
    }

    private static String line(Account account, Domains domains) {
        return account.memberships().stream()
                .map(
                        member ->
                                member.role().word()
                                        + "@"
                                        + domains.organizations()
                                                .find(member.organization())
                                                .map(HostedOrganization::slug)
                                                .orElseThrow())
                .collect(Collectors.joining(" ", account.email() + "  ", ""));
    }
}
