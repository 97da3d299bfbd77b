// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.WorkingDays.ClosedDays;

/// The calendar of each organisation here, by which the clocks of requests run.
public final class Calendars {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final CalendarTable table = new CalendarTable();

    Calendars(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    public WorkingDays of(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> of(tx, acting.organization()));
    }

    public void setWeek(Acting acting, Set<DayOfWeek> week) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        var days = new WorkingDays(week, List.of()).week();
        database.run(
                tx -> {
                    table.setWeek(
                            tx,
                            acting.organization(),
                            days.stream()
                                    .sorted()
                                    .map(Enum::name)
                                    .collect(Collectors.joining(" ")));
                    audit.record(tx, acting, "calendar-changed", acting.organization().toString());
                });
    }

    /// Adding days from one that is there replaces them.
    public void close(Acting acting, ClosedDays days) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        database.run(
                tx -> {
                    table.remove(tx, acting.organization(), days.first());
                    table.add(tx, acting.organization(), days);
                    audit.record(tx, acting, "calendar-changed", acting.organization().toString());
                });
    }

    public void reopen(Acting acting, LocalDate first) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        database.run(
                tx -> {
                    table.remove(tx, acting.organization(), first);
                    audit.record(tx, acting, "calendar-changed", acting.organization().toString());
                });
    }

    WorkingDays of(Transaction tx, OrganizationId organization) {
        var week =
                table.findWeek(tx, organization)
                        .map(
                                text ->
                                        Arrays.stream(text.split(" "))
                                                .map(DayOfWeek::valueOf)
                                                .collect(
                                                        Collectors.toCollection(
                                                                () ->
                                                                        EnumSet.noneOf(
                                                                                DayOfWeek.class))));
        return new WorkingDays(
                week.isPresent() ? week.get() : WorkingDays.usual().week(),
                table.list(tx, organization));
    }
}
