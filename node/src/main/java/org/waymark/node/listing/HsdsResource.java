// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.waymark.node.http.BaseUrl;

/// `/hsds/`: the directory for other programs, as HSDS 3.1 with our Profile's additions, and below
/// `/hsds/oruk/` as Open Referral UK. Open to everyone, from any origin.
///
/// What can be asked is a table: [HsdsKind] and [HsdsParameter]. The description of the interface
/// is made from it.
@Path("/hsds")
@Produces({"application/json", "application/x-ndjson"})
public final class HsdsResource {

    private final HsdsAnswers hsds;
    private final HsdsAnswers uk;
    private final BaseUrl baseUrl;

    public HsdsResource(HsdsCatalogue catalogue, BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
        this.hsds = new HsdsAnswers(catalogue, baseUrl, HsdsView.HSDS);
        this.uk = new HsdsAnswers(catalogue, baseUrl, HsdsView.OPEN_REFERRAL_UK);
    }

    @GET
    public Response about() {
        return hsds.about();
    }

    @GET
    @Path("openapi.json")
    public Response openApi() {
        return hsds.openApi();
    }

    /// Our additions to HSDS, as JSON Schemas to merge into its own.
    @GET
    @Path("profile.json")
    public Response profile() {
        return HsdsAnswers.open(HsdsProfile.document(baseUrl));
    }

    @GET
    @Path("{kind}")
    public Response list(@PathParam("kind") String kind, @Context UriInfo address) {
        return hsds.list(kind, address.getQueryParameters());
    }

    /// The same by POST, as the reference has it: what is looked for stands in no address then.
    @POST
    @Path("{kind}")
    @Consumes("*/*")
    public Response listPosted(@PathParam("kind") String kind, @Context UriInfo address) {
        return hsds.list(kind, address.getQueryParameters());
    }

    @POST
    @Path("{kind}")
    @Consumes("application/x-www-form-urlencoded")
    public Response listPosted(
            @PathParam("kind") String kind,
            @Context UriInfo address,
            @Nullable MultivaluedMap<String, String> form) {
        return hsds.list(kind, both(address, form));
    }

    @GET
    @Path("{kind}/{id}")
    public Response one(
            @PathParam("kind") String kind, @PathParam("id") String id, @Context UriInfo address) {
        return hsds.one(kind, id, address.getQueryParameters());
    }

    @GET
    @Path("oruk")
    public Response aboutUk() {
        return uk.about();
    }

    @GET
    @Path("oruk/openapi.json")
    public Response openApiUk() {
        return uk.openApi();
    }

    @GET
    @Path("oruk/{kind}")
    public Response listUk(@PathParam("kind") String kind, @Context UriInfo address) {
        return uk.list(kind, address.getQueryParameters());
    }

    @GET
    @Path("oruk/{kind}/{id}")
    public Response oneUk(
            @PathParam("kind") String kind, @PathParam("id") String id, @Context UriInfo address) {
        return uk.one(kind, id, address.getQueryParameters());
    }

    private static MultivaluedMap<String, String> both(
            UriInfo address, @Nullable MultivaluedMap<String, String> form) {
        var all = new MultivaluedHashMap<>(address.getQueryParameters());
        // There is none where nothing was posted.
        if (form != null) {
            form.forEach(all::put);
        }
        return all;
    }
}
