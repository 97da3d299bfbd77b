// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Calendars;
import org.waymark.node.referral.WorkingDays.ClosedDays;

/// `/admin/calendar`: the days on which an organisation works; the clocks of requests run by them.
@Path("/admin/calendar")
public final class StaffCalendarPages {

    private static final String HERE = "/admin/calendar";

    private final Calendars calendars;
    private final Desk desk;

    public StaffCalendarPages(Domains domains, Desk desk) {
        this.calendars = domains.referrals().calendars();
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        return sheet.show(
                "referral/calendar", Map.of("days", calendars.of(sheet.acting(Purpose.HELP))));
    }

    @POST
    @Path("{what}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(
            @Context ContainerRequestContext request,
            @PathParam("what") String what,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var fields = new Fields(form);
        try {
            switch (what) {
                case "week" -> calendars.setWeek(acting, fields.choices("day", DayOfWeek.class));
                case "close" -> {
                    var first = LocalDate.parse(fields.text("first"));
                    var last = fields.optional("last").map(LocalDate::parse).orElse(first);
                    calendars.close(acting, new ClosedDays(first, last));
                }
                default -> calendars.reopen(acting, LocalDate.parse(fields.text("first")));
            }
        } catch (DateTimeException | IllegalArgumentException _) {
            return Sheet.to(HERE, "calendar-wrong");
        }
        return Sheet.to(HERE, "calendar-changed");
    }
}
