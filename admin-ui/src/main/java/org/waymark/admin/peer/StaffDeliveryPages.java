// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.peer;

import gg.jte.Content;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.exchange.DeliveryState;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Page;
import org.waymark.node.privacy.Purpose;

/// `/admin/deliveries`: sending again, from whichever page shows how something fares.
@Path("/admin/deliveries")
public final class StaffDeliveryPages {

    private final Domains domains;
    private final Desk desk;

    public StaffDeliveryPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.desk = desk;
    }

    @POST
    @Path("again")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response again(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffPartnerPages.SECTION);
        var fields = new Fields(form);
        var back = fields.text("back", 300);
        // Never to another site, and never with anything after the path.
        if (!back.matches("/admin/[a-z]+/[0-9a-f-]{36}")) {
            throw new BadRequestException();
        }
        var acting = sheet.acting(Purpose.PARTNERSHIP);
        var host = fields.text("host", 300);
        if (host.isEmpty()) {
            domains.deliveries().sendAgainAbout(acting, address(fields));
        } else {
            domains.deliveries().sendAgainTo(acting, host);
        }
        return Sheet.to(back, "sent-again");
    }

    private static URI address(Fields fields) {
        try {
            return URI.create(fields.text("about", 1_000));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e);
        }
    }

    /// How far one listing or referral has come with each partner: the newest of each, and whatever
    /// of the others did not arrive.
    public static List<Delivery> about(Domains domains, Sheet sheet, URI subject) {
        if (!sheet.may(Right.SEE_PARTNERS)) {
            return List.of();
        }
        var shown = new ArrayList<Delivery>();
        var seen = new HashSet<String>();
        for (var it : domains.deliveries().about(sheet.acting(Purpose.PARTNERSHIP), subject)) {
            if (seen.add(it.inbox().getRawAuthority()) || isInTrouble(it)) {
                shown.add(it);
            }
        }
        return List.copyOf(shown);
    }

    public static boolean isInTrouble(Delivery it) {
        return it.state() == DeliveryState.GIVEN_UP && !isTakenBack(it)
                || it.state() == DeliveryState.QUEUED && it.failingSince().isPresent();
    }

    /// Whether we do not want it to arrive any more.
    public static boolean isTakenBack(Delivery it) {
        return it.state() == DeliveryState.GIVEN_UP
                && it.code().filter("taken-back"::equals).isPresent();
    }

    /// Why the last attempt failed, in words where we have them.
    public static Content reason(Page page, Delivery it) {
        var code = it.code().orElse("");
        var key = "staff.delivery.code." + code;
        return page.messages().has(key) ? page.say(key) : page.ltr(code);
    }
}
