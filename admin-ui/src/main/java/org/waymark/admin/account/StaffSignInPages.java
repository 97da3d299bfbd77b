// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.account;

import gg.jte.Content;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.OpenToAll;
import org.waymark.node.account.Secret;
import org.waymark.node.account.Sessions;
import org.waymark.node.account.Staff;
import org.waymark.node.account.StaffCookies;
import org.waymark.node.exchange.KeyLock;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.RemoteAddress;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.OrganizationId;

/// `/admin/sign-in`, `/admin/sign-out`, and the two choices at the top of every page.
@Path("/admin")
public final class StaffSignInPages {

    private static final String START = "/admin/";

    private final Sessions sessions;
    private final StaffCookies cookies;
    private final KeyLock lock;
    private final Desk desk;

    public StaffSignInPages(Domains domains, Desk desk) {
        this.sessions = domains.sessions();
        this.cookies = new StaffCookies(domains.baseUrl());
        this.lock = domains.keyLock();
        this.desk = desk;
    }

    @GET
    @OpenToAll
    @Path("sign-in")
    public Response form(
            @Context ContainerRequestContext request,
            @QueryParam("then") @DefaultValue(START) String then,
            @QueryParam("done") @DefaultValue("") String done) {
        // Who is signed in and opens nothing signs in once more when a colleague has.
        if (request.getSecurityContext().getUserPrincipal() instanceof Staff && !lock.isLocked()) {
            return Sheet.to(inside(then));
        }
        var visitor = cookies.session(request).orElseGet(sessions::visitor);
        var page = desk.open(request);
        return withVisitor(visitor, show(200, page, visitor, then, "", List.of(), done));
    }

    @POST
    @OpenToAll
    @Path("sign-in")
    public Response signIn(
            @Context ContainerRequestContext request,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("then") @DefaultValue(START) String then) {
        var outcome =
                sessions.signIn(
                        email, password, cookies.device(request), RemoteAddress.of(request).host());
        var page = desk.open(request);
        return switch (outcome) {
            case Sessions.Outcome.SignedIn(Secret session, Secret device) ->
                    Response.fromResponse(Sheet.to(inside(then)))
                            .cookie(cookies.session(session), cookies.device(device))
                            .build();
            case Sessions.Outcome.Refused() ->
                    again(request, page, then, email, page.say("staff.sign-in.refused"));
            case Sessions.Outcome.TooSoon(var pause) ->
                    again(
                            request,
                            page,
                            then,
                            email,
                            page.count("staff.sign-in.too-soon", pause.toSeconds() + 1));
            case Sessions.Outcome.Busy() ->
                    again(request, page, then, email, page.say("staff.sign-in.busy"));
        };
    }

    /// Signing out is a POST: a link would let any page do it.
    @POST
    @Path("sign-out")
    public Response signOut(@Context ContainerRequestContext request) {
        sessions.signOut(Staff.of(request.getSecurityContext()));
        return Response.fromResponse(Sheet.to("/admin/sign-in")).cookie(cookies.ended()).build();
    }

    @POST
    @Path("organization")
    public Response organization(
            @Context ContainerRequestContext request, @FormParam("organization") UUID id) {
        sessions.switchTo(Staff.of(request.getSecurityContext()), new OrganizationId(id));
        return Sheet.to(START);
    }

    @POST
    @OpenToAll
    @Path("language")
    public Response language(
            @FormParam("language") @DefaultValue("") String language,
            @FormParam("then") @DefaultValue(START) String then) {
        return Response.fromResponse(Sheet.to(inside(then)))
                .cookie(desk.languageCookie(language))
                .build();
    }

    private Response again(
            ContainerRequestContext request, Page page, String then, String email, Content why) {
        // The gate let the form in, so the visitor's cookie is there.
        var visitor = cookies.session(request).orElseThrow();
        return show(422, page, visitor, then, email, List.of(new Wrong("email", why)), "");
    }

    private Response show(
            int status,
            Page page,
            Secret visitor,
            String then,
            String email,
            List<Wrong> errors,
            String done) {
        return desk.pages()
                .show(
                        status,
                        Pages.Keep.NOWHERE,
                        page,
                        "account/sign-in",
                        Map.of(
                                "token",
                                visitor.formToken(),
                                "then",
                                inside(then),
                                "email",
                                email,
                                "errors",
                                errors,
                                "done",
                                done));
    }

    private Response withVisitor(Secret visitor, Response response) {
        return Response.fromResponse(response).cookie(cookies.session(visitor)).build();
    }

    /// Only addresses of the staff pages are gone to: a link to our sign-in must not lead
    /// elsewhere.
    static String inside(String then) {
        return then.matches("/admin(?:/[\\w/%.~-]*)?(?:\\?[\\w/%.~=&+-]*)?") ? then : START;
    }
}
