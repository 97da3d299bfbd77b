// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.start.StaffStartPages;
import org.waymark.admin.start.Task;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Duty;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.team.Care;

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
        var care = domains.handlers().care(sheet.acting(Purpose.HELP));
        var turns =
                domains.referrals().list(sheet.acting(Purpose.HELP)).stream()
                        .map(referral -> ReferralEntry.of(sheet, referral, now))
                        .filter(ReferralEntry::ourTurn)
                        .filter(
                                entry ->
                                        care.isMine(entry.referral().id())
                                                || entry.isForAll(now, sheet.zone()))
                        .map(entry -> task(sheet, entry, care));
        var duties =
                domains.referrals().duties().list(sheet.acting(Purpose.HELP)).stream()
                        .filter(
                                duty ->
                                        isForAnybody(duty.kind())
                                                || care.isMine(duty.referral().id())
                                                || duty.due().isBefore(now))
                        .map(duty -> task(sheet, duty, now));
        return Stream.concat(duties, turns).toList();
    }

    /// What one person's day cannot hold: another must do it, or it cannot wait for who is ill.
    private static boolean isForAnybody(Duty.Kind kind) {
        return switch (kind) {
            case REVIEW, ERASURE, CONSENT, CHECK_ON_PERSON -> true;
            case FIRST_CONTACT, STILL_GOING, NEXT_RECEIVER -> false;
        };
    }

    private static Task task(Sheet sheet, Duty duty, Instant now) {
        var referral = duty.referral();
        var isLate = duty.due().isBefore(now);
        var incoming = referral.side() == Side.RECEIVER;
        return new Task(
                duty.due(),
                isLate ? "danger" : "wait",
                isLate ? "alert" : "wait",
                sheet.page().say(word(duty)),
                sheet.page()
                        .say(
                                incoming ? "staff.referral.from" : "staff.referral.to",
                                referral.partnerName()),
                sheet.page()
                        .say(
                                isLate ? "staff.todo.was-due" : "staff.todo.due",
                                sheet.day(duty.due())),
                StaffReferralPages.LIST + "/" + referral.id());
    }

    /// The message that says what is to be done. Those without a node are asked by us whether they
    /// have been in touch.
    public static String word(Duty duty) {
        var isTheirs =
                duty.kind() == Duty.Kind.FIRST_CONTACT && duty.referral().side() == Side.SENDER;
        return "staff.todo." + Fields.word(duty.kind()) + (isTheirs ? ".theirs" : "");
    }

    private static Task task(Sheet sheet, ReferralEntry entry, Care care) {
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
                care.isForAnother(referral.id())
                        ? output -> {
                            entry.clock().writeTo(output);
                            output.writeContent(" · ");
                            sheet.page().say("staff.team.standing-in").writeTo(output);
                        }
                        : entry.clock(),
                StaffReferralPages.LIST + "/" + referral.id());
    }
}
