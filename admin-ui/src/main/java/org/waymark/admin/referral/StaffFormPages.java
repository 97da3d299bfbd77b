// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.node.extension.Domains;
import org.waymark.node.page.Pieces.Fact;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Side;

/// `/admin/referral-form/{id}`: a request as the inter-agency form on paper, for printing, or for a
/// file by the browser's printing. How to reach the person stands on it only when they agreed to
/// that; the organisation's own number and notes never do.
@Path("/admin/referral-form/{id}")
public final class StaffFormPages {

    private final Domains domains;
    private final Desk desk;

    public StaffFormPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var opened =
                domains.referrals()
                        .find(sheet.acting(Purpose.HELP), new ReferralId(id))
                        .filter(it -> it.referral().side() == Side.SENDER)
                        .filter(it -> it.firstStep().isPresent())
                        .orElseThrow(NotFoundException::new);
        var now = domains.clock().instant();
        var today = LocalDate.ofInstant(now, sheet.zone());
        // On paper goes what would go sealed: nothing while an adult of them has not said yes.
        var isAwaited =
                opened.notes()
                        .flatMap(LocalNotes::household)
                        .filter(it -> !it.awaited(today).isEmpty())
                        .isPresent();
        List<Fact> contact =
                opened.consent()
                        .filter(it -> !isAwaited && it.covers(Consent.Item.CONTACT, today))
                        .filter(_ -> opened.referral().state().isOpen())
                        .flatMap(_ -> opened.contact())
                        .map(it -> Facts.contact(sheet, it))
                        .orElse(List.of());
        return sheet.show(
                "referral/form",
                Map.of(
                        "opened",
                        opened,
                        "need",
                        isAwaited
                                ? List.<Fact>of()
                                : Facts.need(sheet, Side.SENDER, opened.firstStep().get()),
                        "contact",
                        contact,
                        "awaited",
                        isAwaited,
                        "today",
                        now));
    }
}
