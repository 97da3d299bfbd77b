// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.waymark.node.listing.ListingIndex;
import org.waymark.node.listing.SearchForm;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// `/{lang}/map`: what a search finds, as a sketch with a list beside it. The search comes by POST,
/// as for the list, and is kept nowhere.
@Path(Page.LANGUAGE + "/map")
public final class MapPages {

    // What fits into the first response with its list.
    private static final int MOST = 50;

    /// What a search form sends, and what goes back with "to the list".
    private static final List<String> FIELDS =
            List.of(
                    "q",
                    "topic",
                    "term",
                    "language",
                    "open",
                    "free",
                    "step-free",
                    "referrals",
                    "age",
                    "access",
                    "situation",
                    "near",
                    "postcode",
                    "within",
                    "order",
                    "pick");

    private static final int LONGEST = 200;

    private final Pages pages;
    private final ListingIndex index;
    private final Clock clock;

    public MapPages(Pages pages, ListingIndex index, Clock clock) {
        this.pages = pages;
        this.index = index;
        this.clock = clock;
    }

    /// Everything, for who comes by the address alone.
    @GET
    public Response all(@PathParam("lang") String lang) {
        return search(lang, new MultivaluedHashMap<>());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response search(@PathParam("lang") String lang, MultivaluedMap<String, String> form) {
        var page = pages.open(lang, "map").inPrivate();
        var hits = index.search(SearchForm.read(form, page.language().tag()), MOST);
        var sketch = Sketch.of(hits.listings());
        return pages.show(
                Pages.Keep.NOWHERE,
                page,
                "map/map",
                Map.of(
                        "words",
                        new MapWords(page, sketch, clock.instant()),
                        "shown",
                        hits.listings().size(),
                        "total",
                        hits.total(),
                        "fields",
                        fields(form)));
    }

    private static Map<String, List<String>> fields(MultivaluedMap<String, String> form) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (var name : FIELDS) {
            var values =
                    form.getOrDefault(name, List.of()).stream()
                            .filter(it -> !it.isBlank() && it.length() <= LONGEST)
                            .limit(20)
                            .toList();
            if (!values.isEmpty()) {
                fields.put(name, values);
            }
        }
        return fields;
    }
}
