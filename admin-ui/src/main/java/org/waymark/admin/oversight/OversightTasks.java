// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.oversight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.Breach;
import org.waymark.node.oversight.DataRequest;
import org.waymark.node.oversight.witness.AuditKeepers;
import org.waymark.node.privacy.Purpose;

/// Breaches and what people ask of their data, by their clocks, for the start page.
public final class OversightTasks implements StaffStartPages.Tasks {

    private static final Duration SOON = Duration.ofDays(7);

    private final Domains domains;

    public OversightTasks(Domains domains) {
        this.domains = domains;
    }

    @Override
    public List<Task> of(Sheet sheet) {
        var tasks = new ArrayList<Task>();
        var acting = sheet.acting(Purpose.OVERSIGHT);
        if (sheet.may(Right.MANAGE_ORGANIZATION)) {
            for (var breach : domains.breaches().listOpen(acting)) {
                for (var whom : breach.waiting()) {
                    tasks.add(task(sheet, breach, whom));
                }
            }
        }
        if (sheet.may(Right.READ_AUDIT) && domains.auditDesk().isInDoubt(acting)) {
            var page = sheet.page();
            tasks.add(
                    new Task(
                            domains.clock().instant(),
                            "danger",
                            "alert",
                            page.say("staff.audit.doubt"),
                            page.say("staff.audit.title"),
                            page.say("staff.audit.doubt.do"),
                            StaffOversightPages.PAGE + "/audit"));
        }
        if (sheet.may(Right.READ_AUDIT) && sheet.may(Right.MANAGE_PEERS)) {
            for (var partner : domains.auditKeepers().list(acting)) {
                if (partner.hasForked()) {
                    tasks.add(task(sheet, partner, "danger", "staff.keepers.task.forked"));
                } else if (partner.asks()) {
                    tasks.add(task(sheet, partner, "wait", "staff.keepers.task.asks"));
                }
            }
        }
        if (sheet.may(Right.WORK_ON_REFERRALS)) {
            domains.dataRequests().listOpen(acting).forEach(it -> tasks.add(task(sheet, it)));
        }
        return tasks;
    }

    private static Task task(
            Sheet sheet, AuditKeepers.Partner partner, String kind, String message) {
        var page = sheet.page();
        var theirs = partner.theirs().orElseThrow();
        return new Task(
                theirs.forkedAt().orElse(theirs.askedAt()),
                kind,
                kind.equals("danger") ? "alert" : "clock",
                page.say(message),
                page.say("staff.keepers.title"),
                page.ltr(partner.peer().name()),
                StaffKeeperPages.PAGE);
    }

    private static Task task(Sheet sheet, Breach breach, Breach.Whom whom) {
        var page = sheet.page();
        return new Task(
                breach.due(whom),
                "danger",
                "alert",
                page.say("staff.breach.tell." + Fields.word(whom)),
                page.say("staff.breach.single"),
                page.say("staff.oversight.until", sheet.when(breach.due(whom))),
                StaffBreachPages.PAGE + "/" + breach.id());
    }

    private Task task(Sheet sheet, DataRequest request) {
        var page = sheet.page();
        Instant soon = domains.clock().instant().plus(SOON);
        return new Task(
                request.dueAt(),
                request.dueAt().isBefore(soon) ? "danger" : "wait",
                "clock",
                page.say("staff.data.kind." + Fields.word(request.kind())),
                page.say("staff.data.single"),
                page.say("staff.oversight.until", sheet.day(request.dueAt())),
                StaffDataPages.PAGE + "/" + request.id());
    }
}
