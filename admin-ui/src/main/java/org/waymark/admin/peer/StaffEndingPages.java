// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.peer;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.operation.Closing;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.peer.Moves;
import org.waymark.node.privacy.Purpose;

/// `/admin/ending`: our own organisation moves to another site, or closes for ever. Each is
/// confirmed by typing its short name.
@Path("/admin/ending")
public final class StaffEndingPages {

    private static final String HERE = "/admin/ending";

    private final Domains domains;
    private final Closing closing;
    private final Desk desk;

    public StaffEndingPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.closing = new Closing(domains);
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        return show(200, open(request), new Fields(new MultivaluedHashMap<>()), List.of());
    }

    /// Says that it lived elsewhere before.
    @POST
    @Path("claim")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response claim(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        var fields = new Fields(form);
        var former = address(fields.text("former", 1_000));
        if (former.isEmpty()) {
            return again(sheet, fields, "former", "staff.ending.address-malformed");
        }
        return tell(
                sheet,
                fields,
                "former",
                "organization-claim",
                domains.moves().claim(sheet.acting(Purpose.PARTNERSHIP), former.get()));
    }

    @POST
    @Path("move")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response move(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        var fields = new Fields(form);
        var target = address(fields.text("target", 1_000));
        if (target.isEmpty()) {
            return again(sheet, fields, "target", "staff.ending.address-malformed");
        }
        if (!isTyped(sheet, fields, "move-name")) {
            return again(sheet, fields, "move-name", "staff.ending.name-wrong");
        }
        return tell(
                sheet,
                fields,
                "target",
                "organization-move",
                domains.moves().move(sheet.acting(Purpose.PARTNERSHIP), target.get()));
    }

    /// Takes back that somebody here wishes it to move.
    @POST
    @Path("stay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response stay(@Context ContainerRequestContext request) {
        var sheet = open(request);
        return Sheet.to(
                HERE,
                domains.moves().dropWish(sheet.acting(Purpose.PARTNERSHIP))
                        ? "organization-stay"
                        : "already-so");
    }

    @POST
    @Path("close")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response close(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        var fields = new Fields(form);
        if (!isTyped(sheet, fields, "close-name")) {
            return again(sheet, fields, "close-name", "staff.ending.name-wrong");
        }
        return switch (closing.begin(sheet.acting(Purpose.PARTNERSHIP))) {
            case BEGUN -> Sheet.to(HERE, "organization-close");
            case REQUESTS_OPEN -> again(sheet, fields, "close-name", "staff.ending.requests-open");
            case WISHED -> Sheet.to(HERE, "organization-close-wished");
        };
    }

    /// Takes back that somebody here wishes it to close.
    @POST
    @Path("keep")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response keep(@Context ContainerRequestContext request) {
        var sheet = open(request);
        return Sheet.to(
                HERE,
                closing.dropWish(sheet.acting(Purpose.PARTNERSHIP))
                        ? "organization-keep"
                        : "already-so");
    }

    @POST
    @Path("finish")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response finish(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        var fields = new Fields(form);
        if (!isTyped(sheet, fields, "finish-name")) {
            return again(sheet, fields, "finish-name", "staff.ending.name-wrong");
        }
        return closing.finish(sheet.acting(Purpose.PARTNERSHIP))
                ? Sheet.to(HERE, "organization-finish")
                : again(sheet, fields, "close-name", "staff.ending.not-begun");
    }

    private Sheet open(ContainerRequestContext request) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        if (!sheet.may(Right.MANAGE_ORGANIZATION)) {
            throw new Access.Denied(Right.MANAGE_ORGANIZATION);
        }
        return sheet;
    }

    private static boolean isTyped(Sheet sheet, Fields fields, String field) {
        return fields.text(field).equals(sheet.organization().slug());
    }

    private Response tell(
            Sheet sheet, Fields fields, String field, String done, Moves.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Sheet.to(HERE, done);
            case WISHED -> Sheet.to(HERE, "organization-close-wished");
            case ALREADY_THERE -> Sheet.to(HERE, "already-so");
            case NOT_FOUND, NO_PEER ->
                    again(sheet, fields, field, "staff.ending.address-malformed");
            case NOT_REACHABLE -> again(sheet, fields, field, "staff.ending.not-reachable");
            case NOT_CONFIRMED -> again(sheet, fields, field, "staff.ending.not-confirmed");
        };
    }

    private static Optional<URI> address(String text) {
        return text.matches("https?://[A-Za-z0-9.:\\[\\]-]+/o/[0-9a-f-]{36}")
                ? read(text)
                : Optional.empty();
    }

    private static Optional<URI> read(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Response again(Sheet sheet, Fields fields, String field, String key) {
        return show(422, sheet, fields, List.of(new Wrong(field, sheet.page().say(key))));
    }

    private Response show(int status, Sheet sheet, Fields fields, List<Wrong> errors) {
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var parameters =
                new HashMap<String, Object>(
                        Map.of("fields", fields, "errors", errors, "asked", closing.asked(acting)));
        parameters.put("address", domains.baseUrl() + "/o/" + sheet.organization().id());
        parameters.put("outlook", closing.outlook(acting));
        parameters.put("farewell", closing.find(acting));
        parameters.put("wish", closing.wish(acting));
        parameters.put("moving", domains.moves().findWish(acting));
        parameters.put("notArrived", closing.notArrived(acting));
        parameters.put("target", domains.moves().target(acting).map(URI::toString));
        return sheet.show(status, "peer/ending", parameters);
    }
}
