// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.List;
import java.util.Locale;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.Peers;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `waymark peer …`: the nodes this one works with, each named by its base URL.
public final class PeerCommands {

    private PeerCommands() {}

    /// `waymark peer request`
    @Command(name = "request", description = "Asks another node to become a peer.")
    public static final class Request implements NodeCommand {

        @Mixin private final PeerOptions.Address address = new PeerOptions.Address();

        @Mixin private final PeerOptions.Copies copies = new PeerOptions.Copies();

        @Override
        public int run(Domains domains, Terminal terminal) {
            var baseUrl = address.read(terminal);
            return baseUrl.isEmpty()
                    ? 2
                    : tell(
                            domains.peers().request(Acting.node(), baseUrl.get(), copies.wanted()),
                            terminal);
        }
    }

    /// `waymark peer list`
    @Command(name = "list", description = "Lists peers and requests, with their state.")
    public static final class ListAll implements NodeCommand {

        @Override
        public int run(Domains domains, Terminal terminal) {
            domains.peers().list(Acting.node()).forEach(one -> terminal.line(line(one)));
            return 0;
        }
    }

    /// `waymark peer accept`
    @Command(
            name = "accept",
            description =
                    "Accepts a node that asked, for all organisations of both sides; or ends a"
                            + " pause.")
    public static final class Accept implements NodeCommand {

        @Mixin private final PeerOptions.Address address = new PeerOptions.Address();

        @Mixin private final PeerOptions.Copies copies = new PeerOptions.Copies();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(
                    domains,
                    terminal,
                    address,
                    peer ->
                            domains.peers()
                                    .accept(Acting.node(), peer.id(), List.of(), copies.wanted()));
        }
    }

    /// `waymark peer reject`
    @Command(name = "reject", description = "Refuses a node that asked.")
    public static final class Reject implements NodeCommand {

        @Mixin private final PeerOptions.Address address = new PeerOptions.Address();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(
                    domains,
                    terminal,
                    address,
                    peer -> domains.peers().reject(Acting.node(), peer.id()));
        }
    }

    /// `waymark peer pause`
    @Command(
            name = "pause",
            description = "Holds everything to and from a peer; \"accept\" goes on.")
    public static final class Pause implements NodeCommand {

        @Mixin private final PeerOptions.Address address = new PeerOptions.Address();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(
                    domains,
                    terminal,
                    address,
                    peer -> domains.peers().pause(Acting.node(), peer.id()));
        }
    }

    /// `waymark peer end`
    @Command(
            name = "end",
            description =
                    "Ends the peering and all agreements with its organisations; or lifts a block.")
    public static final class End implements NodeCommand {

        @Mixin private final PeerOptions.Address address = new PeerOptions.Address();

        @Mixin private final PeerOptions.Purge purge = new PeerOptions.Purge();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(
                    domains,
                    terminal,
                    address,
                    peer -> domains.peers().end(Acting.node(), peer.id(), purge.copied()));
        }
    }

    /// `waymark peer block`
    @Command(name = "block", description = "Ends everything and refuses whatever it sends.")
    public static final class Block implements NodeCommand {

        @Mixin private final PeerOptions.Address address = new PeerOptions.Address();

        @Mixin private final PeerOptions.Purge purge = new PeerOptions.Purge();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return step(
                    domains,
                    terminal,
                    address,
                    peer -> domains.peers().block(Acting.node(), peer.id(), purge.copied()));
        }
    }

    private interface Step {
        Peers.Outcome take(Peer peer);
    }

    private static int step(
            Domains domains, Terminal terminal, PeerOptions.Address address, Step step) {
        var baseUrl = address.read(terminal);
        if (baseUrl.isEmpty()) {
            return 2;
        }
        return domains.peers()
                .find(Acting.node(), baseUrl.get())
                .map(peer -> tell(step.take(peer), terminal))
                .orElseGet(() -> tell(new Peers.Outcome.NotFound(), terminal));
    }

    private static int tell(Peers.Outcome outcome, Terminal terminal) {
        return switch (outcome) {
            case Peers.Outcome.Done(var peer) -> {
                terminal.line(line(peer));
                yield 0;
            }
            case Peers.Outcome.AlreadyThere(var peer) -> {
                terminal.line(line(peer));
                yield 0;
            }
            case Peers.Outcome.NotFound _ -> {
                terminal.error("No such peer. \"waymark peer list\" shows all.");
                yield 1;
            }
            case Peers.Outcome.NotAllowed(var from, var to) -> {
                terminal.error("A peer that is " + word(from) + " cannot become " + word(to) + ".");
                yield 1;
            }
            case Peers.Outcome.NotReachable(var code) -> {
                terminal.error("The other node cannot be asked: " + code);
                yield 1;
            }
        };
    }

    private static String line(Peer peer) {
        return word(peer.state()) + "\t" + peer.baseUrl() + "\t" + peer.name();
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
