// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.oversight;

import jakarta.ws.rs.Consumes;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.CasePackage;
import org.waymark.node.oversight.DataRequest.Kind;
import org.waymark.node.oversight.DataRequest.Outcome;
import org.waymark.node.oversight.DataRequests;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.ReferralId;

/// `/admin/data-requests`: what people ask of the data about them, with the clock of the law.
@Path(StaffDataPages.PAGE)
public final class StaffDataPages {

    static final String PAGE = "/admin/data-requests";

    private final Domains domains;
    private final DataRequests requests;
    private final Desk desk;

    public StaffDataPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.requests = domains.dataRequests();
        this.desk = desk;
    }

    @GET
    @Path("new")
    public Response blank(
            @Context ContainerRequestContext request,
            @QueryParam("referral") @Nullable String referral) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        domains.access().require(sheet.acting(Purpose.OVERSIGHT), Right.WORK_ON_REFERRALS);
        return form(
                200, sheet, Fields.uuid(referral), Set.of(), today(sheet).toString(), List.of());
    }

    private static Response form(
            int status,
            Sheet sheet,
            Optional<UUID> referral,
            Set<Kind> chosen,
            String asked,
            List<Wrong> errors) {
        return sheet.show(
                status,
                "oversight/data-new",
                Map.of(
                        "referral",
                        referral.map(Object::toString).orElse(""),
                        "asked",
                        asked,
                        "errors",
                        errors,
                        "kinds",
                        Fields.among(sheet.page(), "staff.data.kind", Kind.class, chosen)));
    }

    private LocalDate today(Sheet sheet) {
        return LocalDate.ofInstant(domains.clock().instant(), sheet.zone());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var fields = new Fields(form);
        var kind = fields.choice("kind", Kind.class);
        var referral = Fields.uuid(fields.text("referral"));
        var asked = asked(sheet, fields.text("asked"));
        var wrong = new ArrayList<Wrong>();
        if (kind.isEmpty()) {
            wrong.add(new Wrong("kind", sheet.page().say("staff.note.data-kind-missing")));
        }
        if (asked.isEmpty()) {
            wrong.add(new Wrong("asked", sheet.page().say("staff.data.asked.wrong")));
        }
        if (!wrong.isEmpty()) {
            Set<Kind> chosen = kind.isPresent() ? Set.of(kind.get()) : Set.of();
            return form(422, sheet, referral, chosen, fields.text("asked"), wrong);
        }
        return requests.open(
                        sheet.acting(Purpose.OVERSIGHT),
                        kind.get(),
                        referral.map(ReferralId::new),
                        asked.get())
                .map(it -> Sheet.to(PAGE + "/" + it.id(), "data-opened"))
                .orElseThrow(NotFoundException::new);
    }

    /// The day on which it came: today without a word. Empty when it is none that has been.
    private Optional<Instant> asked(Sheet sheet, String text) {
        var today = today(sheet);
        if (text.isEmpty() || text.equals(today.toString())) {
            return Optional.of(domains.clock().instant());
        }
        try {
            return Optional.of(LocalDate.parse(text))
                    .filter(it -> it.isBefore(today))
                    .map(it -> it.atStartOfDay(sheet.zone()).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @GET
    @Path("{id}")
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var found =
                requests.find(sheet.acting(Purpose.OVERSIGHT), id)
                        .orElseThrow(NotFoundException::new);
        return sheet.show("oversight/data", Map.of("asked", found));
    }

    /// All that is kept about the person, for them to print.
    @POST
    @Path("{id}/print")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response print(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        return sheet.show(
                "oversight/package", Map.of("id", id.toString(), "text", take(sheet, id).json()));
    }

    /// The same as a file.
    @POST
    @Path("{id}/file")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response file(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        return Response.ok(take(sheet, id).json(), "application/json")
                .header("Content-Disposition", "attachment; filename=\"data.json\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private CasePackage take(Sheet sheet, UUID id) {
        return requests.take(sheet.acting(Purpose.OVERSIGHT), id)
                .orElseThrow(NotFoundException::new);
    }

    @POST
    @Path("{id}/change/{what}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("what") String what) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var acting = sheet.acting(Purpose.OVERSIGHT);
        var said =
                switch (what) {
                    case "extend" ->
                            requests.extend(acting, id) ? "oversight-saved" : "data-not-extended";
                    case "done" -> said(requests.settle(acting, id, Outcome.DONE));
                    case "refused" -> said(requests.settle(acting, id, Outcome.REFUSED));
                    default -> throw new NotFoundException();
                };
        return Sheet.to(PAGE + "/" + id, said);
    }

    private static String said(DataRequests.Settled settled) {
        return switch (settled) {
            case DONE -> "oversight-saved";
            case NOT_NOW -> "oversight-not-now";
            case NOT_STOPPED -> "data-not-stopped";
        };
    }
}
