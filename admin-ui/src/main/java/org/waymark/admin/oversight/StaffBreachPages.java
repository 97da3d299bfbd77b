// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.oversight;

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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.Breach;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.Breach.Whom;
import org.waymark.node.oversight.BreachNotice;
import org.waymark.node.oversight.Breaches;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Choice;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;

/// `/admin/breaches`: the register of breaches, its clocks, and the notices.
@Path(StaffBreachPages.PAGE)
public final class StaffBreachPages {

    static final String PAGE = "/admin/breaches";

    private static final int ON_A_PAGE = 500;
    private static final Comparator<Referral> OPEN_FIRST =
            Comparator.<Referral, Boolean>comparing(it -> !it.state().isOpen())
                    .thenComparing(Referral::changedAt, Comparator.reverseOrder());

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

    /// What somebody typed about a breach, as they typed it.
    public record Draft(String what, String known, Risk risk, String people) {}

    @GET
    @Path("new")
    public Response blank(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        domains.access().require(sheet.acting(Purpose.OVERSIGHT), Right.MANAGE_ORGANIZATION);
        var now = LocalDateTime.ofInstant(domains.clock().instant(), sheet.zone());
        return form(
                200,
                sheet,
                new Draft("", now.withSecond(0).withNano(0).toString(), Risk.SOME, ""),
                List.of());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var fields = new Fields(form);
        var draft =
                new Draft(
                        fields.text("what"),
                        fields.text("known"),
                        fields.choice("risk", Risk.SOME),
                        fields.text("people"));
        var known = known(sheet, draft.known());
        var concerned = concerned(draft.people());
        var wrong = new ArrayList<Wrong>();
        if (draft.what().isEmpty()) {
            wrong.add(new Wrong("what", sheet.page().say("staff.note.breach-what-missing")));
        } else if (draft.what().length() > Breach.MAX_TEXT) {
            wrong.add(new Wrong("what", sheet.page().say("ask.too-long", Breach.MAX_TEXT)));
        }
        if (known.isEmpty()) {
            wrong.add(new Wrong("known", sheet.page().say("staff.breach.known.wrong")));
        }
        if (concerned.isEmpty()) {
            wrong.add(new Wrong("people", sheet.page().say("check.number.wrong")));
        }
        if (!wrong.isEmpty()) {
            return form(422, sheet, draft, wrong);
        }
        var added =
                breaches.add(
                        sheet.acting(Purpose.OVERSIGHT),
                        draft.what(),
                        draft.risk(),
                        concerned.getAsInt(),
                        known.get());
        return Sheet.to(PAGE + "/" + added.id(), "breach-recorded");
    }

    private static Response form(int status, Sheet sheet, Draft draft, List<Wrong> errors) {
        return sheet.show(
                status,
                "oversight/breach-new",
                Map.of(
                        "draft", draft,
                        "errors", errors,
                        "risks", risks(sheet, draft.risk())));
    }

    /// Empty when it is no time, or one that has not come: the clocks must not begin anew by a
    /// slip.
    private Optional<Instant> known(Sheet sheet, String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(sheet.zone()).toInstant())
                    .filter(it -> !it.isAfter(domains.clock().instant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// 0 when nobody knows; empty when it is no number.
    private static OptionalInt concerned(String text) {
        if (text.isEmpty()) {
            return OptionalInt.of(0);
        }
        return text.matches("\\d{1,7}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    @GET
    @Path("{id}")
    public Response show(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @QueryParam("from") @DefaultValue("0") int from) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var breach = find(sheet, id);
        var notices = breaches.notices(sheet.acting(Purpose.OVERSIGHT), id);
        var noted = notices.stream().map(BreachNotice::referral).collect(Collectors.toSet());
        List<Referral> concerned =
                sheet.may(Right.WORK_ON_REFERRALS)
                        ? referrals.listAsked(sheet.acting(Purpose.OVERSIGHT)).stream()
                                .filter(it -> !noted.contains(it.id()))
                                .sorted(OPEN_FIRST)
                                .toList()
                        : List.of();
        var first = Math.clamp(from, 0, concerned.size()) / ON_A_PAGE * ON_A_PAGE;
        return sheet.show(
                "oversight/breach",
                Map.of(
                        "breach",
                        breach,
                        "risks",
                        risks(sheet, breach.risk()),
                        "concerned",
                        concerned.stream().skip(first).limit(ON_A_PAGE).toList(),
                        "pages",
                        IntStream.range(0, (concerned.size() + ON_A_PAGE - 1) / ON_A_PAGE)
                                .map(it -> it * ON_A_PAGE)
                                .boxed()
                                .toList(),
                        "first",
                        first,
                        "notices",
                        notices,
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
        var concerned = concerned(fields.text("people"));
        if (concerned.isEmpty()) {
            return Sheet.to(PAGE + "/" + id, "breach-people-wrong");
        }
        return back(
                id,
                breaches.rate(
                        sheet.acting(Purpose.OVERSIGHT),
                        id,
                        fields.choice("risk", Risk.SOME),
                        concerned.getAsInt(),
                        fields.text("why", Breach.MAX_TEXT)));
    }

    @POST
    @Path("{id}/told")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response told(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var fields = new Fields(form);
        var whom = fields.choice("whom", Whom.class).orElseThrow(NotFoundException::new);
        var why = fields.text("why", Breach.MAX_TEXT);
        return back(id, breaches.told(sheet.acting(Purpose.OVERSIGHT), id, whom, why));
    }

    @POST
    @Path("{id}/close")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response close(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        return back(
                id,
                breaches.close(
                        sheet.acting(Purpose.OVERSIGHT),
                        id,
                        new Fields(form).text("why", Breach.MAX_TEXT)));
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
                        .flatMap(it -> Fields.uuid(it).stream())
                        .map(ReferralId::new)
                        .collect(Collectors.toUnmodifiableSet());
        var phone = sheet.organization().phone().orElse("");
        var name = sheet.organization().name();
        var languages = desk.pages().languages();
        var notTold =
                breaches.tellPeople(
                        sheet.acting(Purpose.OVERSIGHT),
                        id,
                        chosen,
                        tag ->
                                languages
                                        .find(tag)
                                        .map(it -> desk.pages().open(it, ""))
                                        .map(
                                                it ->
                                                        it.plain(
                                                                "staff.breach.notice.person",
                                                                name,
                                                                phone)));
        return Sheet.to(
                PAGE + "/" + id, notTold.isEmpty() ? "breach-people" : "breach-people-call");
    }

    /// One of those who had to be called knows.
    @POST
    @Path("{id}/called/{referral}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response called(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("referral") UUID referral) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var done = breaches.called(sheet.acting(Purpose.OVERSIGHT), id, new ReferralId(referral));
        return Sheet.to(PAGE + "/" + id, done ? "oversight-saved" : "oversight-not-now");
    }

    private static Response back(UUID id, Breaches.Change change) {
        var said =
                switch (change) {
                    case DONE -> "oversight-saved";
                    case NOT_NOW -> "oversight-not-now";
                    case REASON_MISSING -> "breach-why-missing";
                    case CALLS_MISSING -> "breach-people-call";
                };
        return Sheet.to(PAGE + "/" + id, said);
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

    private static List<Choice> risks(Sheet sheet, Risk chosen) {
        return Fields.among(sheet.page(), "staff.breach.risk", Risk.class, Set.of(chosen));
    }
}
