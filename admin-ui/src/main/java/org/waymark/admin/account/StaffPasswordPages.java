// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.account;

import gg.jte.Content;
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
import org.waymark.node.account.Sessions;
import org.waymark.node.account.Sessions.PasswordOutcome;
import org.waymark.node.account.StaffCookies;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/password`: everyone changes their own.
@Path("/admin/password")
public final class StaffPasswordPages {

    private final Sessions sessions;
    private final StaffCookies cookies;
    private final Desk desk;

    public StaffPasswordPages(Domains domains, Desk desk) {
        this.sessions = domains.sessions();
        this.cookies = new StaffCookies(domains.baseUrl());
        this.desk = desk;
    }

    @GET
    public Response form(@Context ContainerRequestContext request) {
        return show(200, desk.open(request, "password"), List.of());
    }

    @POST
    public Response change(
            @Context ContainerRequestContext request,
            @FormParam("current") @DefaultValue("") String current,
            @FormParam("fresh") @DefaultValue("") String fresh) {
        var sheet = desk.open(request, "password");
        var page = sheet.page();
        var acting = sheet.acting(Purpose.ADMINISTRATION);
        return switch (sessions.changePassword(acting, current, fresh)) {
            case PasswordOutcome.Changed() ->
                    Response.fromResponse(Sheet.to("/admin/sign-in", "password"))
                            .cookie(cookies.ended())
                            .build();
            case PasswordOutcome.Refused() ->
                    again(sheet, "current", page.say("staff.password.wrong"));
            case PasswordOutcome.NotAcceptable(var min, var max) ->
                    again(sheet, "fresh", page.say("staff.password.length", min, max));
            case PasswordOutcome.TooSoon(var pause) ->
                    again(
                            sheet,
                            "current",
                            page.count("staff.sign-in.too-soon", pause.toSeconds() + 1));
            case PasswordOutcome.Busy() -> again(sheet, "current", page.say("staff.sign-in.busy"));
        };
    }

    private static Response again(Sheet sheet, String field, Content why) {
        return show(422, sheet, List.of(new Wrong(field, why)));
    }

    private static Response show(int status, Sheet sheet, List<Wrong> errors) {
        return sheet.show(status, "account/password", Map.of("errors", errors));
    }
}
