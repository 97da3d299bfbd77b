// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.oversight.DataRequest;
import org.waymark.node.person.PersonDesk.Waiting;
import org.waymark.node.privacy.Purpose;

/// What people wrote behind their help codes and still waits, for the start page.
public final class PersonTasks implements StaffStartPages.Tasks {

    // A month, counted short: what the law gives for a correction or an erasure.
    private static final Duration MONTH = Duration.ofDays(28);

    // A day: then a message that a colleague leaves unread is everybody's.
    private static final Duration OTHERS_WAIT = Duration.ofDays(1);

    private final Domains domains;

    public PersonTasks(Domains domains) {
        this.domains = domains;
    }

    @Override
    public List<Task> of(Sheet sheet) {
        if (!sheet.may(Right.SEE_REFERRALS)) {
            return List.of();
        }
        var care = domains.handlers().care(sheet.acting(Purpose.HELP));
        var late = domains.clock().instant().minus(OTHERS_WAIT);
        // What has a clock of the law stands there once, with that clock.
        var asked = domains.dataRequests().listOpen(sheet.acting(Purpose.HELP));
        return domains.personDesk().waiting(sheet.acting(Purpose.HELP)).stream()
                .filter(it -> asked.stream().noneMatch(one -> isAbout(one, it)))
                .filter(it -> care.isMine(it.referral()) || it.since().isBefore(late))
                .map(it -> task(sheet, it))
                .toList();
    }

    private static boolean isAbout(DataRequest asked, Waiting waiting) {
        return asked.referral().filter(waiting.referral()::equals).isPresent()
                && DataRequest.Kind.of(waiting.kind()).filter(asked.kind()::equals).isPresent();
    }

    private static Task task(Sheet sheet, Waiting waiting) {
        var page = sheet.page();
        var right = waiting.kind().isRight();
        Instant due = right ? waiting.since().plus(MONTH) : waiting.since();
        return new Task(
                due,
                "wait",
                "speak",
                page.say("staff.person.kind." + Fields.word(waiting.kind())),
                page.say("staff.person.waits"),
                right
                        ? page.say("staff.person.by", sheet.day(due))
                        : page.say("staff.person.since", sheet.when(waiting.since())),
                StaffReferralPages.LIST + "/" + waiting.referral() + "#person");
    }
}
