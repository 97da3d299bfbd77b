// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.HandOver;
import org.waymark.node.listing.HandOver.Side;
import org.waymark.node.listing.HandOver.State;
import org.waymark.node.listing.HandOvers;
import org.waymark.node.listing.HandOvers.Outcome;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.page.Pieces.Choice;
import org.waymark.node.privacy.Purpose;

/// `/admin/hand-overs`: listings that pass to another organisation, and from others to ours.
@Path("/admin/hand-overs")
public final class StaffHandOverPages implements StaffStartPages.Tasks {

    private static final String SECTION = "listings";
    private static final String LIST = "/admin/hand-overs";
    private static final int MOST = 500;

    private final HandOvers handOvers;
    private final Listings listings;
    private final Desk desk;

    public StaffHandOverPages(Domains domains, Desk desk) {
        this.handOvers = domains.handOvers();
        this.listings = domains.listings();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var all = handOvers.list(sheet.acting(Purpose.PARTNERSHIP));
        return sheet.show(
                "listing/hand-overs",
                Map.of(
                        "asked",
                        open(all, Side.TAKEN).toList(),
                        "offered",
                        open(all, Side.GIVEN).toList(),
                        "past",
                        all.stream().filter(it -> it.state() != State.OFFERED).toList()));
    }

    private static Stream<HandOver> open(List<HandOver> all, Side side) {
        return all.stream()
                .filter(it -> it.side() == side)
                .filter(it -> it.state() == State.OFFERED);
    }

    /// Which listings, and to whom.
    @GET
    @Path("new")
    public Response blank(
            @Context ContainerRequestContext request,
            @QueryParam("listing") @DefaultValue("") String listing) {
        var sheet = desk.open(request, SECTION);
        requireSigner(sheet);
        return form(200, sheet, Set.of(listing), "", false);
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response offer(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        requireSigner(sheet);
        var fields = new Fields(form);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var chosen = form.getOrDefault("listing", List.of());
        var to =
                handOvers.successors(acting).stream()
                        .filter(it -> it.actor().toString().equals(fields.text("to", 1_000)))
                        .findFirst();
        if (chosen.isEmpty() || to.isEmpty()) {
            return form(422, sheet, Set.copyOf(chosen), fields.text("to", 1_000), true);
        }
        var outcomes =
                own(sheet).stream()
                        .filter(it -> chosen.contains(it.id().toString()))
                        .map(it -> handOvers.offer(acting, it.id(), to.get().actor()))
                        .toList();
        return Sheet.to(LIST, note(outcomes, "hand-over-offer"));
    }

    /// Asks before it is done: it is for good, and for all that one organisation offers.
    @GET
    @Path("{id}/accept")
    public Response accepting(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var one =
                handOvers
                        .find(sheet.acting(Purpose.PARTNERSHIP), id)
                        .filter(it -> it.side() == Side.TAKEN)
                        .orElseThrow(NotFoundException::new);
        return accepting(200, sheet, one, false);
    }

    private Response accepting(int status, Sheet sheet, HandOver one, boolean unsure) {
        var all = handOvers.list(sheet.acting(Purpose.PARTNERSHIP));
        return sheet.show(
                status,
                "listing/take-over",
                Map.of(
                        "one",
                        one,
                        "offered",
                        open(all, Side.TAKEN).filter(it -> it.other().equals(one.other())).toList(),
                        "unsure",
                        unsure));
    }

    @POST
    @Path("{id}/accept")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response accept(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var one = handOvers.find(acting, id).orElseThrow(NotFoundException::new);
        var chosen = form.getOrDefault("listing", List.of());
        if (chosen.isEmpty() || !new Fields(form).isTicked("sure")) {
            return accepting(422, sheet, one, true);
        }
        var outcomes =
                open(handOvers.list(acting), Side.TAKEN)
                        .filter(it -> it.other().equals(one.other()))
                        .filter(it -> chosen.contains(it.id().toString()))
                        .map(it -> handOvers.accept(acting, it.id()))
                        .toList();
        return Sheet.to(LIST, note(outcomes, "hand-over-accept"));
    }

    @POST
    @Path("{id}/decline")
    public Response decline(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        return Sheet.to(
                LIST,
                note(
                        List.of(handOvers.decline(sheet.acting(Purpose.PARTNERSHIP), id)),
                        "hand-over-decline"));
    }

    @POST
    @Path("{id}/take-back")
    public Response takeBack(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        return Sheet.to(
                LIST,
                note(
                        List.of(handOvers.takeBack(sheet.acting(Purpose.PARTNERSHIP), id)),
                        "hand-over-take-back"));
    }

    private static String note(List<Outcome> outcomes, String done) {
        return outcomes.stream()
                .filter(it -> it != Outcome.DONE && it != Outcome.ALREADY_THERE)
                .findFirst()
                .map(
                        it ->
                                switch (it) {
                                    case NO_PARTNER -> "hand-over-no-partner";
                                    case NO_COPY -> "hand-over-no-copy";
                                    case NOT_SHOWN -> "hand-over-not-shown";
                                    case NOT_FOUND, DONE, ALREADY_THERE -> "too-late";
                                })
                .orElseGet(() -> outcomes.contains(Outcome.DONE) ? done : "already-so");
    }

    private Response form(int status, Sheet sheet, Set<String> chosen, String to, boolean missing) {
        var successors =
                handOvers.successors(sheet.acting(Purpose.PARTNERSHIP)).stream()
                        .map(
                                it ->
                                        new Choice(
                                                it.actor().toString(),
                                                sheet.page().isolated(it.name()),
                                                Optional.empty(),
                                                it.actor().toString().equals(to)))
                        .toList();
        return sheet.show(
                status,
                "listing/hand-over",
                Map.of(
                        "listings",
                        own(sheet),
                        "chosen",
                        chosen,
                        "successors",
                        successors,
                        "missing",
                        missing));
    }

    private List<Listing> own(Sheet sheet) {
        return listings.list(sheet.acting(Purpose.PARTNERSHIP), "", MOST).stream()
                .filter(it -> !it.isClosed() && it.review().isPublished())
                .toList();
    }

    private static void requireSigner(Sheet sheet) {
        if (!sheet.may(Right.SIGN_AGREEMENTS)) {
            throw new org.waymark.node.account.Access.Denied(Right.SIGN_AGREEMENTS);
        }
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.SIGN_AGREEMENTS)) {
            return List.of();
        }
        return open(handOvers.list(sheet.acting(Purpose.PARTNERSHIP)), Side.TAKEN)
                .map(it -> task(sheet, it))
                .toList();
    }

    private static Task task(Sheet sheet, HandOver handOver) {
        var page = sheet.page();
        return new Task(
                handOver.changedAt(),
                "wait",
                "alert",
                page.say("staff.hand-over.taken.offered"),
                page.isolated(handOver.name()),
                page.say("staff.hand-over.from", handOver.otherName()),
                LIST + "/" + handOver.id() + "/accept");
    }

    /// How a state looks beside its word.
    public static String kind(HandOver handOver) {
        return switch (handOver.state()) {
            case OFFERED -> "wait";
            case ACCEPTED -> "ok";
            case DECLINED, TAKEN_BACK -> "info";
            case TOO_LATE -> "danger";
        };
    }

    public static String icon(HandOver handOver) {
        return switch (handOver.state()) {
            case OFFERED -> "wait";
            case ACCEPTED -> "check";
            case DECLINED, TAKEN_BACK -> "stop";
            case TOO_LATE -> "alert";
        };
    }
}
