// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.account.HostedOrganization;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.exchange.DeliveryState;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingPurge;
import org.waymark.node.peer.Farewell;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeerState;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark organization close` and `waymark close`: the end of an organisation, or of the node.
/// The same command is given again to see who has confirmed, and at last to finish.
public final class CloseCommands {

    private CloseCommands() {}

    /// `waymark organization close`
    @Command(
            name = "close",
            description =
                    "Closes an organisation for ever: ends its agreements, asks every partner to"
                            + " delete its listings, and says who has not confirmed.")
    public static final class Organization implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Its short name.")
        private String slug = "";

        @Option(names = "--yes", description = "Really. Nothing of it can be taken back.")
        private boolean yes;

        @Option(
                names = "--finish",
                description = "Answer 410 from now on, also if partners have not confirmed.")
        private boolean finish;

        @Override
        public int run(Domains domains, Terminal terminal) {
            var organization = domains.organizations().findBySlug(slug);
            if (organization.isEmpty()) {
                terminal.error(
                        "No organisation has that short name. See: waymark organization list");
                return 2;
            }
            return close(domains, terminal, organization.get(), yes, finish);
        }
    }

    /// `waymark close`
    @Command(
            name = "close",
            description =
                    "Closes this node for ever: all its organisations and its peerings, as"
                            + " organization close does.")
    public static final class Node implements NodeCommand {

        @Option(names = "--yes", description = "Really. Nothing of it can be taken back.")
        private boolean yes;

        @Option(
                names = "--finish",
                description = "Answer 410 from now on, also if partners have not confirmed.")
        private boolean finish;

        @Override
        public int run(Domains domains, Terminal terminal) {
            var worst = 0;
            for (var organization : domains.organizations().list()) {
                worst = Math.max(worst, close(domains, terminal, organization, yes, finish));
            }
            if (worst != 2 && yes) {
                domains.peers().list(Acting.node()).stream()
                        .filter(CloseCommands::isOpen)
                        .forEach(it -> domains.peers().end(Acting.node(), it.id(), Copied.PURGE));
            }
            if (worst == 0) {
                domains.farewells().endNode(Acting.node());
            }
            return worst;
        }
    }

    private static boolean isOpen(Peer peer) {
        return peer.state() == PeerState.ACTIVE
                || peer.state() == PeerState.PAUSED
                || peer.state() == PeerState.REQUESTED;
    }

    private static int close(
            Domains domains,
            Terminal terminal,
            HostedOrganization organization,
            boolean yes,
            boolean finish) {
        var acting = Acting.node(organization.id());
        var closing = new Closing(domains);
        if (closing.find(acting).isEmpty()) {
            var open = closing.outlook(acting).openRequests();
            if (open > 0) {
                terminal.error(
                        organization.name()
                                + " has "
                                + open
                                + " open requests. Decide each of them first: people wait.");
                return 2;
            }
            if (!yes) {
                terminal.error(
                        "This closes "
                                + organization.name()
                                + " for ever: its listings, its agreements, its address. Add --yes"
                                + " if you mean it.");
                return 2;
            }
        }
        // Also when it was begun before: it may have been interrupted.
        var _ = closing.begin(acting);
        return report(closing, terminal, organization, finish);
    }

    private static int report(
            Closing closing, Terminal terminal, HostedOrganization organization, boolean finish) {
        var acting = Acting.node(organization.id());
        var asked = closing.asked(acting);
        asked.forEach(it -> terminal.line(line(it)));
        var silent = asked.stream().filter(it -> it.confirmedAt().isEmpty()).count();
        if (silent > 0 && !finish) {
            terminal.line(
                    silent
                            + " partners have not confirmed yet. They are asked again every week"
                            + " while this node runs. Give the command again to look, or with"
                            + " --finish to stop waiting.");
            return 3;
        }
        var _ = closing.finish(acting);
        var failing = closing.notArrived(acting);
        failing.forEach(it -> terminal.line(line(it)));
        if (!failing.isEmpty()) {
            terminal.line(
                    "This is tried for 14 days and holds nothing up for more than three. After"
                            + " status-401 to status-499 the other server is there and refuses:"
                            + " only its operator can say why.");
        }
        var isGone = closing.find(acting).flatMap(Farewell::goneAt).isPresent();
        terminal.line(
                organization.name()
                        + (isGone
                                ? " has closed. Its address answers 410 as long as this node runs:"
                                : " has closed. When its last words have arrived, at the latest in"
                                        + " three days, its address answers 410 as long as this"
                                        + " node runs:")
                        + " keep it running, or the address may be used by somebody else.");
        return 0;
    }

    private static String line(Delivery delivery) {
        return "not arrived   "
                + delivery.inbox()
                + "  "
                + delivery.code().orElse("")
                + (delivery.state() == DeliveryState.GIVEN_UP ? "  given up" : "");
    }

    private static String line(ListingPurge purge) {
        return (purge.confirmedAt().isPresent() ? "deleted       " : "not confirmed ")
                + purge.partner()
                + "  "
                + purge.partnerName();
    }
}
