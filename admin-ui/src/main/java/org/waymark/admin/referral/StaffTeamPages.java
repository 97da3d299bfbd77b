// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.team.Absence;
import org.waymark.node.referral.team.CaseNotes;

/// `/admin/team`: who is away and who stands in; and, beside each request, who takes care of it and
/// notes for each other.
@Path("/admin/team")
public final class StaffTeamPages {

    private static final String HERE = "/admin/team";

    private final Domains domains;
    private final Desk desk;
    private final Refusals refusals;

    public StaffTeamPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.desk = desk;
        this.refusals = new Refusals(domains);
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        var nothing = new Fields(new MultivaluedHashMap<>());
        return show(200, desk.open(request, StaffReferralPages.SECTION), nothing, List.of());
    }

    private Response show(int status, Sheet sheet, Fields typed, List<Wrong> errors) {
        var acting = sheet.acting(Purpose.HELP);
        return sheet.show(
                status,
                "referral/team",
                Map.of(
                        "absences",
                        domains.absences().list(acting),
                        "colleagues",
                        domains.accounts().colleagues(acting),
                        "typed",
                        typed,
                        "errors",
                        errors));
    }

    @POST
    @Path("absences")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response announce(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var fields = new Fields(form);
        var who = account(fields.text("account")).orElse(acting.account());
        var deputy = account(fields.text("deputy"));
        var first = day(fields.text("first"));
        var last = day(fields.text("last")).or(() -> first);
        var isSane =
                first.isPresent()
                        && !last.get().isBefore(first.get())
                        && deputy.filter(who::equals).isEmpty()
                        && domains.absences()
                                .announce(
                                        acting, new Absence(who, deputy, first.get(), last.get()));
        if (isSane) {
            return Sheet.to(HERE, "absence-announced");
        }
        var wrong = new Wrong("first", sheet.page().say("staff.note.absence-unusable"));
        return show(422, sheet, fields, List.of(wrong));
    }

    @POST
    @Path("absences/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var fields = new Fields(form);
        var who = account(fields.text("account")).orElseThrow(NotFoundException::new);
        var first = day(fields.text("first")).orElseThrow(NotFoundException::new);
        domains.absences().end(sheet.acting(Purpose.HELP), who, first);
        return Sheet.to(HERE, "absence-ended");
    }

    @POST
    @Path("{id}/note")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response note(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var words = new Fields(form).text("note", CaseNotes.MAX_WORDS);
        if (words.isEmpty()) {
            return Sheet.to(StaffReferralPages.LIST + "/" + id, "words-missing");
        }
        return done(
                sheet,
                id,
                domains.caseNotes().add(sheet.acting(Purpose.HELP), new ReferralId(id), words),
                "note-added");
    }

    @POST
    @Path("{id}/handler")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response handOver(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var to = handler(new Fields(form));
        return done(
                sheet,
                id,
                domains.handlers().handOver(sheet.acting(Purpose.HELP), new ReferralId(id), to),
                "handed-over");
    }

    private Response done(Sheet sheet, UUID id, MoveOutcome outcome, String what) {
        var here = StaffReferralPages.LIST + "/" + id;
        return switch (outcome) {
            case MoveOutcome.Moved _ -> Sheet.to(here, what);
            case MoveOutcome.AlreadyThere _ -> Sheet.to(here, "already-so");
            case MoveOutcome.NotAllowed _ -> Sheet.to(here, "too-late");
            case MoveOutcome.NotFound _ -> throw new NotFoundException();
            case MoveOutcome.Refused(var why) ->
                    refusals.show(sheet, why, domains.baseUrl().resolve("/"), here);
        };
    }

    /// Several at once, from the list: seen, or given to somebody.
    @POST
    @Path("triage")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response triage(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var fields = new Fields(form);
        var isSeen = fields.text("do").equals("seen");
        if (!isSeen && !fields.text("do").equals("assign")) {
            throw new NotFoundException();
        }
        var to = isSeen ? Optional.<AccountId>empty() : handler(fields);
        var isDone = true;
        for (var id : form.getOrDefault("referral", List.<String>of())) {
            var referral = new ReferralId(uuid(id).orElseThrow(NotFoundException::new));
            var outcome =
                    isSeen
                            ? domains.referrals().receive(acting, referral)
                            : domains.handlers().handOver(acting, referral, to);
            isDone &=
                    outcome instanceof MoveOutcome.Moved
                            || outcome instanceof MoveOutcome.AlreadyThere;
        }
        return Sheet.to(
                StaffReferralPages.LIST,
                !isDone ? "too-late" : isSeen ? "referral-receive" : "handed-over");
    }

    /// Whom it is handed to: everybody where it says nothing, and nobody where it cannot be read.
    private static Optional<AccountId> handler(Fields fields) {
        var text = fields.text("handler");
        var to = account(text);
        if (to.isEmpty() && !text.isEmpty()) {
            throw new NotFoundException();
        }
        return to;
    }

    static Optional<AccountId> account(String text) {
        return uuid(text).map(AccountId::new);
    }

    private static Optional<UUID> uuid(String text) {
        return Optional.of(text)
                .filter(it -> it.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .map(UUID::fromString);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(text).filter(it -> !it.isEmpty()).map(LocalDate::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
