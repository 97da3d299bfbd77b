// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Households;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;

/// `/admin/household`: one form for people who live together, from which each service gets a
/// request of its own. Reached by ticking services; all of it is posted.
@Path("/admin/household")
public final class StaffHouseholdPages {

    private final Domains domains;
    private final Households households;
    private final Desk desk;
    private final Refusals refusals;

    public StaffHouseholdPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.households = domains.households();
        this.desk = desk;
        this.refusals = new Refusals(domains);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var listings = listings(sheet, form);
        return listings.isEmpty()
                ? Sheet.to("/admin/suggest", "nothing-ticked")
                : form(
                        200,
                        sheet,
                        listings,
                        new Fields(form),
                        leftOut(sheet, listings, form),
                        List.of());
    }

    @POST
    @Path("write")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response write(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var listings = listings(sheet, form);
        if (listings.isEmpty()) {
            return Sheet.to("/admin/suggest", "nothing-ticked");
        }
        var fields = new Fields(form);
        var leftOut = leftOut(sheet, listings, form);
        if (!leftOut.isEmpty()) {
            return form(422, sheet, listings, fields, leftOut, List.of());
        }
        var filled = HouseholdForm.read(listings, fields, sheet.page());
        if (filled.household().isEmpty()) {
            return form(422, sheet, listings, fields, filled.errors(), List.of());
        }
        var alike =
                fields.isTicked("really")
                        ? List.<Referral>of()
                        : households.alike(sheet.acting(Purpose.HELP), filled.household().get());
        if (!alike.isEmpty()) {
            return form(409, sheet, listings, fields, List.of(), alike);
        }
        var written = households.write(sheet.acting(Purpose.HELP), filled.household().get());
        var byPhone =
                written.stream()
                        .anyMatch(
                                it ->
                                        it.outcome() instanceof MoveOutcome.Refused(var why)
                                                && why == Why.PROTECTION_BY_PHONE);
        if (byPhone
                && written.stream().noneMatch(it -> it.outcome() instanceof MoveOutcome.Moved)) {
            var own = domains.baseUrl().resolve("/");
            return refusals.show(sheet, Why.PROTECTION_BY_PHONE, own, "/admin/suggest");
        }
        return sheet.show(
                "referral/household-written", Map.of("written", written, "listings", listings));
    }

    /// The yes of one adult, who was asked alone.
    @POST
    @Path("{id}/agree")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response agree(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var fields = new Fields(form);
        var here = StaffReferralPages.LIST + "/" + id;
        var outcome =
                households.agree(
                        sheet.acting(Purpose.HELP),
                        new ReferralId(id),
                        fields.text("member"),
                        StaffReferralMoves.spoken(fields, domains.clock().instant(), sheet.zone()));
        return switch (outcome) {
            case MoveOutcome.Moved _, MoveOutcome.AlreadyThere _ ->
                    Sheet.to(here, "household-agreed");
            case MoveOutcome.NotAllowed _ -> Sheet.to(here, "too-late");
            case MoveOutcome.NotFound _ -> throw new NotFoundException();
            case MoveOutcome.Refused(var why) ->
                    refusals.show(sheet, why, domains.baseUrl().resolve("/"), here);
        };
    }

    /// The no of one adult to this service, which says nothing about the others.
    @POST
    @Path("{id}/decline")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decline(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var here = StaffReferralPages.LIST + "/" + id;
        var outcome =
                households.decline(
                        sheet.acting(Purpose.HELP),
                        new ReferralId(id),
                        new Fields(form).text("member"));
        return switch (outcome) {
            case MoveOutcome.Moved _, MoveOutcome.AlreadyThere _ ->
                    Sheet.to(here, "household-declined");
            case MoveOutcome.NotAllowed _ -> Sheet.to(here, "too-late");
            case MoveOutcome.NotFound _ -> throw new NotFoundException();
            case MoveOutcome.Refused(var why) ->
                    refusals.show(sheet, why, domains.baseUrl().resolve("/"), here);
        };
    }

    /// Takes one out of all the requests of the household, after showing what that ends.
    @POST
    @Path("{id}/leave")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response leave(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var acting = sheet.acting(Purpose.HELP);
        var referral = new ReferralId(id);
        var member = new Fields(form).text("member");
        if (!new Fields(form).isTicked("sure")) {
            var would =
                    households
                            .leaving(acting, referral, member)
                            .orElseThrow(NotFoundException::new);
            return sheet.show(
                    "referral/household-leaving",
                    Map.of("left", would, "id", id.toString(), "member", member));
        }
        var left = households.leave(acting, referral, member).orElseThrow(NotFoundException::new);
        return sheet.show("referral/household-left", Map.of("left", left, "id", id.toString()));
    }

    /// Says that a service is missing which was ticked, or was there when the form was opened.
    private static List<Wrong> leftOut(
            Sheet sheet, List<Listing> listings, MultivaluedMap<String, String> form) {
        return StaffSuggestPages.ticked(form).size() > listings.size()
                ? List.of(new Wrong("name-A", sheet.page().say("staff.household.left-out")))
                : List.of();
    }

    private List<Listing> listings(Sheet sheet, MultivaluedMap<String, String> form) {
        var acting = sheet.acting(Purpose.HELP);
        return StaffSuggestPages.ticked(form).stream()
                .flatMap(it -> domains.listings().find(acting, it).stream())
                .filter(it -> domains.referrals().whomToAsk(acting, it).isPresent())
                .limit(HouseholdForm.MOST_SERVICES)
                .toList();
    }

    private static Response form(
            int status,
            Sheet sheet,
            List<Listing> listings,
            Fields fields,
            List<Wrong> errors,
            List<Referral> alike) {
        return sheet.show(
                status,
                "referral/household",
                Map.of("listings", listings, "fields", fields, "errors", errors, "alike", alike));
    }
}
