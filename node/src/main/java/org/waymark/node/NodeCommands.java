// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import org.waymark.node.operation.AccountCommands;
import org.waymark.node.operation.AuditCommands;
import org.waymark.node.operation.CloseCommands;
import org.waymark.node.operation.EvidenceCommands;
import org.waymark.node.operation.ExportCommands;
import org.waymark.node.operation.HandOverCommands;
import org.waymark.node.operation.ImportCommands;
import org.waymark.node.operation.KeyCommands;
import org.waymark.node.operation.LockCommand;
import org.waymark.node.operation.MailCommands;
import org.waymark.node.operation.MoveCommands;
import org.waymark.node.operation.OrganizationCommands;
import org.waymark.node.operation.PeerCommands;
import org.waymark.node.operation.QueueCommand;
import org.waymark.node.operation.SheetCommand;
import org.waymark.node.operation.TaxonomyCommand;
import org.waymark.node.operation.TokenCommands;
import org.waymark.node.operation.VouchCommands;
import picocli.CommandLine;

/// The commands that work on a node's data, stopped or running, in the order of the help text.
final class NodeCommands {

    private NodeCommands() {}

    static void addTo(CommandLine line) {
        line.addSubcommand(
                "organization",
                Main.group(
                        "The organisations hosted here.",
                        new OrganizationCommands.Add(),
                        new OrganizationCommands.ListAll(),
                        new OrganizationCommands.Rename(),
                        new MoveCommands.Claim(),
                        new MoveCommands.Move(),
                        new CloseCommands.Organization()));
        line.addSubcommand(
                "hand-over",
                Main.group(
                        "Listings that pass to another organisation.",
                        new HandOverCommands.Offer(),
                        new HandOverCommands.ListAll(),
                        new HandOverCommands.Accept(),
                        new HandOverCommands.Decline(),
                        new HandOverCommands.TakeBack()));
        line.addSubcommand("lock", new CommandLine(new LockCommand()));
        line.addSubcommand("rotate-keys", new CommandLine(new KeyCommands()));
        line.addSubcommand("recovery-sheet", new CommandLine(new SheetCommand()));
        line.addSubcommand("close", new CommandLine(new CloseCommands.Node()));
        line.addSubcommand(
                "account",
                Main.group(
                        "The people who sign in here.",
                        new AccountCommands.Add(),
                        new AccountCommands.Remove(),
                        new AccountCommands.ListAll(),
                        new AccountCommands.ResetPassword(),
                        new AccountCommands.RevokeSessions()));
        line.addSubcommand(
                "token",
                Main.group(
                        "What programs sign in with.",
                        new TokenCommands.Create(),
                        new TokenCommands.ListAll(),
                        new TokenCommands.Revoke()));
        line.addSubcommand(
                "peer",
                Main.group(
                        "The nodes this one works with.",
                        new PeerCommands.Request(),
                        new PeerCommands.ListAll(),
                        new PeerCommands.Accept(),
                        new PeerCommands.Reject(),
                        new PeerCommands.Pause(),
                        new PeerCommands.End(),
                        new PeerCommands.Block(),
                        new VouchCommands.Vouch(),
                        new VouchCommands.Unvouch()));
        line.addSubcommand(
                "audit",
                Main.group(
                        "Who did what.", new AuditCommands.Verify(), new AuditCommands.Accept()));
        line.addSubcommand(
                "evidence", Main.group("What the work came to.", new EvidenceCommands.Export()));
        line.addSubcommand(new QueueCommand());
        line.addSubcommand(
                "mail",
                Main.group(
                        "The mail this node sends.",
                        new MailCommands.Test(),
                        new MailCommands.Status()));
        line.addSubcommand(
                "export",
                Main.group("The directory for other systems.", new ExportCommands.Hsds()));
        line.addSubcommand(
                "import",
                Main.group(
                        "Directories that other systems exported.",
                        new ImportCommands.Hsds(),
                        new ImportCommands.Spreadsheet(),
                        new ImportCommands.Records(),
                        new ImportCommands.Feed(),
                        new TaxonomyCommand()));
    }
}
