// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.peer.AgreementDocument;
import org.waymark.node.peer.FocalPoint;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.privacy.Purpose;

/// Whom to call at a partner: the focal points of the agreement both have signed.
final class Phones {

    private final Domains domains;

    Phones(Domains domains) {
        this.domains = domains;
    }

    /// Those who answer for referrals.
    List<FocalPoint> ofPartner(Sheet sheet, URI partner) {
        return of(sheet, partner, List.of(Duty.REFERRAL, Duty.DEPUTY));
    }

    /// Those who answer for people in danger and for children.
    List<FocalPoint> forProtection(Sheet sheet, URI partner) {
        return of(sheet, partner, List.of(Duty.CHILD_PROTECTION, Duty.REFERRAL));
    }

    /// Our own, when there is no partner to ask.
    Optional<FocalPoint> ours(Sheet sheet, Duty duty) {
        return domains
                .focalPoints()
                .list(sheet.acting(Purpose.PARTNERSHIP), sheet.staff().organization())
                .stream()
                .filter(point -> point.duty() == duty)
                .findFirst();
    }

    private List<FocalPoint> of(Sheet sheet, URI partner, List<Duty> duties) {
        var points =
                domains.agreements()
                        .find(
                                sheet.acting(Purpose.PARTNERSHIP),
                                sheet.staff().organization(),
                                partner)
                        .flatMap(
                                agreement -> agreement.theirs().map(AgreementDocument::focalPoints))
                        .orElse(List.of());
        return duties.stream()
                .flatMap(duty -> points.stream().filter(point -> point.duty() == duty))
                .toList();
    }
}
