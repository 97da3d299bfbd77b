// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingIndex;
import org.waymark.node.listing.SearchForm;

/// `/admin/find`: help for a person, among our listings and the partners'. The words are posted, so
/// that they stand in no history and no log.
@Path("/admin/find")
public final class StaffFindPages {

    private final ListingIndex index;
    private final Desk desk;

    public StaffFindPages(Domains domains, Desk desk) {
        this.index = domains.listingIndex();
        this.desk = desk;
    }

    @GET
    public Response open(@Context ContainerRequestContext request) {
        return show(desk.open(request, "referrals"), new MultivaluedHashMap<>());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response find(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        return show(desk.open(request, "referrals"), form);
    }

    private Response show(Sheet sheet, MultivaluedMap<String, String> form) {
        var query = SearchForm.read(form, sheet.page().language().tag());
        return sheet.show("listing/find", Map.of("query", query, "hits", index.search(query)));
    }
}
