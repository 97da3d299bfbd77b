// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import gg.jte.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Word;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Urgency;

/// A referral in a list: with whom, where it stands, what its clock says, and whether it is our
/// turn. Nothing about the person.
///
/// @param kind how its state looks: `ok`, `wait`, `danger` or `info`
/// @param clockAt by when, or since when; lists are in this order
public record ReferralEntry(
        Referral referral,
        String kind,
        String icon,
        Content word,
        Content clock,
        Instant clockAt,
        boolean ourTurn,
        boolean open) {

    // 7 days: referral.md, Clocks.
    private static final Duration FIRST_CONTACT = Duration.ofDays(7);

    static ReferralEntry of(Sheet sheet, Referral referral, Instant now) {
        var page = sheet.page();
        var state = referral.effectiveState();
        var overdue = referral.noAnswerSince(now);
        var limit = referral.respondBy().orElse(referral.changedAt());
        Content clock =
                overdue.isPresent()
                        ? page.say("staff.clock.overdue", sheet.day(overdue.get().minusSeconds(1)))
                        : isUnanswered(state) && referral.respondBy().isPresent()
                                ? page.say("staff.clock.until", sheet.day(limit.minusSeconds(1)))
                                : page.say("staff.clock.changed", sheet.day(referral.changedAt()));
        return new ReferralEntry(
                referral,
                overdue.isPresent() ? "danger" : kind(referral.word()),
                overdue.isPresent() ? "alert" : icon(referral.word()),
                page.say("staff.word." + Fields.word(referral.word())),
                clock,
                due(sheet, referral),
                isOurTurn(referral, now),
                state.isOpen());
    }

    /// When it should be done: a draft as soon as its answer is needed, a first contact within a
    /// week of the yes.
    private static Instant due(Sheet sheet, Referral referral) {
        return switch (referral.state()) {
            case DRAFT -> referral.urgency().respondBy(referral.createdAt(), sheet.zone());
            case ACCEPTED -> referral.changedAt().plus(FIRST_CONTACT);
            case SENT, RECEIVED, INFO_NEEDED -> referral.respondBy().orElse(referral.changedAt());
            case WAITLISTED,
                    IN_PROGRESS,
                    ON_HOLD,
                    DECLINED,
                    COMPLETED,
                    UNSUCCESSFUL,
                    CANCELLED,
                    WITHDRAWN,
                    ENTERED_IN_ERROR ->
                    referral.changedAt();
        };
    }

    static boolean isUnanswered(State state) {
        return state == State.SENT || state == State.RECEIVED || state == State.INFO_NEEDED;
    }

    private static boolean isOurTurn(Referral referral, Instant now) {
        var state = referral.state();
        return switch (referral.side()) {
            case SENDER ->
                    state == State.DRAFT
                            || state == State.INFO_NEEDED
                            || referral.contactWaits()
                            || referral.noAnswerSince(now).isPresent();
            case RECEIVER ->
                    state == State.SENT
                            || state == State.RECEIVED
                            || state == State.WAITLISTED
                            || state == State.ACCEPTED;
        };
    }

    /// Whether it is everybody's, whoever takes care of it, who may be ill: what should have been
    /// done by now, or has no day of its own and waits for three; and at once what somebody waits
    /// for today, a question to us, and a yes whose contact data has not gone.
    boolean isForAll(Instant now, ZoneId zone) {
        var limit =
                clockAt.equals(referral.changedAt())
                        ? Urgency.THREE_DAYS.respondBy(clockAt, zone)
                        : clockAt;
        var isAsked = !isIncoming() && referral.state() == State.INFO_NEEDED;
        return limit.isBefore(now)
                || referral.urgency() == Urgency.TODAY
                || isAsked
                || !isIncoming() && referral.contactWaits();
    }

    public boolean isIncoming() {
        return referral.side() == Side.RECEIVER;
    }

    /// Whether the three answers can be given now.
    public boolean isAnswerable() {
        return isIncoming()
                && (isUnanswered(referral.state()) || referral.state() == State.WAITLISTED);
    }

    private static String kind(Word word) {
        return switch (word) {
            case YES, FINISHED -> "ok";
            case WAITING, QUESTION, DRAFT -> "wait";
            case NO, GONE -> "info";
        };
    }

    private static String icon(Word word) {
        return switch (word) {
            case YES, FINISHED -> "check";
            case WAITING, DRAFT -> "wait";
            case QUESTION -> "speak";
            case NO, GONE -> "stop";
        };
    }
}
