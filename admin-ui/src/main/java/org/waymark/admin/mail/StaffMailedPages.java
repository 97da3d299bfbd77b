// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.mail;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
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
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.mailed.Requests;

/// `/admin/mailed/{id}`: the link and the code of a request to an organisation without a node, and
/// the slip to hand over on paper.
@Path("/admin/mailed/{id}")
public final class StaffMailedPages {

    private final Requests requests;
    private final Domains domains;
    private final Desk desk;

    public StaffMailedPages(Domains domains, Desk desk) {
        this.requests = domains.requests();
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        return show(desk.open(request, "referrals"), new ReferralId(id), "");
    }

    /// @param code to read out, shown only now
    private Response show(Sheet sheet, ReferralId id, String code) {
        var acting = sheet.acting(Purpose.HELP);
        var standing = requests.standing(acting, id).orElseThrow(NotFoundException::new);
        return sheet.show(
                "mail/request", Map.of("standing", standing, "code", code, "id", id.toString()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID uuid,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "referrals");
        var acting = sheet.acting(Purpose.HELP);
        var id = new ReferralId(uuid);
        var here = "/admin/mailed/" + uuid;
        return switch (new Fields(form).text("what")) {
            case "link" ->
                    Sheet.to(here, requests.sendLink(acting, id) ? "sent-again" : "too-late");
            case "take-back" -> {
                requests.takeBack(acting, id);
                yield Sheet.to(here, "link-take-back");
            }
            case "code" ->
                    requests.makeCode(acting, id)
                            .map(code -> show(sheet, id, code))
                            .orElseGet(() -> Sheet.to(here, "too-late"));
            case "erased" ->
                    Sheet.to(here, requests.erasedThere(acting, id) ? "saved" : "too-late");
            default -> throw new NotFoundException();
        };
    }

    /// What is handed over on paper: what the link shows, and nothing that tells who the person is.
    @GET
    @Path("slip")
    public Response slip(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, "referrals");
        var opened =
                domains.referrals()
                        .find(sheet.acting(Purpose.HELP), new ReferralId(id))
                        .filter(it -> it.firstStep().isPresent())
                        .orElseThrow(NotFoundException::new);
        return sheet.show("mail/slip", Map.of("opened", opened));
    }
}
