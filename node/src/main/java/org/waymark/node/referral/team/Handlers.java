// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Companion;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;

/// Who of the colleagues takes care of a request. It gives nobody a right and takes none away.
public final class Handlers implements Companion {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Referrals referrals;
    private final ZoneId zone;
    private final Clock clock;
    private final HandlerTable table = new HandlerTable();
    private final AbsenceTable absences = new AbsenceTable();

    public Handlers(
            Database database,
            Access access,
            Audit audit,
            Referrals referrals,
            ZoneId zone,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.referrals = referrals;
        this.zone = zone;
        this.clock = clock;
    }

    /// Hands a request to a colleague, to oneself, or to nobody in particular.
    ///
    /// @param to somebody who may work on requests of the organisation acted for
    public MoveOutcome handOver(Acting acting, ReferralId id, Optional<AccountId> to) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (to.filter(it -> !mayWork(acting, it)).isPresent()) {
            return new MoveOutcome.NotFound(id);
        }
        return referrals.beside(
                acting,
                id,
                (tx, ours) -> {
                    if (table.find(tx, id).equals(to)) {
                        return Optional.empty();
                    }
                    if (to.isEmpty()) {
                        table.remove(tx, id);
                    } else {
                        table.put(tx, id, ours.organization(), to.get(), clock.instant());
                    }
                    // To whom: no data of a person, and without it nobody could tell later.
                    to.ifPresent(
                            it -> audit.record(tx, acting, "referral-handed-to", it.toString()));
                    return Optional.of(Kind.HANDED_OVER);
                });
    }

    /// Who takes care of what today.
    public Care care(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var handlers = database.read(tx -> table.list(tx, acting.organization()));
        var away = new HashMap<AccountId, Optional<AccountId>>();
        database.read(tx -> absences.list(tx, acting.organization(), today)).stream()
                .filter(it -> it.holdsOn(today))
                .forEach(it -> away.putIfAbsent(it.account(), it.deputy()));
        Set<AccountId> gone =
                Stream.concat(
                                handlers.values().stream(),
                                away.values().stream().flatMap(Optional::stream))
                        .distinct()
                        .filter(it -> !mayWork(acting, it))
                        .collect(Collectors.toUnmodifiableSet());
        return new Care(acting.account(), handlers, away, gone);
    }

    private boolean mayWork(Acting acting, AccountId account) {
        return access.may(
                new Acting(account, acting.organization(), acting.purpose()),
                Right.WORK_ON_REFERRALS);
    }

    @Override
    public void succeeded(Transaction tx, Referral from, Referral to) {
        table.find(tx, from.id())
                .ifPresent(it -> table.put(tx, to.id(), to.organization(), it, clock.instant()));
    }

    @Override
    public void erased(Transaction tx, Referral referral) {
        table.remove(tx, referral.id());
    }

    @Override
    public void forgotten(Transaction tx, Referral stopped) {
        // Who looked after it says nothing about the person.
    }
}
