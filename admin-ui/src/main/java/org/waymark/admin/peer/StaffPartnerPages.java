// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.peer;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.exchange.RemoteHost;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingPurge;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.peer.Agreement;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Pair;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeerId;
import org.waymark.node.peer.PeerState;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.peer.Peers;
import org.waymark.node.peer.Peers.Outcome;
import org.waymark.node.peer.VouchForUs;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// `/admin/partners`: the nodes we deal with, and what a person decides about each.
@Path("/admin/partners")
public final class StaffPartnerPages {

    static final String SECTION = "partners";
    static final String LIST = "/admin/partners";

    /// What cannot be undone with another press, and so is asked twice.
    private static final Set<String> ASKED_TWICE = Set.of("reject", "end", "block", "recall");

    private final Domains domains;
    private final Peers peers;
    private final Desk desk;

    public StaffPartnerPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.peers = domains.peers();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        return list(200, sheet, new Fields(new MultivaluedHashMap<>()), List.of());
    }

    @POST
    @Path("request")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response request(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var address = fields.text("address", 300);
        var outcome =
                address.matches("https?://[^\\s<>\"]+")
                        ? peers.request(
                                sheet.acting(Purpose.PARTNERSHIP),
                                URI.create(address),
                                fields.isTicked("copies"),
                                vouchers(sheet, form.getOrDefault("voucher", List.of())))
                        : new Outcome.NotReachable("address-malformed");
        return switch (outcome) {
            case Outcome.Done(Peer peer) ->
                    Sheet.to(LIST + "/" + peer.id().value(), "peer-request");
            case Outcome.AlreadyThere(Peer peer) ->
                    Sheet.to(LIST + "/" + peer.id().value(), "already-so");
            case Outcome.NotAllowed _, Outcome.NotFound _ -> again(sheet, fields, "not-allowed");
            case Outcome.NotReachable(String code) -> again(sheet, fields, code);
        };
    }

    /// Those of our own that were ticked.
    private List<URI> vouchers(Sheet sheet, List<String> ticked) {
        return domains.vouches().listForUs(sheet.acting(Purpose.PARTNERSHIP)).stream()
                .map(VouchForUs::voucher)
                .filter(it -> ticked.contains(it.toString()))
                .toList();
    }

    /// Asks our partners whom else they work with.
    @POST
    @Path("look")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response look(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        domains.peerSuggestions().look(sheet.acting(Purpose.PARTNERSHIP));
        return Sheet.to(LIST, "peers-looked");
    }

    /// Begins an agreement with another organisation of this node.
    @POST
    @Path("neighbour")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response neighbour(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var chosen = new Fields(form).text("organization");
        var neighbour =
                neighbours(sheet).stream()
                        .filter(it -> it.id().value().toString().equals(chosen))
                        .findFirst()
                        .orElseThrow(NotFoundException::new);
        var outcome =
                domains.agreements()
                        .open(
                                sheet.acting(Purpose.PARTNERSHIP),
                                sheet.staff().organization(),
                                neighbour.id());
        return outcome instanceof Agreements.Outcome.Done(var agreement)
                ? Sheet.to("/admin/agreements/" + agreement.id().value())
                : Sheet.to(LIST, "too-late");
    }

    /// The other organisations of this node with which there is no agreement.
    private List<HostedOrganization> neighbours(Sheet sheet) {
        var ours = sheet.staff().organization();
        var known =
                domains.agreements().list(sheet.acting(Purpose.PARTNERSHIP), ours).stream()
                        .filter(it -> it.state() != AgreementState.ENDED)
                        .map(Agreement::partner)
                        .toList();
        return domains.organizations().list().stream()
                .filter(it -> !it.id().equals(ours))
                .filter(it -> !known.contains(domains.baseUrl().resolve("/o/" + it.id().value())))
                .toList();
    }

    private Response again(Sheet sheet, Fields fields, String code) {
        var key = "staff.peer.wrong." + code;
        var words =
                sheet.page()
                        .say(
                                sheet.page().messages().has(key)
                                        ? key
                                        : "staff.peer.wrong.unreachable");
        return list(422, sheet, fields, List.of(new Wrong("address", words)));
    }

    private Response list(int status, Sheet sheet, Fields fields, List<Wrong> errors) {
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        return sheet.show(
                status,
                "peer/list",
                Map.of(
                        "peers",
                        peers.list(acting),
                        "agreements",
                        domains.agreements().list(acting, sheet.staff().organization()),
                        "moves",
                        domains.moves().list(acting).stream()
                                .filter(it -> it.followedAt().isEmpty())
                                .toList(),
                        "neighbours",
                        neighbours(sheet),
                        "suggestions",
                        domains.peerSuggestions().list(acting),
                        "points",
                        domains.focalPoints().list(acting, sheet.staff().organization()),
                        "vouches",
                        domains.vouches().listForUs(acting),
                        "fields",
                        fields,
                        "errors",
                        errors));
    }

    /// Goes after a partner to its new node.
    @POST
    @Path("move")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response follow(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var former = new Fields(form).text("former", 1_000);
        if (!former.matches("https?://[^\\s<>\"]+")) {
            throw new NotFoundException();
        }
        var outcome = domains.moves().follow(sheet.acting(Purpose.PARTNERSHIP), URI.create(former));
        return switch (outcome) {
            case DONE -> Sheet.to(LIST, "move-follow");
            case ALREADY_THERE -> Sheet.to(LIST, "already-so");
            case NO_PEER -> Sheet.to(LIST, "move-no-peer");
            case NOT_FOUND, NOT_REACHABLE, NOT_CONFIRMED, WISHED -> throw new NotFoundException();
        };
    }

    @GET
    @Path("{id}")
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var peer = get(sheet, id);
        var host = peer.baseUrl().getRawAuthority();
        List<Agreement> agreements =
                domains.agreements().list(acting, sheet.staff().organization()).stream()
                        .filter(agreement -> agreement.peer().equals(peer.id()))
                        .toList();
        return sheet.show(
                "peer/show",
                Map.of(
                        "peer",
                        peer,
                        "ours",
                        domains.organizations().list(),
                        "organizations",
                        peers.organizations(acting, peer.id()),
                        "agreements",
                        agreements,
                        "keys",
                        domains.remoteActors().keys(acting, peer.actor()),
                        "host",
                        domains.remoteHosts().find(acting, host).stream().toList(),
                        "purges",
                        purges(acting, peer),
                        "vouchers",
                        domains.vouches().list(acting, peer.id()),
                        "queued",
                        domains.deliveries().countQueued(acting, host),
                        "failing",
                        domains.deliveries().failing(acting, host)));
    }

    /// Asks before what cannot be taken back.
    @GET
    @Path("{id}/{move}")
    public Response sure(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("move") String move) {
        if (!ASKED_TWICE.contains(move)) {
            throw new NotFoundException();
        }
        var sheet = desk.open(request, SECTION);
        return sheet.show("peer/sure", Map.of("peer", get(sheet, id), "move", move));
    }

    @POST
    @Path("{id}/{move}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response move(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("move") String move,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var fields = new Fields(form);
        var peer = new PeerId(id);
        if (move.equals("recall")) {
            domains.purges().ask(acting, peer);
            return Sheet.to(LIST + "/" + id, "peer-recall");
        }
        var copied = fields.isTicked("purge") ? Copied.PURGE : Copied.KEEP;
        var pairs = chosen(form.getOrDefault("pair", List.of()));
        // The form asked which; without any there would be nothing to accept.
        if (move.equals("accept") && pairs.isEmpty() && isAsking(sheet, peer)) {
            return Sheet.to(LIST + "/" + id, "pair-missing");
        }
        var outcome =
                switch (move) {
                    case "accept" -> peers.accept(acting, peer, pairs, fields.isTicked("copies"));
                    case "reject" -> peers.reject(acting, peer);
                    case "pause" -> peers.pause(acting, peer);
                    case "end" -> peers.end(acting, peer, copied);
                    case "block" -> peers.block(acting, peer, copied);
                    default -> throw new NotFoundException();
                };
        var here = LIST + "/" + id;
        return switch (outcome) {
            case Outcome.Done _ -> Sheet.to(here, "peer-" + move);
            case Outcome.AlreadyThere _ -> Sheet.to(here, "already-so");
            case Outcome.NotAllowed _, Outcome.NotReachable _ -> Sheet.to(here, "too-late");
            case Outcome.NotFound _ -> throw new NotFoundException();
        };
    }

    /// Whether it asked and there is something to choose.
    private boolean isAsking(Sheet sheet, PeerId id) {
        return get(sheet, id.value()).state() == PeerState.ASKED
                && !peers.organizations(sheet.acting(Purpose.PARTNERSHIP), id).isEmpty();
    }

    /// `ours theirs`: the id of an organisation here and the address of one there.
    private static List<Pair> chosen(List<String> ticked) {
        return ticked.stream()
                .map(value -> value.split(" ", 2))
                .filter(words -> words.length == 2 && words[0].matches("[0-9a-f-]{36}"))
                .filter(words -> words[1].matches("https?://[^\\s<>\"]+"))
                .map(
                        words ->
                                new Pair(
                                        new OrganizationId(UUID.fromString(words[0])),
                                        URI.create(words[1])))
                .toList();
    }

    private List<ListingPurge> purges(Acting acting, Peer peer) {
        return domains.purges().list(acting).stream()
                .filter(it -> isAt(it.partner(), peer))
                .toList();
    }

    private static boolean isAt(URI actor, Peer peer) {
        return actor.getRawAuthority().equals(peer.baseUrl().getRawAuthority());
    }

    private Peer get(Sheet sheet, UUID id) {
        return peers.find(sheet.acting(Purpose.PARTNERSHIP), new PeerId(id))
                .orElseThrow(NotFoundException::new);
    }

    /// How a state looks beside its word.
    public static String kind(PeerState state) {
        return switch (state) {
            case ACTIVE -> "ok";
            case REQUESTED, ASKED, PAUSED -> "wait";
            case REJECTED, ENDED -> "info";
            case BLOCKED -> "danger";
        };
    }

    public static String icon(PeerState state) {
        return switch (state) {
            case ACTIVE -> "check";
            case REQUESTED, ASKED -> "wait";
            case PAUSED -> "clock";
            case REJECTED, ENDED, BLOCKED -> "stop";
        };
    }

    /// Whether a person should look: nothing got through since some time.
    public static boolean isInTrouble(List<RemoteHost> host) {
        return host.stream().anyMatch(it -> it.failures() > 0);
    }
}
