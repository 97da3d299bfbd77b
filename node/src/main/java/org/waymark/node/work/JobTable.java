// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

final class JobTable {

    private static final String COLUMNS =
            "kind, job_key, payload, due, claimed_until, attempts, revision";

    /// A job together with how often it was scheduled: the mark by which its end is written. The
    /// moment it was due cannot be that mark, for it may be scheduled twice for one millisecond.
    record Claimed(Job job, long revision) {}

    void put(Transaction tx, String kind, String key, Instant due, String payload) {
        // Others may add the same job, or end it, between the two statements.
        while (!move(tx, kind, key, due, payload) && !add(tx, kind, key, due, payload)) {}
    }

    private static boolean move(
            Transaction tx, String kind, String key, Instant due, String payload) {
        return tx.update(
                        "UPDATE job SET due = ?, payload = ?, attempts = 0,"
                                + " revision = revision + 1 WHERE kind = ? AND job_key = ?",
                        due,
                        payload,
                        kind,
                        key)
                == 1;
    }

    private static boolean add(
            Transaction tx, String kind, String key, Instant due, String payload) {
        return tx.insertIfAbsent(
                "INSERT INTO job (" + COLUMNS + ") VALUES (?, ?, ?, ?, 0, 0, 0)",
                kind,
                key,
                payload,
                due);
    }

    List<Claimed> listDue(Transaction tx, Instant now, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM job WHERE due <= ? AND claimed_until < ? ORDER BY due"
                        + " FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                JobTable::claimed,
                now,
                now);
    }

    boolean claim(Transaction tx, Claimed claimed, Instant now, Duration lease) {
        return tx.update(
                        "UPDATE job SET claimed_until = ?, attempts = attempts + 1"
                                + " WHERE kind = ? AND job_key = ? AND revision = ?"
                                + " AND claimed_until < ?",
                        now.plus(lease),
                        claimed.job().kind(),
                        claimed.job().key(),
                        claimed.revision(),
                        now)
                == 1;
    }

    /// Ends a job, unless somebody scheduled it anew while it ran; then only the claim ends.
    void end(Transaction tx, Claimed claimed) {
        var removed =
                tx.update(
                        "DELETE FROM job WHERE kind = ? AND job_key = ? AND revision = ?",
                        claimed.job().kind(),
                        claimed.job().key(),
                        claimed.revision());
        if (removed == 0) {
            release(tx, claimed);
        }
    }

    void postpone(Transaction tx, Claimed claimed, Instant due, int attempts) {
        var changed =
                tx.update(
                        "UPDATE job SET due = ?, attempts = ?, claimed_until = 0"
                                + " WHERE kind = ? AND job_key = ? AND revision = ?",
                        due,
                        attempts,
                        claimed.job().kind(),
                        claimed.job().key(),
                        claimed.revision());
        if (changed == 0) {
            release(tx, claimed);
        }
    }

    private static void release(Transaction tx, Claimed claimed) {
        tx.update(
                "UPDATE job SET claimed_until = 0 WHERE kind = ? AND job_key = ?",
                claimed.job().kind(),
                claimed.job().key());
    }

    void releaseAll(Transaction tx) {
        tx.update("UPDATE job SET claimed_until = 0 WHERE claimed_until > 0");
    }

    /// When the next job is due or a dead claim ends; empty when there is no job.
    Optional<Instant> nextDue(Transaction tx) {
        return tx.find(
                        "SELECT MIN(CASE WHEN claimed_until > due THEN claimed_until ELSE due END)"
                                + " AS next_due FROM job",
                        row -> row.optionalInstant("next_due"))
                .flatMap(due -> due);
    }

    private static Claimed claimed(Row row) {
        return new Claimed(
                new Job(
                        row.text("kind"),
                        row.text("job_key"),
                        row.text("payload"),
                        row.integer("attempts")),
                row.number("revision"));
    }
}
