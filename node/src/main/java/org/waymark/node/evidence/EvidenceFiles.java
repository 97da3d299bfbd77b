// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.Exposure;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.Way;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.Side;

/// The counts as files for spreadsheets: exactly, for the house; without small numbers, for others.
/// Every one is audited.
public final class EvidenceFiles {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Evidence evidence;
    private final Listings listings;
    private final HostedOrganizations organizations;
    private final PlaceCodes codes;

    public EvidenceFiles(
            Database database,
            Access access,
            Audit audit,
            Evidence evidence,
            Listings listings,
            HostedOrganizations organizations,
            PlaceCodes codes) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.evidence = evidence;
        this.listings = listings;
        this.organizations = organizations;
        this.codes = codes;
    }

    /// Everything that is counted, exactly. It stays in the house, with those who answer for it.
    public String inside(Acting acting, Period period) {
        access.require(acting, acting.organization(), Right.MANAGE_ORGANIZATION);
        var report = evidence.report(acting, period);
        record(acting, "evidence-taken-inside");
        var lines = new ArrayList<List<String>>();
        lines.add(
                List.of(
                        "Not for publication",
                        "month",
                        "side",
                        "measure",
                        "service",
                        "partner",
                        "topic",
                        "detail",
                        "language",
                        "hours",
                        "in time",
                        "protected",
                        "number"));
        report.counts().stream()
                .map(
                        it ->
                                List.of(
                                        "",
                                        it.month().toString(),
                                        word(it.side()),
                                        word(it.measure()),
                                        it.listing().map(Object::toString).orElse(""),
                                        it.partner(),
                                        it.topic(),
                                        it.detail(),
                                        it.language(),
                                        Integer.toString(it.hours()),
                                        Boolean.toString(it.inTime()),
                                        Boolean.toString(it.isProtected()),
                                        Long.toString(it.times())))
                .forEach(lines::add);
        report.toldAbout()
                .forEach(
                        (month, made) ->
                                lines.add(
                                        List.of(
                                                "",
                                                month.toString(),
                                                "",
                                                "told-about",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                made.toString())));
        return Csv.of(lines);
    }

    /// What others may see; a hidden number is empty. The same whenever it is asked for.
    ///
    /// @param period one of [Evidence#forOthers()]
    public String published(Acting acting, Period period) {
        var given = given(acting, period);
        record(acting, "evidence-taken-published");
        return given.published();
    }

    /// Made once, both together, and given again as they were: two files of one half-year that
    /// differ tell of those in between.
    private EvidenceTable.Given given(Acting acting, Period period) {
        requireForOthers(period);
        var report = evidence.report(acting, period);
        var organization = acting.organization();
        var before = database.read(tx -> EvidenceTable.findGiven(tx, organization, period));
        if (before.isPresent()) {
            return before.get();
        }
        var name = organizations.find(organization).map(it -> it.name()).orElse("");
        var made =
                new EvidenceTable.Given(
                        published(report), ActivityReport.csv(name, report, where(acting)));
        return database.write(
                tx ->
                        EvidenceTable.findGiven(tx, organization, period)
                                .orElseGet(
                                        () -> {
                                            EvidenceTable.addGiven(tx, organization, period, made);
                                            return made;
                                        }));
    }

    private static String published(Report report) {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("side", "table", "row", "column", "number"));
        for (var side : Side.values()) {
            for (var table : Published.of(report, side)) {
                addAll(lines, side, table);
            }
        }
        return Csv.of(lines);
    }

    private static void addAll(List<List<String>> lines, Side side, PublishedNumbers table) {
        var rows = table.rows().size();
        var columns = table.columns().size();
        for (int row = 0; row < (table.hasTotals() ? rows + 1 : rows); row++) {
            for (int column = 0; column < (table.hasTotals() ? columns + 1 : columns); column++) {
                var number = table.cell(row, column);
                if (number.isEmpty() && !table.hasTotals()) {
                    // A rare word beside nothing says that it was there.
                    continue;
                }
                lines.add(
                        List.of(
                                word(side),
                                table.name(),
                                row == rows ? "total" : table.rows().get(row),
                                column == columns ? "total" : table.columns().get(column),
                                number.isPresent() ? Long.toString(number.getAsLong()) : ""));
            }
        }
    }

    private void requireForOthers(Period period) {
        if (!evidence.forOthers().contains(period)) {
            throw new IllegalArgumentException("Others have numbers of whole half-years only");
        }
    }

    /// Who does what where, with a row of HXL tags.
    ///
    /// @param period one of [Evidence#forOthers()]
    public String activities(Acting acting, Period period) {
        var given = given(acting, period);
        record(acting, "evidence-taken-activities");
        return given.activities();
    }

    /// What all public services of a topic have in common.
    private Map<String, Where> where(Acting acting) {
        var names = codes.read();
        var byTopic = new HashMap<String, Where>();
        listings.listOf(Way.EXPORT, acting.organization().value()).stream()
                .filter(it -> Exposure.allowsPlace(Way.EXPORT, it))
                .forEach(
                        listing ->
                                place(listing, names)
                                        .forEach(
                                                it ->
                                                        listing.topics().stream()
                                                                .map(Topic::slug)
                                                                .forEach(
                                                                        topic ->
                                                                                byTopic.merge(
                                                                                        topic,
                                                                                        it,
                                                                                        Where
                                                                                                ::and))));
        return byTopic;
    }

    private static List<Where> place(Listing listing, Map<String, String> names) {
        return listing.spots().stream().map(it -> where(it).coded(names)).toList();
    }

    private static Where where(Spot spot) {
        return new Where(spot.country(), spot.region(), "", spot.city());
    }

    private void record(Acting acting, String action) {
        database.run(tx -> audit.record(tx, acting, action, acting.organization().toString()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
