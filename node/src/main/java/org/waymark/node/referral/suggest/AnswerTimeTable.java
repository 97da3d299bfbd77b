// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.suggest;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.suggest.Experience.Asked;

/// When what we asked was answered, from the rows of requests and their timelines: dates only.
final class AnswerTimeTable {

    private record Line(URI partner, Asked asked) {}

    Map<URI, Experience> list(Transaction tx, OrganizationId organization, Instant since) {
        return list(tx, "", organization.value(), since);
    }

    /// The same about one partner.
    Experience find(Transaction tx, OrganizationId organization, URI partner, Instant since) {
        return list(tx, " AND r.partner = ?", organization.value(), since, partner)
                .getOrDefault(partner, Experience.none());
    }

    private static Map<URI, Experience> list(Transaction tx, String more, Object... parameters) {
        List<Line> lines =
                tx.list(
                        "SELECT r.id, r.partner AS partner, r.sent_at AS sent_at, r.state AS state,"
                                + " r.told_state AS told_state, r.respond_by AS respond_by,"
                                + " MIN(CASE WHEN e.kind IN ('ASK', 'WAITLIST', 'ACCEPT', 'DECLINE')"
                                + " THEN e.happened_at END) AS answered_at,"
                                + " MAX(e.happened_at) AS heard_at"
                                + " FROM referral r LEFT JOIN referral_event e"
                                + " ON e.referral = r.id AND e.party = 'RECEIVER'"
                                + " WHERE r.organization = ? AND r.side = 'SENDER'"
                                + " AND r.sent_at >= ?"
                                + more
                                + " GROUP BY r.id, r.partner, r.sent_at, r.state, r.told_state,"
                                + " r.respond_by",
                        row ->
                                new Line(
                                        row.uri("partner"),
                                        new Asked(
                                                row.instant("sent_at"),
                                                row.enumOf("state", State.class),
                                                row.optionalEnumOf("told_state", State.class),
                                                row.optionalInstant("respond_by"),
                                                row.optionalInstant("answered_at"),
                                                row.optionalInstant("heard_at"))),
                        parameters);
        var byPartner = new HashMap<URI, List<Asked>>();
        lines.forEach(
                it ->
                        byPartner
                                .computeIfAbsent(it.partner(), _ -> new ArrayList<>())
                                .add(it.asked()));
        return byPartner.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> new Experience(it.getValue())));
    }
}
