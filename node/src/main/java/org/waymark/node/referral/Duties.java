// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.ReferralEvent.Kind;

/// What staff still have to do about referrals, and that they have done it.
public final class Duties {

    // 24 h: referral.md, Consent.
    static final Duration REVIEW_WITHIN = Duration.ofHours(24);
    private static final int LONGEST_LIST = 500;

    private final Database database;
    private final Access access;
    private final CaseFiles files;
    private final Moves moves;
    private final Clock clock;
    private final ReferralTable table = new ReferralTable();
    private final DutyTable duties = new DutyTable();

    Duties(Database database, Access access, CaseFiles files, Moves moves, Clock clock) {
        this.database = database;
        this.access = access;
        this.files = files;
        this.moves = moves;
        this.clock = clock;
    }

    /// The organisation's, the most urgent first.
    public List<Duty> list(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(
                tx -> duties(tx, duties.list(tx, acting.organization(), LONGEST_LIST)));
    }

    /// Those of one referral.
    public List<Duty> list(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(
                tx ->
                        duties(tx, duties.list(tx, id)).stream()
                                .filter(
                                        it ->
                                                it.referral()
                                                        .organization()
                                                        .equals(acting.organization()))
                                .toList());
    }

    private List<Duty> duties(Transaction tx, List<DutyTable.Open> open) {
        return open.stream()
                .flatMap(
                        it ->
                                table.find(tx, it.referral()).stream()
                                        .map(
                                                referral ->
                                                        new Duty(
                                                                referral,
                                                                it.kind(),
                                                                it.since(),
                                                                it.due())))
                .toList();
    }

    /// "Still going", to the monthly question. Helped and not helped are endings, see [Referrals].
    public MoveOutcome stillGoing(Acting acting, ReferralId id) {
        return done(acting, id, Duty.Kind.STILL_GOING, Kind.STILL_GOING);
    }

    /// A second person has looked at what one did alone because of danger to life.
    public MoveOutcome review(Acting acting, ReferralId id) {
        return done(acting, id, Duty.Kind.REVIEW, Kind.REVIEWED);
    }

    /// Somebody asked the person by the safe contact whether it was they who stopped it.
    public MoveOutcome checkedOnPerson(Acting acting, ReferralId id) {
        return done(acting, id, Duty.Kind.CHECK_ON_PERSON, Kind.CALL_REACHED);
    }

    private MoveOutcome done(Acting acting, ReferralId id, Duty.Kind duty, Kind line) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    table.lock(tx, id);
                    var found =
                            table.find(tx, id)
                                    .filter(it -> it.organization().equals(acting.organization()));
                    if (found.isEmpty()) {
                        return new MoveOutcome.NotFound(id);
                    }
                    var ours = found.get();
                    if (duty == Duty.Kind.REVIEW && hasActed(tx, acting, ours)) {
                        return new MoveOutcome.Refused(MoveOutcome.Why.SECOND_PERSON);
                    }
                    if (!duties.done(tx, id, duty)) {
                        return new MoveOutcome.AlreadyThere(ours);
                    }
                    moves.note(tx, acting, ours, line);
                    return new MoveOutcome.Moved(ours);
                });
    }

    private boolean hasActed(Transaction tx, Acting acting, Referral ours) {
        return files.history(tx, ours).stream()
                .filter(it -> it.kind() == Kind.CONSENT || it.kind() == Kind.SEND)
                .anyMatch(it -> it.account().filter(acting.account()::equals).isPresent());
    }

    /// What one worker does alone because of danger to life waits for a second from now on.
    void awaitReview(Transaction tx, Referral ours) {
        duties.open(tx, ours, Duty.Kind.REVIEW, clock.instant().plus(REVIEW_WITHIN));
    }

    /// Whoever took it, and has no node, was asked whether they are in touch with the person.
    void phoned(Transaction tx, Referral ours) {
        duties.done(tx, ours.id(), Duty.Kind.FIRST_CONTACT);
    }

    /// The person was asked again.
    void consented(Transaction tx, Referral ours) {
        duties.done(tx, ours.id(), Duty.Kind.CONSENT);
    }

    /// Opens one for staff.
    void open(Transaction tx, Referral ours, Duty.Kind kind, Duration within) {
        duties.open(tx, ours, kind, clock.instant().plus(within));
    }
}
