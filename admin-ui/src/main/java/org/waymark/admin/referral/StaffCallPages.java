// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Call;
import org.waymark.node.referral.Calls;

/// `POST /admin/referrals/call`: what came of a call about a listing, in one tap, before anything
/// is written about a person.
@Path("/admin/referrals")
public final class StaffCallPages {

    private final Calls calls;
    private final Desk desk;

    public StaffCallPages(Domains domains, Desk desk) {
        this.calls = domains.referrals().calls();
        this.desk = desk;
    }

    /// @param before the calls already made for the same person
    @POST
    @Path("call")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response call(
            @Context ContainerRequestContext request,
            @QueryParam("listing") UUID listing,
            @QueryParam("call") List<UUID> before,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var fields = new Fields(form);
        var result = fields.choice("result", Call.Result.class).orElseThrow(NotFoundException::new);
        var call =
                calls.record(sheet.acting(Purpose.HELP), new ListingId(listing), result)
                        .orElseThrow(NotFoundException::new);
        return fields.isTicked("stay")
                ? Sheet.to("/admin/listings/" + listing, "referral-call")
                : Sheet.to(
                        writing(
                                listing,
                                Stream.concat(before.stream(), Stream.of(call.id().value()))
                                        .toList()),
                        "referral-call");
    }

    /// Where a request to this listing is written after these calls.
    static String writing(UUID listing, List<UUID> calls) {
        return StaffReferralPages.LIST + "/new?" + parameters(listing, calls);
    }

    /// The listing and the calls, as every address of the writing carries them.
    static String parameters(UUID listing, List<UUID> calls) {
        return "listing="
                + listing
                + calls.stream().map(id -> "&call=" + id).collect(Collectors.joining());
    }
}
