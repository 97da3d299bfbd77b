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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Accounts;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Outcome;
import org.waymark.node.listing.WaitingDraft;
import org.waymark.node.listing.WaitingDrafts;
import org.waymark.node.privacy.Purpose;

/// `/admin/drafts`: changes of listings that wait for somebody who may publish them.
@Path("/admin/drafts")
public final class StaffDraftPages implements StaffStartPages.Tasks {

    private static final String SECTION = "listings";
    private static final String LIST = "/admin/drafts";
    // 7 days: the one who wrote it should not lose heart.
    private static final Duration PATIENCE = Duration.ofDays(7);

    private final WaitingDrafts drafts;
    private final Accounts accounts;
    private final Desk desk;

    public StaffDraftPages(Domains domains, Desk desk) {
        this.drafts = domains.waitingDrafts();
        this.accounts = domains.accounts();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                "listing/drafts",
                Map.of("waiting", drafts.list(acting), "decided", drafts.listDecided(acting)));
    }

    @GET
    @Path("{id}")
    public Response one(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var opened = drafts.find(acting, id).orElseThrow(NotFoundException::new);
        return sheet.show(
                "listing/draft",
                Map.of("opened", opened, "colleagues", accounts.colleagues(acting)));
    }

    @POST
    @Path("{id}/publish")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publish(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var othersMove = new Fields(form).text("moves").equals("all");
        return switch (drafts.publish(sheet.acting(Purpose.DIRECTORY), id, othersMove)) {
            case Outcome.Changed _ -> Sheet.to(LIST, "draft-published");
            case Outcome.NeedsSecondPerson _ -> Sheet.to(LIST, "second-person");
            case Outcome.NothingToChange _, Outcome.Stale _ -> Sheet.to(LIST, "already-so");
            case Outcome.NotFound _, Outcome.NotYours _ -> throw new NotFoundException();
        };
    }

    @POST
    @Path("{id}/return")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response giveBack(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var words = new Fields(form).text("words");
        var done = drafts.giveBack(sheet.acting(Purpose.DIRECTORY), id, words);
        return Sheet.to(LIST, done ? "draft-returned" : "already-so");
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            return List.of();
        }
        var page = sheet.page();
        return drafts.list(sheet.acting(Purpose.DIRECTORY)).stream()
                .map(
                        draft ->
                                new Task(
                                        draft.writtenAt().plus(PATIENCE),
                                        "info",
                                        "info",
                                        page.say("staff.draft.task"),
                                        page.isolated(draft.name()),
                                        page.say(sort(draft)),
                                        LIST + "/" + draft.id()))
                .toList();
    }

    /// The key of what sort of draft it is.
    public static String sort(WaitingDraft draft) {
        return draft.isNew() ? "staff.draft.new" : "staff.draft.change";
    }
}
