// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.listing.Corrections;
import org.waymark.node.listing.freshness.CheckLinks.Found;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Acting;

/// The page behind a link to those who run a service. Opening it changes nothing, because mail
/// programs open links by themselves; a button does.
@Path(Page.LANGUAGE + "/check/{secret}")
public final class CheckPages {

    private final Pages pages;
    private final CheckLinks links;
    private final Corrections corrections;
    private final Standings standings;

    public CheckPages(Pages pages, CheckLinks links, Corrections corrections, Standings standings) {
        this.pages = pages;
        this.links = links;
        this.corrections = corrections;
        this.standings = standings;
    }

    @GET
    public Response show(
            @PathParam("lang") String lang,
            @PathParam("secret") String secret,
            @QueryParam("done") @DefaultValue("") String done) {
        return show(200, open(lang, secret), secret, done.equals("yes"), List.of(), Map.of());
    }

    /// @param said what comes back with `errors`, by field
    private Response show(
            int status,
            Page page,
            String secret,
            boolean done,
            List<Wrong> errors,
            Map<String, String> said) {
        return switch (links.find(secret)) {
            case Found.Open(var listing, var until) ->
                    pages.show(
                            status,
                            Pages.Keep.NOWHERE,
                            page,
                            "listing/check",
                            Map.of(
                                    "listing",
                                    listing,
                                    "until",
                                    until,
                                    "today",
                                    standings.today(),
                                    "action",
                                    page.href("check/" + secret),
                                    "done",
                                    done,
                                    "errors",
                                    errors,
                                    "said",
                                    said));
            case Found.Expired _ -> gone(page, 410, "check.expired");
            case Found.Unknown _ -> gone(page, 404, "check.unknown");
        };
    }

    private Response gone(Page page, int status, String why) {
        return pages.show(
                status, Pages.Keep.NOWHERE, page, "listing/check-gone", Map.of("why", why));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response say(
            @PathParam("lang") String lang,
            @PathParam("secret") String secret,
            MultivaluedMap<String, String> form) {
        var page = open(lang, secret);
        return switch (text(form, "what")) {
            case "right" -> back(page, secret, links.confirm(secret));
            case "today" -> back(page, secret, links.close(secret, Optional.of(standings.today())));
            case "closed" -> close(page, secret, text(form, "until"));
            case "open" -> back(page, secret, links.close(secret, Optional.empty()));
            case "places" -> places(page, secret, text(form, "free"), text(form, "wait"));
            case "wrong" -> tell(page, secret, text(form, "words"));
            default -> back(page, secret, false);
        };
    }

    private static Response back(Page page, String secret, boolean done) {
        var to = page.href("check/" + secret) + (done ? "?done=yes" : "");
        return Response.seeOther(URI.create(to)).build();
    }

    /// Only the button that says so opens a closed door.
    private Response close(Page page, String secret, String until) {
        return Told.day(until)
                .found()
                .map(day -> back(page, secret, links.close(secret, Optional.of(day))))
                .orElseGet(
                        () -> {
                            var wrong = page.say("check.day.wrong", standings.today().toString());
                            return show(
                                    422,
                                    page,
                                    secret,
                                    false,
                                    List.of(new Wrong("until", wrong)),
                                    Map.of("until", until));
                        });
    }

    private Response places(Page page, String secret, String free, String wait) {
        var errors = new ArrayList<Wrong>();
        var places = Told.number(free);
        var days = Told.number(wait);
        if (!places.isUnderstood()) {
            errors.add(new Wrong("free", page.say("check.number.wrong")));
        }
        if (!days.isUnderstood()) {
            errors.add(new Wrong("wait", page.say("check.number.wrong")));
        }
        return errors.isEmpty()
                ? back(page, secret, links.tell(secret, Told.found(places), Told.found(days)))
                : show(422, page, secret, false, errors, Map.of("free", free, "wait", wait));
    }

    private Response tell(Page page, String secret, String words) {
        if (words.isEmpty()) {
            var wrong = new Wrong("words", page.say("wrong.missing"));
            return show(422, page, secret, false, List.of(wrong), Map.of());
        }
        if (!(links.find(secret) instanceof Found.Open(var listing, _))) {
            return back(page, secret, false);
        }
        return corrections.hearByLink(Acting.node(), listing.id(), words)
                ? back(page, secret, true)
                : pages.show(503, Pages.Keep.NOWHERE, page, "listing/wrong-phone", Map.of());
    }

    /// The window says nothing of which service it is.
    private Page open(String lang, String secret) {
        return pages.open(lang, "check/" + secret).inPrivate();
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
