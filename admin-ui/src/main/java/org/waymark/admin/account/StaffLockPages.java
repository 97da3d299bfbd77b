// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.account;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.StaffCookies;
import org.waymark.node.exchange.KeyLock;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/lock`: locks everything about people at once, from any computer or phone, after one
/// question.
@Path("/admin/lock")
public final class StaffLockPages {

    private final KeyLock lock;
    private final StaffCookies cookies;
    private final Desk desk;

    public StaffLockPages(Domains domains, Desk desk) {
        this.lock = domains.keyLock();
        this.cookies = new StaffCookies(domains.baseUrl());
        this.desk = desk;
    }

    @GET
    public Response ask(@Context ContainerRequestContext request) {
        return show(200, desk.open(request, "lock"), List.of());
    }

    @POST
    public Response lock(
            @Context ContainerRequestContext request,
            @FormParam("sure") @DefaultValue("") String sure) {
        var sheet = desk.open(request, "lock");
        if (sure.isEmpty()) {
            return show(
                    422,
                    sheet,
                    List.of(new Wrong("sure", sheet.page().say("staff.lock.sure.missing"))));
        }
        lock.lock(sheet.acting(Purpose.ADMINISTRATION), false);
        return Response.fromResponse(Sheet.to("/admin/sign-in", "locked"))
                .cookie(cookies.ended())
                .build();
    }

    private Response show(int status, Sheet sheet, List<Wrong> errors) {
        return sheet.show(
                status,
                "account/lock",
                Map.of(
                        "may", lock.mayLock(sheet.acting(Purpose.ADMINISTRATION)),
                        "bySheet", lock.needsSheet(),
                        "errors", errors));
    }
}
