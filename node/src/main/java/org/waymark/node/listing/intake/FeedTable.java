// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_feed`.
final class FeedTable {

    private FeedTable() {}

    static List<Feed> list(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT * FROM listing_feed WHERE publisher_id = ? ORDER BY url",
                FeedTable::read,
                publisher.value());
    }

    static Optional<Feed> find(Transaction tx, UUID id) {
        return tx.find("SELECT * FROM listing_feed WHERE id = ?", FeedTable::read, id);
    }

    static void add(Transaction tx, Feed feed) {
        tx.update(
                "INSERT INTO listing_feed (etag, read_at, whole_at, failures, state, publisher_id,"
                        + " url, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values(feed));
    }

    static void replace(Transaction tx, Feed feed) {
        tx.update(
                "UPDATE listing_feed SET etag = ?, read_at = ?, whole_at = ?, failures = ?,"
                        + " state = ?, publisher_id = ?, url = ? WHERE id = ?",
                values(feed));
    }

    private static Object[] values(Feed feed) {
        return new Object[] {
            feed.etag(),
            feed.read(),
            feed.whole(),
            feed.failures(),
            feed.state(),
            feed.publisher().value(),
            feed.url(),
            feed.id()
        };
    }

    static int remove(Transaction tx, OrganizationId publisher, URI url) {
        return tx.update(
                "DELETE FROM listing_feed WHERE publisher_id = ? AND url = ?",
                publisher.value(),
                url);
    }

    /// The ids that came from there, as they are called there.
    static Set<String> items(Transaction tx, UUID feed) {
        return Set.copyOf(
                tx.list(
                        "SELECT foreign_id FROM listing_feed_item WHERE feed_id = ?",
                        row -> row.text("foreign_id"),
                        feed));
    }

    static void addItems(Transaction tx, UUID feed, List<String> ids) {
        tx.batch(
                "INSERT INTO listing_feed_item (feed_id, foreign_id) VALUES (?, ?)",
                ids.stream().map(id -> new Object[] {feed, id}).toList());
    }

    private static Feed read(Row row) {
        return new Feed(
                row.uuid("id"),
                new OrganizationId(row.uuid("publisher_id")),
                row.uri("url"),
                row.optionalText("etag"),
                row.optionalInstant("read_at"),
                row.optionalInstant("whole_at"),
                row.integer("failures"),
                row.text("state"));
    }
}
