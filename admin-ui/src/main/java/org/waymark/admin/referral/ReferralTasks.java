// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.util.List;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Purpose;

/// Referrals that wait for us, for the start page.
public final class ReferralTasks implements StaffStartPages.Tasks {

    private final Domains domains;

    public ReferralTasks(Domains domains) {
        this.domains = domains;
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.SEE_REFERRALS)) {
            return List.of();
        }
        var now = domains.clock().instant();
        return domains.referrals().list(sheet.acting(Purpose.HELP)).stream()
                .map(referral -> ReferralEntry.of(sheet, referral, now))
                .filter(ReferralEntry::ourTurn)
                .map(entry -> task(sheet, entry))
                .toList();
    }

    private static Task task(Sheet sheet, ReferralEntry entry) {
        var referral = entry.referral();
        return new Task(
                entry.clockAt(),
                entry.kind(),
                entry.icon(),
                entry.word(),
                sheet.page()
                        .say(
                                entry.isIncoming() ? "staff.referral.from" : "staff.referral.to",
                                referral.partnerName()),
                entry.clock(),
                StaffReferralPages.LIST + "/" + referral.id());
    }
}
