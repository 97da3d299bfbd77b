// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.extension.Domains;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.mail.Sending;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `waymark mail …`: the mail this node sends.
public final class MailCommands {

    private static final String OFF =
            "This node sends no mail: mail.host is not set. Everything else works without.";

    private MailCommands() {}

    /// `waymark mail test`
    @Command(
            name = "test",
            description = "Sends a mail now that says nothing, and tells how it went.")
    public static final class Test implements NodeCommand {

        @Parameters(paramLabel = "ADDRESS", description = "Where to.")
        private String address = "";

        @Override
        public int run(Domains domains, Terminal terminal) {
            var to = MailAddress.of(address);
            if (to.isEmpty()) {
                terminal.error("This is no mail address: " + address);
                return 2;
            }
            if (!domains.mailDesk().isOn()) {
                terminal.error(OFF);
                return 2;
            }
            return switch (domains.mailDesk().tryOut(Acting.node(), to.get())) {
                case Sending.Sent _, Sending.Dropped _ -> {
                    terminal.line("The server took it. Look into the mailbox.");
                    yield 0;
                }
                case Sending.Refused(var code) -> refused(terminal, code);
                case Sending.Later(var code) -> refused(terminal, code);
                case Sending.NoServer(var code) -> refused(terminal, code);
            };
        }

        private static int refused(Terminal terminal, String code) {
            terminal.error("It did not go: " + code + ". " + advice(code));
            return 1;
        }
    }

    /// `waymark mail status`
    @Command(
            name = "status",
            description =
                    "Tells how much mail waits and how much was given up. Ends with 3 when mail"
                            + " does not get through.")
    public static final class Status implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            var standing = domains.mailDesk().standing(Acting.node());
            if (!standing.isOn()) {
                terminal.line(OFF);
                return 0;
            }
            terminal.line("waiting\t" + standing.waiting());
            terminal.line("given up\t" + standing.failed());
            standing.code()
                    .ifPresent(code -> terminal.line("trouble\t" + code + ". " + advice(code)));
            return standing.code().isPresent() || standing.failed() > 0 ? 3 : 0;
        }
    }

    private static String advice(String code) {
        return switch (code) {
            case "mail-sign-in-refused" -> "Look at mail.user and mail.password.";
            case "mail-tls-missing" ->
                    "The server offers no STARTTLS on this port. Perhaps mail.port = 465 and"
                            + " mail.tls = implicit.";
            case "mail-tls-failed", "mail-certificate-unusable" ->
                    "The server's certificate is not believed, or is for another name. Look at"
                            + " mail.host and mail.certificate.";
            case "mail-server-unreachable" -> "Look at mail.host and mail.port.";
            case "mail-sender-refused" -> "The server does not let this node send as mail.from.";
            case "mail-address-refused" -> "There is no such mailbox, or it takes nothing from us.";
            default -> "Try again in a few minutes.";
        };
    }
}
