// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.DataRequest.Kind;
import org.waymark.node.oversight.DataRequest.Outcome;
import org.waymark.node.person.PersonDesk;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.team.CaseNotes;

/// What people ask of the data about them, as tasks with the clock of the law: a month, two more
/// when somebody says why.
public final class DataRequests {

    private static final int EXTENDED_MONTHS = 3;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Referrals referrals;
    private final PersonDesk people;
    private final CaseNotes notes;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public DataRequests(
            Database database,
            Access access,
            Audit audit,
            Referrals referrals,
            PersonDesk people,
            CaseNotes notes,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.referrals = referrals;
        this.people = people;
        this.notes = notes;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
    }

    /// @return empty when the referral is not the organisation's
    public Optional<DataRequest> open(Acting acting, Kind kind, Optional<ReferralId> referral) {
        return open(acting, kind, referral, clock.instant());
    }

    /// The same for what came before it was written down here: the clock runs since it came.
    ///
    /// @param askedAt never later than now
    public Optional<DataRequest> open(
            Acting acting, Kind kind, Optional<ReferralId> referral, Instant askedAt) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (referral.isPresent() && referrals.findOwn(acting, referral.get()).isEmpty()) {
            return Optional.empty();
        }
        var now = clock.instant();
        var request =
                DataRequest.asked(
                        ids.get(), kind, referral, askedAt.isAfter(now) ? now : askedAt, zone);
        database.run(
                tx -> {
                    DataRequestTable.add(tx, acting.organization(), request);
                    audit.record(tx, acting, kind.action(), request.id().toString());
                });
        return Optional.of(request);
    }

    /// What is due first stands first; what is settled is among it.
    public List<DataRequest> list(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> DataRequestTable.list(tx, acting.organization()));
    }

    /// What waits, what is due first before the rest.
    public List<DataRequest> listOpen(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> DataRequestTable.listOpen(tx, acting.organization()));
    }

    public Optional<DataRequest> find(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> DataRequestTable.find(tx, acting.organization(), id));
    }

    /// Two months more, once, and only within the first month: the person must hear why by then.
    public boolean extend(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    var found = DataRequestTable.find(tx, acting.organization(), id);
                    var done =
                            found.isPresent()
                                    && DataRequestTable.extend(
                                                    tx,
                                                    acting.organization(),
                                                    id,
                                                    after(found.get().askedAt(), EXTENDED_MONTHS),
                                                    clock.instant())
                                            > 0;
                    if (done) {
                        audit.record(tx, acting, "data-request-extended", id.toString());
                    }
                    return done;
                });
    }

    /// What came of settling one.
    public enum Settled {
        DONE,
        /// It is not there, or somebody settled it already.
        NOT_NOW,
        /// The request for help is open still, so nothing of it is being erased.
        NOT_STOPPED
    }

    /// Notes what was done about it, also on the message that asked for it.
    public Settled settle(Acting acting, UUID id, Outcome outcome) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var found = find(acting, id);
        if (found.isEmpty()) {
            return Settled.NOT_NOW;
        }
        var request = found.get();
        if (outcome == Outcome.DONE && request.kind() == Kind.ERASURE) {
            var isOpen =
                    request.referral()
                            .flatMap(it -> referrals.findOwn(acting, it))
                            .filter(it -> it.state().isOpen())
                            .isPresent();
            if (isOpen) {
                return Settled.NOT_STOPPED;
            }
        }
        return database.write(tx -> settle(acting, tx, request, outcome))
                ? Settled.DONE
                : Settled.NOT_NOW;
    }

    private boolean settle(Acting acting, Transaction tx, DataRequest request, Outcome outcome) {
        var done =
                DataRequestTable.settle(
                                tx, acting.organization(), request.id(), outcome, clock.instant())
                        > 0;
        if (done) {
            people.settleAsked(acting, tx, request.id());
            audit.record(
                    tx,
                    acting,
                    outcome == Outcome.DONE ? "data-request-done" : "data-request-refused",
                    request.id().toString());
        }
        return done;
    }

    /// All that this house keeps about the person behind a request, for them: as JSON, and for
    /// print the same.
    ///
    /// @return empty when it is not about one request, or not the organisation's
    public Optional<CasePackage> take(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var found =
                find(acting, id)
                        .flatMap(DataRequest::referral)
                        .flatMap(it -> referrals.find(acting, it))
                        .map(it -> filled(acting, it));
        found.ifPresent(
                _ ->
                        database.run(
                                tx ->
                                        audit.record(
                                                tx, acting, "data-package-taken", id.toString())));
        return found;
    }

    private CasePackage filled(Acting acting, OpenedReferral opened) {
        var id = opened.referral().id();
        var entries =
                database.read(tx -> audit.list(tx, id.toString())).stream()
                        .filter(it -> it.acting().organization().equals(acting.organization()))
                        .toList();
        return CasePackage.of(
                opened,
                people.find(acting, id).map(PersonDesk.Following::messages).orElse(List.of()),
                notes.list(acting, id),
                entries);
    }

    private Instant after(Instant moment, int months) {
        return moment.atZone(zone).plusMonths(months).toInstant();
    }
}
