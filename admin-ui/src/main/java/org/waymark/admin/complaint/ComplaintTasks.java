// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.complaint;

import java.util.List;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.complaint.Complaint;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Purpose;

/// Complaints without an answer, on the start page of those who take them and of nobody else.
public final class ComplaintTasks implements StaffStartPages.Tasks {

    private final Domains domains;

    public ComplaintTasks(Domains domains) {
        this.domains = domains;
    }

    @Override
    public List<Task> of(Sheet sheet) {
        var acting = sheet.acting(Purpose.OVERSIGHT);
        if (!domains.complaints().mayRead(acting)) {
            return List.of();
        }
        return domains.complaints().list(acting).stream()
                .filter(it -> it.answer().isEmpty())
                .map(it -> task(sheet, it))
                .toList();
    }

    private Task task(Sheet sheet, Complaint complaint) {
        var late = complaint.answerBy().isBefore(domains.clock().instant());
        var page = sheet.page();
        return new Task(
                complaint.answerBy(),
                late ? "danger" : "wait",
                late ? "alert" : "clock",
                page.say("staff.complaint.answer-by", sheet.when(complaint.answerBy())),
                page.say("staff.complaint.title"),
                page.say(
                        "complaint.about."
                                + complaint.about().name().toLowerCase(java.util.Locale.ROOT)),
                StaffComplaintPages.LIST + "/" + complaint.id());
    }
}
