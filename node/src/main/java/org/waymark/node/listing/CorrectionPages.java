// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.listing.Corrections.Heard;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;

/// "Is something wrong here?" A visitor says so without a name, and reads the answer by a code.
/// What they write is a task for the owner of the listing; nothing here is kept by browsers.
@Path(Page.LANGUAGE)
public final class CorrectionPages {

    private final Pages pages;
    private final Listings listings;
    private final Corrections corrections;

    public CorrectionPages(Pages pages, Listings listings, Corrections corrections) {
        this.pages = pages;
        this.listings = listings;
        this.corrections = corrections;
    }

    @GET
    @Path("s/{id}/wrong")
    public Response ask(@PathParam("lang") String lang, @PathParam("id") UUID id) {
        return form(200, lang, id, List.of());
    }

    @POST
    @Path("s/{id}/wrong")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response tell(
            @PathParam("lang") String lang,
            @PathParam("id") UUID id,
            @FormParam("words") String words) {
        var page = open(lang, "s/" + id + "/wrong");
        if (words == null || words.isBlank()) {
            return form(422, lang, id, List.of(new Wrong("words", page.say("wrong.missing"))));
        }
        return switch (corrections.hear(new ListingId(id), words)) {
            case Heard.Noted(var code) ->
                    pages.show(
                            Pages.Keep.NOWHERE, page, "listing/wrong-told", Map.of("code", code));
            case Heard.PhoneUs _ ->
                    pages.show(503, Pages.Keep.NOWHERE, page, "listing/wrong-phone", Map.of());
            case Heard.NotFound _ -> throw new NotFoundException();
        };
    }

    @GET
    @Path("wrong")
    public Response askForCode(@PathParam("lang") String lang) {
        return pages.show(
                Pages.Keep.NOWHERE,
                open(lang, "wrong"),
                "listing/wrong-answer",
                Map.of("found", Optional.empty(), "asked", false));
    }

    /// A code in an address would stay in the history of a shared phone.
    @POST
    @Path("wrong")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(@PathParam("lang") String lang, @FormParam("code") String code) {
        var found = corrections.findByCode(code == null ? "" : code);
        return pages.show(
                found.isPresent() ? 200 : 404,
                Pages.Keep.NOWHERE,
                open(lang, "wrong"),
                "listing/wrong-answer",
                Map.of("found", found, "asked", true));
    }

    private Response form(int status, String lang, UUID id, List<Wrong> errors) {
        var page = open(lang, "s/" + id + "/wrong");
        return switch (listings.visit(new ListingId(id))) {
            case Listings.Visit.Shown(var listing) ->
                    pages.show(
                            status,
                            Pages.Keep.NOWHERE,
                            page,
                            "listing/wrong-form",
                            Map.of("listing", listing, "errors", errors));
            case Listings.Visit.Closed _, Listings.Visit.PassedOn _, Listings.Visit.Missing _ ->
                    throw new NotFoundException();
        };
    }

    private Page open(String lang, String path) {
        return pages.open(lang, path).inPrivate();
    }
}
