// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.Turns.Group;

final class JobTable {

    private static final String COLUMNS =
            "kind, work_group, job_key, payload, due, attempts, revision";

    /// A job together with the mark of how it was last scheduled, by which its end is written. The
    /// moment it was due cannot be that mark, for it may be scheduled twice for one millisecond.
    record Claimed(Job job, Group group, long revision) {}

    record Found(Claimed claimed, Instant due) {}

    // Where a row begins. Random: whoever still works on a row that has gone must not end the one
    // that came in its place.
    private final LongSupplier firstRevision;

    JobTable(LongSupplier firstRevision) {
        this.firstRevision = firstRevision;
    }

    void put(Transaction tx, Group group, String key, Instant due, String payload) {
        // Others may add the same job, or end it, between the two statements.
        while (!move(tx, group, key, due, payload) && !add(tx, group, key, due, payload)) {}
    }

    private static boolean move(
            Transaction tx, Group group, String key, Instant due, String payload) {
        return tx.update(
                        "UPDATE job SET due = ?, payload = ?, attempts = 0,"
                                + " revision = revision + 1 WHERE kind = ? AND job_key = ?",
                        due,
                        payload,
                        group.kind(),
                        key)
                == 1;
    }

    private boolean add(Transaction tx, Group group, String key, Instant due, String payload) {
        return tx.insertIfAbsent(
                "INSERT INTO job (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, 0, ?)",
                group.kind(),
                group.name(),
                key,
                payload,
                due,
                firstRevision.getAsLong());
    }

    /// The keys of the jobs of a group that are due later.
    List<String> listLater(Transaction tx, Group group, Instant now) {
        return tx.list(
                "SELECT job_key FROM job WHERE kind = ? AND work_group = ? AND due > ?",
                row -> row.text("job_key"),
                group.kind(),
                group.name(),
                now);
    }

    /// Makes a job due, unless it is.
    void hurry(Transaction tx, Group group, String key, Instant now) {
        tx.update(
                "UPDATE job SET due = ?, revision = revision + 1"
                        + " WHERE kind = ? AND job_key = ? AND due > ?",
                now,
                group.kind(),
                key,
                now);
    }

    /// The jobs of a group in the order in which they are due, also those that are later.
    List<Found> listFirst(Transaction tx, Group group, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM job WHERE kind = ? AND work_group = ? ORDER BY due FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                row -> new Found(claimed(row), row.instant("due")),
                group.kind(),
                group.name());
    }

    /// Every group that has jobs, with the first time one is due.
    Map<Group, Instant> groups(Transaction tx) {
        var groups = new LinkedHashMap<Group, Instant>();
        tx.list(
                        "SELECT kind, work_group, MIN(due) AS next_due"
                                + " FROM job GROUP BY kind, work_group ORDER BY kind, work_group",
                        row ->
                                Map.entry(
                                        new Group(row.text("kind"), row.text("work_group")),
                                        row.instant("next_due")))
                .forEach(it -> groups.put(it.getKey(), it.getValue()));
        return groups;
    }

    /// Ends a job, unless somebody scheduled it anew while it ran.
    ///
    /// @return when it is due again; empty when it has gone
    Optional<Instant> end(Transaction tx, Claimed claimed) {
        var removed =
                tx.update(
                        "DELETE FROM job WHERE kind = ? AND job_key = ? AND revision = ?",
                        claimed.job().kind(),
                        claimed.job().key(),
                        claimed.revision());
        return removed == 0 ? due(tx, claimed) : Optional.empty();
    }

    /// Puts a job off, unless somebody scheduled it anew while it ran.
    ///
    /// @return when it is due
    Optional<Instant> postpone(Transaction tx, Claimed claimed, Instant due, int attempts) {
        var changed =
                tx.update(
                        "UPDATE job SET due = ?, attempts = ?, revision = revision + 1"
                                + " WHERE kind = ? AND job_key = ? AND revision = ?",
                        due,
                        attempts,
                        claimed.job().kind(),
                        claimed.job().key(),
                        claimed.revision());
        return changed == 0 ? due(tx, claimed) : Optional.of(due);
    }

    private static Optional<Instant> due(Transaction tx, Claimed claimed) {
        return tx.find(
                "SELECT due FROM job WHERE kind = ? AND job_key = ?",
                row -> row.instant("due"),
                claimed.job().kind(),
                claimed.job().key());
    }

    private static Claimed claimed(Row row) {
        return new Claimed(
                new Job(
                        row.text("kind"),
                        row.text("job_key"),
                        row.text("payload"),
                        row.integer("attempts")),
                new Group(row.text("kind"), row.text("work_group")),
                row.number("revision"));
    }
}
