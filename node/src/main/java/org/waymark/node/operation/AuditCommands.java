// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit.Verdict;
import picocli.CommandLine.Command;

/// `waymark audit …`: who did what, and whether that record was touched.
public final class AuditCommands {

    private AuditCommands() {}

    /// `waymark audit verify`
    @Command(
            name = "verify",
            description = {
                "Checks that no entry of the audit was changed, moved, removed or cut off.",
                "Exit code 3 when one was; the number says where to look in a backup."
            })
    public static final class Verify implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            var checked = domains.auditDesk().verify(Acting.node());
            if (checked.prunedTo() > 0) {
                terminal.line("Erased because their time was over: 1 to " + checked.prunedTo());
            }
            return switch (checked.verdict()) {
                case Verdict.Intact(var number) -> {
                    terminal.line("The audit is whole up to number " + number + ".");
                    yield 0;
                }
                case Verdict.Broken(var number, var fault) -> {
                    terminal.error(
                            switch (fault) {
                                case CHANGED -> "Entry " + number + " was changed, or moved.";
                                case MISSING -> "Entry " + number + " is missing.";
                                case TRUNCATED -> "All entries from " + number + " on are missing.";
                                case FORGED_MARK ->
                                        "The mark up to which entries were erased, "
                                                + number
                                                + ", is not this node's.";
                            });
                    yield 3;
                }
            };
        }
    }
}
