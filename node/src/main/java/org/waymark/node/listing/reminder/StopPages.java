// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import org.waymark.node.http.Problem;
import org.waymark.node.listing.reminder.Reminders.Stop;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// The page behind the last line of each mail: no more of them. Opening it changes nothing, because
/// mail programs open links by themselves; a button does. It names no mailbox.
@Path(Page.LANGUAGE + "/mails/{token}")
public final class StopPages {

    private static final String ONE_CLICK = "List-Unsubscribe";

    private final Pages pages;
    private final Reminders reminders;

    public StopPages(Pages pages, Reminders reminders) {
        this.pages = pages;
        this.reminders = reminders;
    }

    @GET
    public Response show(@PathParam("lang") String lang, @PathParam("token") String token) {
        var page = pages.open(lang, "mails/" + token).inPrivate();
        return switch (reminders.findStop(token)) {
            case Stop.Open(var organization, var hasStopped) ->
                    pages.show(
                            200,
                            Pages.Keep.NOWHERE,
                            page,
                            "listing/mails",
                            Map.of("organization", organization, "hasStopped", hasStopped));
            case Stop.Unknown _ ->
                    pages.show(
                            404,
                            Pages.Keep.NOWHERE,
                            page,
                            "listing/check-gone",
                            Map.of("why", "check.unknown"));
        };
    }

    /// What mail services post for the button that their programs show (RFC 8058): it says one
    /// thing only, and is answered where it is.
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response stop(
            @PathParam("lang") String lang, @PathParam("token") String token, String form) {
        if (!form.contains(ONE_CLICK)) {
            return Problem.response(400, "form-not-understood");
        }
        reminders.stop(token, true);
        return show(lang, token);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response say(
            @PathParam("lang") String lang,
            @PathParam("token") String token,
            MultivaluedMap<String, String> form) {
        if (form.containsKey(ONE_CLICK)) {
            reminders.stop(token, true);
            return show(lang, token);
        }
        var page = pages.open(lang, "mails/" + token);
        reminders.stop(token, !"again".equals(form.getFirst("what")));
        return Response.seeOther(URI.create(page.href("mails/" + token))).build();
    }
}
