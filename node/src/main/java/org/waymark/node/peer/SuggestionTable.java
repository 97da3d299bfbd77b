// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.List;
import org.waymark.node.database.Transaction;

/// Rows of `peer_suggestion`.
final class SuggestionTable {

    private SuggestionTable() {}

    record Row(PeerId namedBy, URI baseUrl, String name) {}

    static void replace(Transaction tx, PeerId namedBy, List<Row> rows) {
        tx.update("DELETE FROM peer_suggestion WHERE named_by = ?", namedBy.value());
        tx.batch(
                "INSERT INTO peer_suggestion (named_by, base_url, name) VALUES (?, ?, ?)",
                rows.stream()
                        .map(it -> new Object[] {namedBy.value(), it.baseUrl(), it.name()})
                        .toList());
    }

    /// What is named by peers with which we deal, once for each of them.
    static List<SuggestedPeer> list(Transaction tx) {
        return tx.list(
                "SELECT suggestion.base_url AS address, suggestion.name AS name, peer.name AS known_to"
                        + " FROM peer_suggestion suggestion"
                        + " JOIN peer ON peer.id = suggestion.named_by"
                        + " WHERE peer.state = ? ORDER BY suggestion.base_url, peer.name",
                row ->
                        new SuggestedPeer(
                                row.uri("address"),
                                row.text("name"),
                                List.of(row.text("known_to"))),
                PeerState.ACTIVE);
    }
}
