// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

/// Rows of `delivery`. Within a lane the lowest queued number is the one in flight.
final class DeliveryTable {

    private static final String COLUMNS =
            "delivery.number, delivery.activity, delivery.inbox, delivery.host, delivery.lane,"
                    + " delivery.state, delivery.attempts, delivery.queued_at, delivery.due,"
                    + " delivery.failing_since, delivery.code, delivery.ended_at";

    private static final int MOST_TOGETHER = 500;

    private DeliveryTable() {}

    /// Whose deliveries are looked at.
    ///
    /// @param actors none for everybody's
    record Senders(List<URI> actors) {

        static final Senders ALL = new Senders(List.of());

        private String sql() {
            return actors.isEmpty()
                    ? ""
                    : " AND delivery.activity IN (SELECT said.activity FROM outbox_activity said"
                            + " WHERE said.activity = delivery.activity"
                            + among("said.sender")
                            + ")";
        }

        private String among(String column) {
            return actors.isEmpty()
                    ? ""
                    : " AND "
                            + column
                            + " IN ("
                            + String.join(", ", Collections.nCopies(actors.size(), "?"))
                            + ")";
        }

        private boolean said(Transaction tx, URI activity) {
            return actors.isEmpty()
                    || tx.find(
                                    "SELECT sender FROM outbox_activity WHERE activity = ?",
                                    row -> row.uri("sender"),
                                    activity)
                            .filter(actors::contains)
                            .isPresent();
        }

        private Object[] after(Object... parameters) {
            return Stream.concat(Arrays.stream(parameters), actors.stream()).toArray();
        }
    }

    /// A delivery with what only the worker needs.
    record Queued(long number, String host, UUID lane, Delivery delivery) {}

    /// What is to go where.
    record Route(URI inbox, String host, UUID lane) {}

    /// An activity that is new goes to these inboxes, each named once.
    static void add(Transaction tx, URI activity, List<Route> routes, Instant now) {
        for (int from = 0; from < routes.size(); from += MOST_TOGETHER) {
            tx.batch(
                    "INSERT INTO delivery (activity, inbox, host, lane, state, attempts, queued_at,"
                            + " due) VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
                    routes.subList(from, Math.min(routes.size(), from + MOST_TOGETHER)).stream()
                            .map(
                                    it ->
                                            new Object[] {
                                                activity,
                                                it.inbox(),
                                                it.host(),
                                                it.lane(),
                                                DeliveryState.QUEUED,
                                                now,
                                                now
                                            })
                            .toList());
        }
    }

    static Optional<Queued> firstInLane(Transaction tx, UUID lane) {
        return tx
                .list(
                        "SELECT "
                                + COLUMNS
                                + " FROM delivery WHERE lane = ? AND state = ?"
                                + " ORDER BY number FETCH FIRST 1 ROWS ONLY",
                        DeliveryTable::queued,
                        lane,
                        DeliveryState.QUEUED)
                .stream()
                .findFirst();
    }

    static void delivered(Transaction tx, long number, Instant now) {
        tx.update(
                "UPDATE delivery SET state = ?, attempts = attempts + 1, failing_since = NULL,"
                        + " code = NULL, ended_at = ? WHERE number = ?",
                DeliveryState.DELIVERED,
                now,
                number);
    }

    static void failed(Transaction tx, long number, String code, Instant now, Instant due) {
        tx.update(
                "UPDATE delivery SET attempts = attempts + 1, code = ?, due = ?, failing_since ="
                        + " CASE WHEN failing_since IS NULL THEN CAST(? AS BIGINT)"
                        + " ELSE failing_since END WHERE number = ? AND state = ?",
                code,
                due,
                now,
                number,
                DeliveryState.QUEUED);
    }

    static void givenUp(Transaction tx, long number, String code, Instant now) {
        tx.update(
                "UPDATE delivery SET state = ?, attempts = attempts + 1, code = ?, ended_at = ?"
                        + " WHERE number = ?",
                DeliveryState.GIVEN_UP,
                code,
                now,
                number);
    }

    /// Gives up what waits for a host since before a moment.
    ///
    /// @return how many
    static int giveUpQueuedBefore(
            Transaction tx, String host, Instant before, String code, Instant now) {
        return tx.update(
                "UPDATE delivery SET state = ?, code = ?, ended_at = ?"
                        + " WHERE host = ? AND state = ? AND queued_at <= ?",
                DeliveryState.GIVEN_UP,
                code,
                now,
                host,
                DeliveryState.QUEUED,
                before);
    }

    /// Gives up some of what waits, wherever it goes.
    ///
    /// @return whether there may be more
    static boolean giveUp(Transaction tx, String code, Instant now, int most) {
        var numbers =
                tx.list(
                        "SELECT number FROM delivery WHERE state = ? ORDER BY number FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> row.number("number"),
                        DeliveryState.QUEUED);
        tx.batch(
                "UPDATE delivery SET state = ?, code = ?, ended_at = ? WHERE number = ?",
                numbers.stream()
                        .map(it -> new Object[] {DeliveryState.GIVEN_UP, code, now, it})
                        .toList());
        return numbers.size() == most;
    }

    /// Gives up what waits for an inbox that has gone.
    static void giveUpInbox(Transaction tx, String host, URI inbox, String code, Instant now) {
        tx.update(
                "UPDATE delivery SET state = ?, code = ?, ended_at = ?"
                        + " WHERE host = ? AND state = ? AND inbox = ?",
                DeliveryState.GIVEN_UP,
                code,
                now,
                host,
                DeliveryState.QUEUED,
                inbox);
    }

    /// Gives up what waits of an activity.
    static void giveUpActivity(Transaction tx, URI activity, String code, Instant now) {
        tx.update(
                "UPDATE delivery SET state = ?, code = ?, ended_at = ?"
                        + " WHERE activity = ? AND state = ?",
                DeliveryState.GIVEN_UP,
                code,
                now,
                activity,
                DeliveryState.QUEUED);
    }

    /// Queues again what was given up on its way to one inbox.
    ///
    /// @return its lane; empty when it was not given up
    static Optional<UUID> queueAgain(Transaction tx, URI activity, URI inbox, Instant now) {
        var queued =
                tx.update(
                        "UPDATE delivery SET state = ?, attempts = 0, queued_at = ?, due = ?,"
                                + " failing_since = NULL, ended_at = NULL WHERE activity = ?"
                                + " AND inbox = ? AND state = ?",
                        DeliveryState.QUEUED,
                        now,
                        now,
                        activity,
                        inbox,
                        DeliveryState.GIVEN_UP);
        return queued == 0
                ? Optional.empty()
                : tx.find(
                        "SELECT lane FROM delivery WHERE activity = ? AND inbox = ?",
                        row -> row.uuid("lane"),
                        activity,
                        inbox);
    }

    /// What waits for a host until later.
    static List<Long> listLater(Transaction tx, String host, Instant now) {
        return tx.list(
                "SELECT number FROM delivery WHERE host = ? AND state = ? AND due > ?",
                row -> row.number("number"),
                host,
                DeliveryState.QUEUED,
                now);
    }

    /// Makes a delivery due now that waits until later.
    static void hurry(Transaction tx, long number, Instant now) {
        tx.update(
                "UPDATE delivery SET due = ? WHERE number = ? AND state = ? AND due > ?",
                now,
                number,
                DeliveryState.QUEUED,
                now);
    }

    // Not one statement for both tables: it would hold a row of the outbox while it waits for one
    // of the deliveries, and whoever notes the end of a delivery takes them the other way round.
    static List<Delivery> listOf(Transaction tx, Senders senders, URI activity) {
        return senders.said(tx, activity) ? listOf(tx, activity) : List.of();
    }

    private static List<Delivery> listOf(Transaction tx, URI activity) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM delivery WHERE activity = ? ORDER BY number",
                DeliveryTable::delivery,
                activity);
    }

    /// What was sent under an order key, newest first.
    static List<Delivery> listAbout(Transaction tx, Senders senders, URI orderKey, int most) {
        return tx
                .list(
                        "SELECT activity FROM outbox_activity WHERE order_key = ?"
                                + senders.among("sender")
                                + " ORDER BY created_at DESC FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> row.uri("activity"),
                        senders.after(orderKey))
                .stream()
                .flatMap(it -> listOf(tx, it).reversed().stream())
                .limit(most)
                .toList();
    }

    /// What was given up on its way to a host, newest first.
    static List<Delivery> listGivenUpOfHost(
            Transaction tx, Senders senders, String host, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM delivery WHERE host = ? AND state = ?"
                        + senders.sql()
                        + " ORDER BY number DESC FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                DeliveryTable::delivery,
                senders.after(host, DeliveryState.GIVEN_UP));
    }

    static List<Delivery> listFailing(Transaction tx, Senders senders, String host, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM delivery WHERE host = ? AND code IS NOT NULL"
                        + senders.sql()
                        + " ORDER BY number FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                DeliveryTable::delivery,
                senders.after(host));
    }

    /// What an actor said since a moment and nobody took yet, newest first.
    static List<Delivery> listFailing(Transaction tx, URI sender, Instant since, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM delivery JOIN outbox_activity"
                        + " ON outbox_activity.activity = delivery.activity"
                        + " WHERE outbox_activity.sender = ? AND delivery.queued_at >= ?"
                        + " AND delivery.code IS NOT NULL"
                        + " ORDER BY delivery.number DESC FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                DeliveryTable::delivery,
                sender,
                since);
    }

    static long countQueued(Transaction tx) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM delivery WHERE state = ?",
                        row -> row.number("many"),
                        DeliveryState.QUEUED)
                .orElse(0L);
    }

    static long countQueued(Transaction tx, Senders senders, String host) {
        return tx.find(
                        "SELECT COUNT(*) AS queued FROM delivery WHERE host = ? AND state = ?"
                                + senders.sql(),
                        row -> row.number("queued"),
                        senders.after(host, DeliveryState.QUEUED))
                .orElse(0L);
    }

    static boolean isQueued(Transaction tx, URI orderKey) {
        return !tx.list(
                        "SELECT delivery.number FROM delivery JOIN outbox_activity"
                                + " ON outbox_activity.activity = delivery.activity"
                                + " WHERE outbox_activity.order_key = ? AND delivery.state = ?"
                                + " FETCH FIRST 1 ROWS ONLY",
                        row -> row.number("number"),
                        orderKey,
                        DeliveryState.QUEUED)
                .isEmpty();
    }

    static boolean isSpeaking(Transaction tx, URI sender) {
        return !tx.list(
                        "SELECT delivery.number FROM delivery JOIN outbox_activity"
                                + " ON outbox_activity.activity = delivery.activity"
                                + " WHERE outbox_activity.sender = ? AND delivery.state = ?"
                                + " FETCH FIRST 1 ROWS ONLY",
                        row -> row.number("number"),
                        sender,
                        DeliveryState.QUEUED)
                .isEmpty();
    }

    static boolean isOver(Transaction tx, URI activity) {
        return tx.list(
                        "SELECT number FROM delivery WHERE activity = ? AND state <> ?"
                                + " FETCH FIRST 1 ROWS ONLY",
                        row -> row.number("number"),
                        activity,
                        DeliveryState.DELIVERED)
                .isEmpty();
    }

    private static Queued queued(Row row) {
        return new Queued(row.number("number"), row.text("host"), row.uuid("lane"), delivery(row));
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.uri("activity"),
                row.uri("inbox"),
                row.enumOf("state", DeliveryState.class),
                row.integer("attempts"),
                row.instant("queued_at"),
                row.instant("due"),
                row.optionalInstant("failing_since"),
                row.optionalText("code"),
                row.optionalInstant("ended_at"));
    }
}
