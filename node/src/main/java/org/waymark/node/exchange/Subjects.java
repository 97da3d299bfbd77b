// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.function.Function;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;

/// Finds what an activity is about (see [ActivityRoutes]), from its own words and, where it names
/// an earlier activity by id only, from the log of what was sent and received.
final class Subjects {

    private Subjects() {}

    static String of(Transaction tx, Activity activity) {
        return of(activity, uri -> ofEarlier(tx, uri));
    }

    /// The same outside a transaction; most activities say all about themselves.
    static String of(Database database, Activity activity) {
        return of(activity, uri -> database.read(tx -> ofEarlier(tx, uri)));
    }

    private static String of(Activity activity, Function<URI, String> earlier) {
        return switch (activity.object().orElse(null)) {
            case null -> "";
            case Reference.Link(URI uri) -> earlier.apply(uri);
            case Reference.Embedded(ObjectNode json) -> ofObject(json, earlier);
        };
    }

    private static String ofObject(ObjectNode json, Function<URI, String> earlier) {
        var type = json.path("type").asText("");
        return switch (type) {
            case "Tombstone" -> json.path("formerType").asText("");
            case "Offer" -> {
                var offered = json.path("object").path("type").asText("");
                yield offered.isEmpty()
                        ? new Reference.Embedded(json).id().map(earlier).orElse("")
                        : offered;
            }
            default -> type;
        };
    }

    private static String ofEarlier(Transaction tx, URI activity) {
        return OutboxTable.find(tx, activity)
                .map(sent -> named(sent.type(), sent.subject()))
                .or(
                        () ->
                                InboxTable.findEarlier(tx, activity)
                                        .map(it -> named(it.type(), it.subject())))
                .orElse("");
    }

    private static String named(String type, String subject) {
        return type.equals("Offer") ? subject : type;
    }
}
