// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.waymark.node.listing.Topic;
import org.waymark.node.referral.Side;

/// Who does what where, when and for whom, one line to a kind of help: the tables that coordination
/// bodies collect (3W, 4W, 5W), with the tags of HXL 1.1 in their second row. Numbers are those of
/// [Published].
final class ActivityReport {

    private static final List<String> HEADS =
            List.of(
                    "Organisation",
                    "Activity",
                    "Sector",
                    "Country code",
                    "Region",
                    "Region code",
                    "Place",
                    "Start",
                    "End",
                    "For whom",
                    "Requests",
                    "Answered in time",
                    "Answered late",
                    "Requests that ended with help",
                    "People reached");

    private static final List<String> TAGS =
            List.of(
                    "#org+name",
                    "#activity+name",
                    "#sector+name",
                    "#country+code",
                    "#adm1+name",
                    "#adm1+code",
                    "#loc+name",
                    "#date+start",
                    "#date+end",
                    "#beneficiary+type",
                    "#indicator+requests+num",
                    "#indicator+answered+in_time+num",
                    "#indicator+answered+late+num",
                    "#indicator+helped+num",
                    "#reached+num");

    // What stands before the numbers.
    private static final int TEXTS = 10;

    private ActivityReport() {}

    /// @param where by topic
    static String csv(String organization, Report report, Map<String, Where> where) {
        var lines = new ArrayList<List<String>>();
        lines.add(HEADS);
        lines.add(TAGS);
        for (var side : List.of(Side.RECEIVER, Side.SENDER)) {
            var tables = Published.of(report, side);
            var topics = new TreeSet<String>();
            tables.stream()
                    .filter(PublishedNumbers::hasTotals)
                    .forEach(it -> topics.addAll(it.rows()));
            for (var topic : topics) {
                var line =
                        line(
                                organization,
                                side,
                                topic,
                                report.period(),
                                tables,
                                // Where a partner of ours helped is not known.
                                side == Side.RECEIVER
                                        ? where.getOrDefault(topic, Where.UNSAID)
                                        : Where.UNSAID);
                // A topic beside nothing says that somebody came with it.
                if (line.subList(TEXTS, line.size()).stream().anyMatch(it -> !it.isEmpty())) {
                    lines.add(line);
                }
            }
        }
        return Csv.of(lines);
    }

    private static List<String> line(
            String organization,
            Side side,
            String topic,
            Period period,
            List<PublishedNumbers> tables,
            Where where) {
        return List.of(
                organization,
                side == Side.RECEIVER ? "Referrals received" : "Referrals made",
                Topic.ofSlug(topic).map(Topic::title).orElse(""),
                where.country(),
                where.region(),
                where.code(),
                where.place(),
                period.first().atDay(1).toString(),
                period.last().atEndOfMonth().toString(),
                "People who ask for help",
                text(total(tables, topic)),
                text(
                        add(
                                find(tables, Published.ANSWERS, topic, "yes-in-time"),
                                find(tables, Published.ANSWERS, topic, "no-in-time"))),
                text(
                        add(
                                find(tables, Published.ANSWERS, topic, "yes-late"),
                                find(tables, Published.ANSWERS, topic, "no-late"))),
                text(find(tables, Published.ENDINGS, topic, "helped")),
                // Both sides know of the same people; pooled, the receiver's number counts.
                side == Side.RECEIVER
                        ? text(find(tables, Published.REACHED, topic, "number"))
                        : "");
    }

    private static OptionalLong total(List<PublishedNumbers> tables, String topic) {
        return Published.find(tables, Published.ASKED)
                .map(it -> it.rowTotal(topic))
                .orElse(OptionalLong.of(0));
    }

    private static OptionalLong find(
            List<PublishedNumbers> tables, String name, String topic, String column) {
        return Published.find(tables, name)
                .map(it -> it.find(topic, column))
                .orElse(OptionalLong.of(0));
    }

    /// Hidden where a part is.
    private static OptionalLong add(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }
}
