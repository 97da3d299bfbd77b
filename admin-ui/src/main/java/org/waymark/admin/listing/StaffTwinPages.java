// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Twins;
import org.waymark.node.privacy.Purpose;

/// `/admin/twins`: listings that look like one. A person says that they are two, or closes one.
@Path("/admin/twins")
public final class StaffTwinPages {

    private static final String PAGE = "/admin/twins";

    private final Twins twins;
    private final Desk desk;

    public StaffTwinPages(Domains domains, Desk desk) {
        this.twins = domains.twins();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, "listings");
        return sheet.show(
                "listing/twins", Map.of("pairs", twins.list(sheet.acting(Purpose.DIRECTORY))));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "listings");
        var acting = sheet.acting(Purpose.DIRECTORY);
        var fields = new Fields(form);
        if (fields.text("decision").equals("look")) {
            twins.look(acting);
            return Sheet.to(PAGE, "twins-look");
        }
        var one = id(fields, "one");
        var other = id(fields, "other");
        if (one.isEmpty() || other.isEmpty()) {
            return Sheet.to(PAGE);
        }
        return switch (fields.text("decision")) {
            case "close-one" -> Sheet.to(merging(other.get(), one.get()));
            case "close-other" -> Sheet.to(merging(one.get(), other.get()));
            default ->
                    twins.dismiss(acting, one.get(), other.get())
                            ? Sheet.to(PAGE, "twins")
                            : Sheet.to(PAGE);
        };
    }

    private static String merging(UUID keep, UUID close) {
        return PAGE + "/" + close + "/into/" + keep;
    }

    /// What the one that closes says and the other does not, to choose from.
    @GET
    @Path("{close}/into/{keep}")
    public Response choose(
            @Context ContainerRequestContext request,
            @PathParam("close") UUID close,
            @PathParam("keep") UUID keep) {
        var sheet = desk.open(request, "listings");
        var offer =
                twins.offer(sheet.acting(Purpose.DIRECTORY), keep, close)
                        .orElseThrow(NotFoundException::new);
        return sheet.show("listing/twins-merge", Map.of("offer", offer));
    }

    @POST
    @Path("{close}/into/{keep}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response merge(
            @Context ContainerRequestContext request,
            @PathParam("close") UUID close,
            @PathParam("keep") UUID keep,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "listings");
        var chosen = Set.copyOf(form.getOrDefault("piece", List.of()));
        return switch (twins.merge(sheet.acting(Purpose.DIRECTORY), keep, close, chosen)) {
            case DONE -> Sheet.to("/admin/history/" + keep, "twins");
            case PEOPLE_WAIT -> Sheet.to("/admin/listings/" + close + "/close");
            case NOT_FOUND -> throw new NotFoundException();
        };
    }

    /// The key of what an answer is about.
    public static String label(Twins.Piece piece) {
        return "staff." + piece.member().replace('_', '-');
    }

    /// The key of an answer.
    public static String value(Twins.Piece piece, String answer) {
        var word = answer.replace('_', '-');
        return switch (piece.member()) {
            case "kind", "access", "referral_policy" -> label(piece) + "." + word;
            default -> "staff.answer." + word;
        };
    }

    private static Optional<UUID> id(Fields fields, String name) {
        try {
            return fields.optional(name).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
