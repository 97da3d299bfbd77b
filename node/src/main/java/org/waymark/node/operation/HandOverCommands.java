// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.HandOver;
import org.waymark.node.listing.HandOvers;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waymark hand-over …`: listings pass from one organisation to another, which has to accept.
public final class HandOverCommands {

    private static final int MOST_LISTINGS = 100_000;

    private HandOverCommands() {}

    /// `waymark hand-over offer`
    @Command(
            name = "offer",
            description =
                    "Offers listings of an organisation to another one, here or at a partner. They"
                            + " stay as they are until it accepts.")
    public static final class Offer implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Who has them now: its short name.")
        private String slug = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "ACTOR",
                description = "Who is to have them, such as https://n1.example/o/UUID.")
        private URI to = URI.create("");

        @Option(
                names = "--listing",
                paramLabel = "ID",
                description = "A listing; may be repeated (default: all that are not closed).")
        private List<UUID> listings = List.of();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return find(domains, terminal, slug)
                    .map(it -> offer(domains, terminal, Acting.node(it.id())))
                    .orElse(2);
        }

        private int offer(Domains domains, Terminal terminal, Acting acting) {
            var all =
                    listings.isEmpty()
                            ? domains.listings().list(acting, "", MOST_LISTINGS).stream()
                                    .filter(it -> !it.isClosed())
                                    .map(Listing::id)
                                    .toList()
                            : listings.stream().map(ListingId::new).toList();
            var worst = 0;
            for (var id : all) {
                var outcome = domains.handOvers().offer(acting, id, to);
                worst = Math.max(worst, tell(outcome, id.toString(), terminal));
            }
            return worst;
        }
    }

    /// `waymark hand-over list`
    @Command(
            name = "list",
            description = "Lists what an organisation offered, was offered, gave and took.")
    public static final class ListAll implements NodeCommand {

        @Parameters(paramLabel = "SLUG", description = "Its short name.")
        private String slug = "";

        @Override
        public int run(Domains domains, Terminal terminal) {
            var organization = find(domains, terminal, slug);
            organization.ifPresent(
                    it ->
                            domains.handOvers()
                                    .list(Acting.node(it.id()))
                                    .forEach(one -> terminal.line(line(one))));
            return organization.isPresent() ? 0 : 2;
        }

        private static String line(HandOver one) {
            var side = one.side() == HandOver.Side.GIVEN ? "to  " : "from";
            var state = one.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return "%s  %-10s  %s %s  %s  %s"
                    .formatted(one.id(), state, side, one.other(), one.listing(), one.name());
        }
    }

    /// What a command does with one that is open.
    private interface Step {
        HandOvers.Outcome run(Domains domains, Acting acting, UUID id);
    }

    private static int forEach(
            Domains domains,
            Terminal terminal,
            String slug,
            List<UUID> ids,
            HandOver.Side side,
            Step step) {
        var organization = find(domains, terminal, slug);
        if (organization.isEmpty()) {
            return 2;
        }
        var acting = Acting.node(organization.get().id());
        var all =
                ids.isEmpty()
                        ? domains.handOvers().list(acting).stream()
                                .filter(it -> it.side() == side)
                                .filter(it -> it.state() == HandOver.State.OFFERED)
                                .map(HandOver::id)
                                .toList()
                        : ids;
        var worst = 0;
        for (var id : all) {
            worst = Math.max(worst, tell(step.run(domains, acting, id), id.toString(), terminal));
        }
        return worst;
    }

    /// `waymark hand-over accept`
    @Command(
            name = "accept",
            description =
                    "Takes listings that were offered: from then on the organisation answers for"
                            + " them.")
    public static final class Accept implements NodeCommand {

        @Parameters(index = "0", paramLabel = "SLUG", description = "Who takes them.")
        private String slug = "";

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "ID",
                description = "As listed (default: all that are offered).")
        private List<UUID> ids = List.of();

        @Option(names = "--yes", description = "Really. It cannot be taken back.")
        private boolean yes;

        @Override
        public int run(Domains domains, Terminal terminal) {
            if (!yes) {
                terminal.error("It cannot be taken back. Add --yes if you mean it.");
                return 2;
            }
            return forEach(
                    domains,
                    terminal,
                    slug,
                    ids,
                    HandOver.Side.TAKEN,
                    (all, acting, id) -> all.handOvers().accept(acting, id));
        }
    }

    /// `waymark hand-over decline`
    @Command(name = "decline", description = "Says no to listings that were offered.")
    public static final class Decline implements NodeCommand {

        @Parameters(index = "0", paramLabel = "SLUG", description = "Who was asked.")
        private String slug = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "As listed.")
        private List<UUID> ids = List.of();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return forEach(
                    domains,
                    terminal,
                    slug,
                    ids,
                    HandOver.Side.TAKEN,
                    (all, acting, id) -> all.handOvers().decline(acting, id));
        }
    }

    /// `waymark hand-over take-back`
    @Command(name = "take-back", description = "Takes offers back that were not answered yet.")
    public static final class TakeBack implements NodeCommand {

        @Parameters(index = "0", paramLabel = "SLUG", description = "Who offered them.")
        private String slug = "";

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "ID",
                description = "As listed (default: all that are open).")
        private List<UUID> ids = List.of();

        @Override
        public int run(Domains domains, Terminal terminal) {
            return forEach(
                    domains,
                    terminal,
                    slug,
                    ids,
                    HandOver.Side.GIVEN,
                    (all, acting, id) -> all.handOvers().takeBack(acting, id));
        }
    }

    private static Optional<HostedOrganization> find(
            Domains domains, Terminal terminal, String slug) {
        var organization = domains.organizations().findBySlug(slug);
        if (organization.isEmpty()) {
            terminal.error("No organisation has that short name. See: waymark organization list");
        }
        return organization;
    }

    private static int tell(HandOvers.Outcome outcome, String what, Terminal terminal) {
        switch (outcome) {
            case DONE -> terminal.line(what + ": done.");
            case ALREADY_THERE -> terminal.line(what + ": it is so already.");
            case NOT_FOUND -> terminal.error(what + ": there is no such thing.");
            case NO_PARTNER -> terminal.error(what + ": the other organisation is no partner.");
            case NOT_SHOWN ->
                    terminal.error(
                            what + ": it is closed, waits for a review, or is not for partners.");
            case NO_COPY ->
                    terminal.error(
                            what + ": its text is not here yet. Turn on its owner's listings.");
        }
        return outcome == HandOvers.Outcome.DONE || outcome == HandOvers.Outcome.ALREADY_THERE
                ? 0
                : 2;
    }
}
