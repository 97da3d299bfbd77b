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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.freshness.Standings;
import org.waymark.node.listing.freshness.Told;
import org.waymark.node.listing.reminder.Campaign;
import org.waymark.node.listing.reminder.Campaigns;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/campaigns`: asking all who run our services the same thing at once, by mail.
@Path("/admin/campaigns")
public final class StaffCampaignPages {

    private static final String SECTION = "listings";
    private static final String LIST = "/admin/campaigns";
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Campaigns campaigns;
    private final Standings standings;
    private final Domains domains;
    private final Desk desk;

    public StaffCampaignPages(Domains domains, Desk desk) {
        this.campaigns = domains.campaigns();
        this.standings = domains.standings();
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        return list(200, desk.open(request, SECTION), List.of());
    }

    private Response list(int status, Sheet sheet, List<Wrong> errors) {
        return sheet.show(
                status,
                "listing/campaigns",
                Map.of(
                        "campaigns",
                        campaigns.list(sheet.acting(Purpose.DIRECTORY)),
                        "today",
                        standings.today(),
                        "isOn",
                        campaigns.isOn(sheet.acting(Purpose.DIRECTORY)),
                        "errors",
                        errors));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response draft(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var day = Told.day(fields.text("day"));
        if (!day.isUnderstood()) {
            var words = sheet.page().say("check.day.wrong", standings.today().toString());
            return list(422, sheet, List.of(new Wrong("day", words)));
        }
        var campaign =
                campaigns.draft(
                        sheet.acting(Purpose.DIRECTORY),
                        fields.choice("occasion", Campaign.Occasion.CHECK),
                        fields.choice("topic", Topic.class),
                        startOf(sheet, day.found().orElse(standings.today())));
        return Sheet.to(LIST + "/" + campaign.id());
    }

    /// At nine of that day, or now when that has passed.
    private Instant startOf(Sheet sheet, LocalDate day) {
        var at = day.atTime(MORNING).atZone(sheet.zone()).toInstant();
        var now = domains.clock().instant();
        return at.isAfter(now) ? at : now;
    }

    @GET
    @Path("{id}")
    public Response show(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @QueryParam("in") @DefaultValue("") String in) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var campaign = campaigns.find(acting, id).orElseThrow(NotFoundException::new);
        var language = desk.pages().languages().find(in).orElse(sheet.page().language());
        return sheet.show(
                "listing/campaign",
                Map.of(
                        "campaign",
                        campaign,
                        "reach",
                        campaigns.reach(acting, campaign),
                        "preview",
                        campaigns.preview(acting, campaign, desk.pages().open(language, "")),
                        "languages",
                        desk.pages().languages().list(),
                        "answers",
                        campaigns.answers(acting, id)));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var page = LIST + "/" + id;
        if (new Fields(form).text("what").equals("stop")) {
            campaigns.stop(acting, id);
            return Sheet.to(page, "campaign-stopped");
        }
        return campaigns.send(acting, id)
                ? Sheet.to(page, "campaign-sent")
                : Sheet.to(page, "too-late");
    }
}
