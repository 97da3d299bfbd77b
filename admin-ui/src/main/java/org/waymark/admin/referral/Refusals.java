// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.referral.MoveOutcome.Why;

/// The page that says why nothing was done, and whom to call instead. A 409, as for programs.
final class Refusals {

    private final Phones phones;

    Refusals(Domains domains) {
        this.phones = new Phones(domains);
    }

    Response show(Sheet sheet, Why why, URI partner, String back) {
        var protection = why == Why.PROTECTION_BY_PHONE;
        List<FocalPoint> whom =
                protection
                        ? phones.forProtection(sheet, partner)
                        : phones.ofPartner(sheet, partner);
        if (whom.isEmpty()) {
            whom = phones.ours(sheet, Duty.CHILD_PROTECTION).stream().toList();
        }
        return sheet.show(
                409,
                "referral/refused",
                Map.of("code", why.code(), "protection", protection, "phones", whom, "back", back));
    }
}
