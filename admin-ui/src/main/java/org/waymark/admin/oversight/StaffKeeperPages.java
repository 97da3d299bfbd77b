// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.oversight;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.witness.AuditKeepers;
import org.waymark.node.peer.PeerId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// `/admin/oversight/keepers`: which partners keep the end of the record of who did what, and whose
/// is kept here.
@Path(StaffKeeperPages.PAGE)
public final class StaffKeeperPages {

    static final String PAGE = "/admin/oversight/keepers";

    private final AuditKeepers keepers;
    private final Desk desk;

    public StaffKeeperPages(Domains domains, Desk desk) {
        this.keepers = domains.auditKeepers();
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        return sheet.show(
                "oversight/keepers",
                Map.of(
                        "partners",
                        keepers.list(sheet.acting(Purpose.OVERSIGHT)),
                        "mayChange",
                        sheet.may(Right.MANAGE_PEERS)));
    }

    @POST
    @Path("{peer}/{act}")
    public Response change(
            @Context ContainerRequestContext request,
            @PathParam("peer") String peer,
            @PathParam("act") String act) {
        var sheet = desk.open(request, StaffOversightPages.SECTION);
        var id = new PeerId(Fields.uuid(peer).orElseThrow(NotFoundException::new));
        var isDone = change(sheet.acting(Purpose.OVERSIGHT), id, act);
        return Sheet.to(PAGE, isDone ? "oversight-saved" : "oversight-not-now");
    }

    private boolean change(Acting acting, PeerId id, String act) {
        return switch (act) {
            case "ask" -> keepers.ask(acting, id);
            case "stop" -> keepers.stop(acting, id);
            case "agree" -> keepers.agree(acting, id);
            case "refuse" -> keepers.refuse(acting, id);
            case "noticed" -> keepers.noticed(acting, id);
            default -> throw new NotFoundException();
        };
    }
}
