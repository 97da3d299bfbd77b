// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.referral.LocalNotes;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Travelling;

/// A request as one line for the organisation's own tracking sheet, with the line of column names:
/// its own case number, dates and states, and neither a name nor a phone.
final class TrackingRow {

    private TrackingRow() {}

    static String of(Sheet sheet, OpenedReferral opened) {
        var page = sheet.page();
        var referral = opened.referral();
        var cells = new ArrayList<List<String>>();
        cells.add(cell(sheet, "case-number", number(opened)));
        cells.add(
                cell(
                        sheet,
                        "service",
                        opened.firstStep().map(it -> it.need().serviceName()).orElse("")));
        cells.add(
                cell(
                        sheet,
                        referral.side() == Side.SENDER ? "track.to" : "track.from",
                        referral.partnerName()));
        cells.add(
                cell(
                        sheet,
                        "urgency",
                        page.plain("staff.urgency." + Fields.word(referral.urgency()))));
        cells.add(cell(sheet, "track.sent", day(sheet, referral.sentAt())));
        cells.add(
                cell(
                        sheet,
                        "track.state",
                        page.plain("staff.word." + Fields.word(referral.word()))));
        cells.add(cell(sheet, "track.since", day(sheet, Optional.of(referral.changedAt()))));
        cells.add(cell(sheet, "track.outcome", outcome(sheet, opened)));
        return cells.stream().map(List::getFirst).collect(Collectors.joining("\t"))
                + "\n"
                + cells.stream().map(List::getLast).collect(Collectors.joining("\t"));
    }

    private static List<String> cell(Sheet sheet, String name, String value) {
        return List.of(plain(sheet.page().plain("staff.referral." + name)), plain(value));
    }

    private static String number(OpenedReferral opened) {
        return opened.notes().map(LocalNotes::caseNumber).orElse("");
    }

    private static String outcome(Sheet sheet, OpenedReferral opened) {
        return opened.timeline().stream()
                .flatMap(it -> it.content().stream())
                .flatMap(it -> words(sheet, it).stream())
                .reduce((_, last) -> last)
                .orElse("");
    }

    private static Optional<String> words(Sheet sheet, Travelling content) {
        return switch (content) {
            case Travelling.Closing(var outcome, _) ->
                    outcome.map(it -> sheet.page().plain("staff.outcome." + Fields.word(it)));
            case Travelling.Refusal(var reason, _, _) ->
                    Optional.of(sheet.page().plain("staff.refusal." + Fields.word(reason)));
            case Travelling.Stop(var reason) ->
                    Optional.of(sheet.page().plain("staff.stop." + Fields.word(reason)));
            case Travelling.FirstStep _,
                    Travelling.Contact _,
                    Travelling.Text _,
                    Travelling.Waiting _,
                    Travelling.NextStep _,
                    Travelling.Withdrawal _,
                    Travelling.Onward _,
                    Travelling.Told _,
                    Travelling.Nothing _ ->
                    Optional.empty();
        };
    }

    // As ISO text: a spreadsheet of any language takes it for a date.
    private static String day(Sheet sheet, Optional<Instant> at) {
        return at.map(it -> it.atZone(sheet.zone()).toLocalDate().toString()).orElse("");
    }

    /// Without what would break the row, and without what a spreadsheet would take for a formula.
    private static String plain(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.matches("[=+\\-@].*") ? "'" + line : line;
    }
}
