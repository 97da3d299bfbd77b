// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.oversight.DataRequest.Kind;
import org.waymark.node.oversight.DataRequest.Outcome;
import org.waymark.node.person.PersonDesk;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;

/// What people ask of the data about them, as tasks with the clock of the law: a month, two more
/// when somebody says why.
public final class DataRequests {

    private static final int MONTHS = 1;
    private static final int EXTENDED_MONTHS = 3;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Referrals referrals;
    private final PersonDesk people;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public DataRequests(
            Database database,
            Access access,
            Audit audit,
            Referrals referrals,
            PersonDesk people,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.referrals = referrals;
        this.people = people;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
    }

    /// @return empty when the referral is not the organisation's
    public Optional<DataRequest> open(Acting acting, Kind kind, Optional<ReferralId> referral) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (referral.isPresent()
                && referrals.list(acting).stream()
                        .noneMatch(it -> it.id().equals(referral.get()))) {
            return Optional.empty();
        }
        var now = clock.instant();
        var request =
                new DataRequest(
                        ids.get(),
                        referral,
                        kind,
                        now,
                        after(now, MONTHS),
                        false,
                        Optional.empty(),
                        Optional.empty());
        database.run(
                tx -> {
                    DataRequestTable.add(tx, acting.organization(), request);
                    audit.record(
                            tx,
                            acting,
                            "data-" + kind.name().toLowerCase(Locale.ROOT) + "-asked",
                            request.id().toString());
                });
        return Optional.of(request);
    }

    /// What is due first stands first; what is settled is among it.
    public List<DataRequest> list(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> DataRequestTable.list(tx, acting.organization()));
    }

    public Optional<DataRequest> find(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> DataRequestTable.find(tx, acting.organization(), id));
    }

    /// Two months more, once; the person must hear why within the first.
    public boolean extend(Acting acting, UUID id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return find(acting, id)
                .filter(
                        it ->
                                database.write(
                                        tx -> {
                                            var due = after(it.askedAt(), EXTENDED_MONTHS);
                                            var done =
                                                    DataRequestTable.extend(
                                                                    tx,
                                                                    acting.organization(),
                                                                    id,
                                                                    due)
                                                            > 0;
                                            if (done) {
                                                audit.record(
                                                        tx,
                                                        acting,
                                                        "data-request-extended",
                                                        id.toString());
                                            }
                                            return done;
                                        }))
                .isPresent();
    }

    public boolean settle(Acting acting, UUID id, Outcome outcome) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    var done =
                            DataRequestTable.settle(
                                            tx, acting.organization(), id, outcome, clock.instant())
                                    > 0;
                    if (done) {
                        audit.record(
                                tx,
                                acting,
                                outcome == Outcome.DONE
                                        ? "data-request-done"
                                        : "data-request-refused",
                                id.toString());
                    }
                    return done;
                });
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
                        .map(
                                it ->
                                        CasePackage.of(
                                                it,
                                                people.find(acting, it.referral().id())
                                                        .map(PersonDesk.Following::messages)
                                                        .orElse(List.of()),
                                                database.read(
                                                        tx ->
                                                                audit.list(
                                                                        tx,
                                                                        it.referral()
                                                                                .id()
                                                                                .toString()))));
        found.ifPresent(
                _ ->
                        database.run(
                                tx ->
                                        audit.record(
                                                tx, acting, "data-package-taken", id.toString())));
        return found;
    }

    private Instant after(Instant moment, int months) {
        return moment.atZone(zone).plusMonths(months).toInstant();
    }
}
