// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.peer;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.peer.FocalPoints;
import org.waymark.node.privacy.Purpose;

/// `/admin/focal-points`: whom partners may phone here, for each duty. Roles, never names.
@Path("/admin/focal-points")
public final class StaffFocalPointPages {

    private final FocalPoints points;
    private final Clock clock;
    private final Desk desk;

    public StaffFocalPointPages(Domains domains, Desk desk) {
        this.points = domains.focalPoints();
        this.clock = domains.clock();
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        return show(200, desk.open(request, StaffPartnerPages.SECTION), List.of());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response replace(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        var fields = new Fields(form);
        var filled = new ArrayList<FocalPoint>();
        var errors = new ArrayList<Wrong>();
        for (var duty : Duty.values()) {
            var word = Fields.word(duty);
            var role = fields.text(word + "-role", 200);
            var phone = fields.text(word + "-phone", 60);
            if (role.isEmpty() || phone.isEmpty()) {
                errors.add(
                        new Wrong(
                                word + (role.isEmpty() ? "-role" : "-phone"),
                                sheet.page()
                                        .say(
                                                "staff.focal.missing",
                                                sheet.page().say("staff.duty." + word))));
                continue;
            }
            filled.add(
                    new FocalPoint(
                            duty,
                            role,
                            phone,
                            fields.text(word + "-hours", 200),
                            fields.words(word + "-languages"),
                            LocalDate.ofInstant(clock.instant(), sheet.zone())));
        }
        // Each that is whole is kept, so that nothing has to be typed twice.
        filled.forEach(
                point ->
                        points.replace(
                                sheet.acting(Purpose.PARTNERSHIP),
                                sheet.staff().organization(),
                                point));
        return errors.isEmpty()
                ? Sheet.to(StaffPartnerPages.LIST, "focal-points")
                : show(422, sheet, errors);
    }

    private Response show(int status, Sheet sheet, List<Wrong> errors) {
        var known = points.list(sheet.acting(Purpose.PARTNERSHIP), sheet.staff().organization());
        return sheet.show(status, "peer/focal-points", Map.of("points", known, "errors", errors));
    }
}
