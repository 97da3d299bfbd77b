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
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.Breach;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.Breach.Whom;
import org.waymark.node.oversight.Breaches;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Side;

/// `/admin/breaches`: the register of breaches, its clocks, and the notices.
@Path(StaffBreachPages.PAGE)
public final class StaffBreachPages {

    static final String PAGE = "/admin/breaches";

    private final Domains domains;
    private final Breaches breaches;
    private final Referrals referrals;
    private final Desk desk;

    public StaffBreachPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.breaches = domains.breaches();
        this.referrals = domains.referrals();
        this.desk = desk;
    }

    @GET
    @Path("new")
    public Response blank(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        domains.access().require(sheet.acting(Purpose.OVERSIGHT), Right.MANAGE_ORGANIZATION);
        var now = LocalDateTime.ofInstant(domains.clock().instant(), sheet.zone());
        return sheet.show(
                "oversight/breach-new",
                Map.of(
                        "now", now.withSecond(0).withNano(0).toString(),
                        "risks", risks(sheet, Risk.SOME)));
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var fields = new Fields(form);
        if (fields.text("what").isEmpty()) {
            return Sheet.to(PAGE + "/new", "breach-what-missing");
        }
        var added =
                breaches.add(
                        sheet.acting(Purpose.OVERSIGHT),
                        fields.text("what", Breach.MAX_TEXT),
                        fields.choice("risk", Risk.SOME),
                        fields.number("people", 0),
                        known(sheet, fields.text("known")));
        return Sheet.to(PAGE + "/" + added.id(), "breach-recorded");
    }

    private Instant known(Sheet sheet, String text) {
        try {
            return LocalDateTime.parse(text).atZone(sheet.zone()).toInstant();
        } catch (DateTimeException _) {
            return domains.clock().instant();
        }
    }

    @GET
    @Path("{id}")
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var breach = find(sheet, id);
        List<Referral> concerned =
                sheet.may(Right.WORK_ON_REFERRALS)
                        ? referrals.list(sheet.acting(Purpose.OVERSIGHT)).stream()
                                .filter(it -> it.side() == Side.SENDER)
                                .toList()
                        : List.of();
        return sheet.show(
                "oversight/breach",
                Map.of(
                        "breach",
                        breach,
                        "risks",
                        risks(sheet, breach.risk()),
                        "concerned",
                        concerned,
                        "languages",
                        desk.pages().languages().list()));
    }

    /// A letter to print, or to copy into a mail, in one of the languages of this site.
    @GET
    @Path("{id}/letter/{to}")
    public Response letter(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("to") String to,
            @QueryParam("language") @Nullable String language) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var breach = find(sheet, id);
        if (!to.equals("partner") && !to.equals("person")) {
            throw new NotFoundException();
        }
        var in = in(sheet, Objects.requireNonNullElse(language, ""));
        return sheet.show(
                "oversight/letter",
                Map.of(
                        "breach", breach,
                        "to", to,
                        "in", in,
                        "phone", sheet.organization().phone().orElse("")));
    }

    @POST
    @Path("{id}/rate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rate(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var fields = new Fields(form);
        return back(
                id,
                breaches.rate(
                        sheet.acting(Purpose.OVERSIGHT),
                        id,
                        fields.choice("risk", Risk.SOME),
                        fields.number("people", 0)));
    }

    @POST
    @Path("{id}/told")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response told(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var whom = new Fields(form).choice("whom", Whom.class).orElseThrow(NotFoundException::new);
        return back(id, breaches.told(sheet.acting(Purpose.OVERSIGHT), id, whom));
    }

    @POST
    @Path("{id}/close")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response close(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        return back(id, breaches.close(sheet.acting(Purpose.OVERSIGHT), id));
    }

    /// Writes to the people behind the requests that were ticked, each in their language.
    @POST
    @Path("{id}/people")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response people(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        Set<ReferralId> chosen =
                form.getOrDefault("referral", List.of()).stream()
                        .filter(it -> it.matches("[0-9a-f]{8}-[0-9a-f-]{27}"))
                        .map(it -> new ReferralId(UUID.fromString(it)))
                        .collect(Collectors.toUnmodifiableSet());
        var phone = sheet.organization().phone().orElse("");
        var name = sheet.organization().name();
        var notTold =
                breaches.tellPeople(
                        sheet.acting(Purpose.OVERSIGHT),
                        id,
                        chosen,
                        tag -> in(sheet, tag).plain("staff.breach.notice.person", name, phone));
        return Sheet.to(
                PAGE + "/" + id, notTold.isEmpty() ? "breach-people" : "breach-people-call");
    }

    private static Response back(UUID id, boolean done) {
        return Sheet.to(PAGE + "/" + id, done ? "oversight-saved" : "oversight-not-now");
    }

    private Breach find(Sheet sheet, UUID id) {
        return breaches.find(sheet.acting(Purpose.OVERSIGHT), id)
                .orElseThrow(NotFoundException::new);
    }

    /// A page in another language, for its words; the reader's where there is none.
    private Page in(Sheet sheet, String tag) {
        Language language = desk.pages().languages().find(tag).orElse(sheet.page().language());
        return desk.pages().open(language, "");
    }

    private static List<org.waymark.node.page.Pieces.Choice> risks(Sheet sheet, Risk chosen) {
        return Fields.among(sheet.page(), "staff.breach.risk", Risk.class, Set.of(chosen));
    }
}
