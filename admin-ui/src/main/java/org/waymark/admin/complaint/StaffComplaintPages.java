// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.complaint;

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
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.complaint.Complaint;
import org.waymark.node.complaint.ComplaintId;
import org.waymark.node.complaint.Complaints;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Purpose;

/// `/admin/complaints`: the list, and one with its answer.
@Path("/admin/complaints")
public final class StaffComplaintPages {

    static final String LIST = "/admin/complaints";
    private static final String SECTION = "complaints";

    private final Complaints complaints;
    private final Desk desk;

    public StaffComplaintPages(Domains domains, Desk desk) {
        this.complaints = domains.complaints();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        return sheet.show(
                "complaint/list",
                Map.of("complaints", complaints.list(sheet.acting(Purpose.OVERSIGHT))));
    }

    @GET
    @Path("{id}")
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var complaint =
                complaints
                        .find(sheet.acting(Purpose.OVERSIGHT), new ComplaintId(id))
                        .orElseThrow(NotFoundException::new);
        return sheet.show("complaint/show", Map.of("complaint", complaint));
    }

    @POST
    @Path("{id}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var words = new Fields(form).text("answer", Complaint.MAX_TEXT);
        var here = LIST + "/" + id;
        if (words.isEmpty()) {
            return Sheet.to(here, "words-missing");
        }
        var acting = sheet.acting(Purpose.OVERSIGHT);
        if (!complaints.answer(acting, new ComplaintId(id), words)) {
            throw new NotFoundException();
        }
        return Sheet.to(here, "complaint-answered");
    }
}
