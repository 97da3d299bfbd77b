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
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.waymark.node.listing.Corrections;
import org.waymark.node.listing.freshness.CheckLinks.Found;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

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
        var page = open(lang, secret);
        return switch (links.find(secret)) {
            case Found.Open(var listing, var until) ->
                    pages.show(
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
                                    done.equals("yes")));
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
        var done =
                switch (text(form, "what")) {
                    case "right" -> links.confirm(secret);
                    case "today" -> links.close(secret, Optional.of(standings.today()));
                    case "closed" -> links.close(secret, date(text(form, "until")));
                    case "open" -> links.close(secret, Optional.empty());
                    case "places" -> links.tell(secret, number(form, "free"), number(form, "wait"));
                    case "wrong" -> tell(page, secret, text(form, "words"));
                    default -> false;
                };
        var back = page.href("check/" + secret) + (done ? "?done=yes" : "");
        return Response.seeOther(URI.create(back)).build();
    }

    private boolean tell(Page page, String secret, String words) {
        return !words.isEmpty()
                && links.find(secret) instanceof Found.Open(var listing, _)
                && corrections.hear(listing.id(), words, page.plain("check.from"))
                        instanceof Corrections.Heard.Noted;
    }

    /// The window says nothing of which service it is.
    private Page open(String lang, String secret) {
        return pages.open(lang, "check/" + secret).inPrivate();
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }

    private static OptionalInt number(MultivaluedMap<String, String> form, String name) {
        var text = text(form, name);
        return text.matches("\\d{1,4}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
