// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit.Finding;
import org.waymark.node.privacy.Audit.Reason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `waymark audit …`: who did what, and whether that record was touched.
public final class AuditCommands {

    private AuditCommands() {}

    /// `waymark audit verify`
    @Command(
            name = "verify",
            description = {
                "Checks that no entry of the audit was changed, moved, removed or cut off.",
                "Exit code 3 when one was, and nobody has accepted that; the number says where to"
                        + " look in a backup."
            })
    public static final class Verify implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            var checked = domains.auditDesk().verify(Acting.node());
            if (checked.prunedTo() > 0) {
                terminal.line("Erased because their time was over: 1 to " + checked.prunedTo());
            }
            for (var finding : checked.verdict().findings()) {
                tell(terminal, finding);
            }
            if (checked.verdict().unlisted().isPresent()) {
                terminal.error("There is more; it is shown when some of these are accepted.");
            }
            if (!checked.verdict().stands()) {
                terminal.error(
                        "When you know why: waymark audit accept \"changed 7-7 3f2a...\" REASON");
                return 3;
            }
            terminal.line("The audit is whole up to number " + checked.verdict().last() + ".");
            return 0;
        }

        private static void tell(Terminal terminal, Finding finding) {
            var text = said(finding) + " [" + finding.key() + "]";
            finding.accepted()
                    .ifPresentOrElse(
                            it ->
                                    terminal.line(
                                            text
                                                    + " Accepted: "
                                                    + it.reason().word()
                                                    + by(it.by())),
                            () -> terminal.error(text));
        }

        private static String by(Acting acting) {
            return acting.isNode()
                    ? ", on the command line."
                    : ", by " + acting.account() + " of " + acting.organization() + ".";
        }

        private static String said(Finding finding) {
            var first = finding.first();
            var last = finding.last();
            return switch (finding.fault()) {
                case CHANGED -> "Entry " + first + " was changed, or moved.";
                case MISSING ->
                        first == last
                                ? "Entry " + first + " is missing."
                                : "Entries " + first + " to " + last + " are missing.";
                case TRUNCATED -> "All entries from " + first + " on are missing.";
                case FORGED_MARK ->
                        "The mark up to which entries were erased, "
                                + first
                                + ", is not this node's.";
                case NOT_AS_KEPT ->
                        finding.claim().map(it -> it.keeper() + " keeps").orElse("Somebody keeps")
                                + " an end of this audit"
                                + finding.claim().map(it -> " of " + it.at()).orElse("")
                                + " that it does not have: it was cut off, put back or written"
                                + " anew.";
            };
        }
    }

    /// `waymark audit accept`
    @Command(
            name = "accept",
            description = {
                "Writes into the audit that you know of what the check found, and why.",
                "The check goes on behind it; whoever touches it once more is found again."
            })
    public static final class Accept implements NodeCommand {

        @Parameters(
                index = "0",
                paramLabel = "FINDING",
                description = "What stands in brackets behind it in `audit verify`.")
        private String finding = "";

        @Parameters(
                index = "1",
                paramLabel = "REASON",
                description = "backup-restored, storage-damaged, tampered or unknown.")
        private String reason = "";

        @Override
        public int run(Domains domains, Terminal terminal) {
            var why = Reason.find(reason);
            if (why.isEmpty()) {
                terminal.error(
                        "The reason is backup-restored, storage-damaged, tampered or unknown.");
                return 2;
            }
            if (!domains.auditDesk().accept(Acting.node(), finding, why.get())) {
                terminal.error("The check finds nothing of this name that waits.");
                return 2;
            }
            terminal.line("Written down.");
            return 0;
        }
    }
}
