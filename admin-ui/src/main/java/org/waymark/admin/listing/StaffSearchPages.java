// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.SearchWords;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.listing.handout.HandOutCounts;
import org.waymark.node.privacy.Purpose;

/// `/admin/search`: words that mean the same here, and what people looked for and did not find.
@Path("/admin/search")
public final class StaffSearchPages {

    private static final String SECTION = "listings";
    private static final String PAGE = "/admin/search";

    private final SearchWords words;
    private final UnmetNeeds unmet;
    private final HandOutCounts handOuts;
    private final Desk desk;

    public StaffSearchPages(Domains domains, Desk desk) {
        this.words = domains.searchWords();
        this.unmet = domains.unmetNeeds();
        this.handOuts = domains.handOutCounts();
        this.desk = desk;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                "listing/search",
                Map.of(
                        "lines",
                        words.list(acting),
                        "needs",
                        unmet.list(acting),
                        "names",
                        words.names(acting),
                        "handOuts",
                        handOuts.list(acting)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var fields = new Fields(form);
        var language =
                desk.pages().languages().find(fields.text("language")).isPresent()
                        ? fields.text("language")
                        : "";
        var added =
                words.add(sheet.acting(Purpose.DIRECTORY), language, fields.text("words", 1_000));
        return Sheet.to(PAGE, added ? "search-words" : "search-words-few");
    }

    @POST
    @Path("{id}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response remove(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        words.remove(sheet.acting(Purpose.DIRECTORY), id);
        return Sheet.to(PAGE, "search-words");
    }
}
