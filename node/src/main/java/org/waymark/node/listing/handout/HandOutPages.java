// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.handout;

import gg.jte.Content;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Exposure;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Picks;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Way;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// `/{lang}/hand-out/{places}`: the ticked places on one page. Making one needs no account and
/// leaves nothing but a count.
@Path(Page.LANGUAGE + "/hand-out")
public final class HandOutPages {

    private final Pages pages;
    private final Listings listings;
    private final BaseUrl baseUrl;
    private final HandOutCounts counts;
    private final Optional<Danger> danger;
    private final Clock clock;

    /// The number to call in danger, as the country file has it.
    public record Danger(String number, LocalDate checked) {}

    /// A place that is gone: what it was, and what became of it.
    public record Gone(Content name, Content what) {}

    /// @param danger empty when nobody has checked one for this country; the page then leads to
    ///   `/now`
    public HandOutPages(
            Pages pages,
            Listings listings,
            BaseUrl baseUrl,
            HandOutCounts counts,
            Optional<Danger> danger,
            Clock clock) {
        this.pages = pages;
        this.listings = listings;
        this.baseUrl = baseUrl;
        this.counts = counts;
        this.danger = danger;
        this.clock = clock;
    }

    /// From the boxes to the address. No token: it changes nothing but the count, and not even that
    /// when another site sends it.
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response make(
            @PathParam("lang") String lang,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("same-origin") String from,
            MultivaluedMap<String, String> form) {
        var picks = Picks.of(form);
        var page = pages.open(lang, "hand-out").inPrivate();
        if (picks.ids().isEmpty()) {
            return pages.show(422, Pages.Keep.NOWHERE, page, "handout/empty", Map.of());
        }
        if (from.equals("same-origin")) {
            counts.count();
        }
        var more = Picks.isTooMany(form) ? "?more" : "";
        return Response.seeOther(URI.create(page.href("hand-out/" + picks.path()) + more))
                .header("Cache-Control", "no-store")
                .build();
    }

    /// Somebody came back to the address of the form.
    @GET
    public Response none(@PathParam("lang") String lang) {
        var page = pages.open(lang, "hand-out").inPrivate();
        return pages.show(Pages.Keep.SHARED, page, "handout/empty", Map.of());
    }

    @GET
    @Path("{places}")
    public Response show(
            @PathParam("lang") String lang,
            @PathParam("places") String places,
            @QueryParam("more") @DefaultValue("no") String more) {
        var picks = Picks.parse(places).orElseThrow(NotFoundException::new);
        // The places themselves are public; that somebody put them together is not.
        var page = pages.open(lang, "hand-out/" + picks.path()).inPrivate();
        var shown = new ArrayList<HandOutWords>();
        var gone = new ArrayList<Gone>();
        for (var id : picks.ids()) {
            switch (listings.visit(id)) {
                case Listings.Visit.Shown(var listing) when Exposure.allows(Way.PRINT, listing) -> {
                    shown.add(words(page, listing, picks));
                }
                case Listings.Visit.Closed(var name) ->
                        gone.add(new Gone(read(page, name), page.say("listing.closed")));
                case Listings.Visit.PassedOn(var name, var to, var owner, var isHere) -> {
                    var address = isHere ? page.href(to.toString()) : to.toString();
                    gone.add(
                            new Gone(
                                    read(page, name),
                                    page.say("handout.passed-on", page.anchor(address, owner))));
                }
                case Listings.Visit.Shown _, Listings.Visit.Missing _ ->
                        gone.add(
                                new Gone(
                                        page.say("handout.missing"),
                                        page.say("handout.missing.what")));
            }
        }
        var address = baseUrl.resolve(page.href(page.path())).toString();
        return pages.show(
                shown.isEmpty() ? 410 : 200,
                Pages.Keep.NOWHERE,
                page,
                "handout/hand-out",
                Map.of(
                        "places",
                        shown,
                        "gone",
                        gone,
                        "picks",
                        picks,
                        "tooMany",
                        !more.equals("no"),
                        "address",
                        address,
                        "code",
                        QrCode.of(address),
                        "today",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        "danger",
                        danger));
    }

    private HandOutWords words(Page page, Listing listing, Picks picks) {
        var there =
                pages.languages()
                        .find(listing.name().baseLanguage())
                        .map(language -> pages.open(language, page.path()));
        var rest = picks.without(listing.id());
        return new HandOutWords(
                page,
                there,
                listing,
                listings.outdatedPlaces(listing, page.language().tag()),
                clock.instant(),
                page.href(rest.ids().isEmpty() ? "hand-out" : "hand-out/" + rest.path()));
    }

    private static Content read(Page page, Text name) {
        return name.in(List.of(page.language().tag()))
                .map(found -> page.in(found.language(), found.text()))
                .orElseGet(() -> page.isolated("…"));
    }
}
