// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.evidence;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.evidence.Count;
import org.waymark.node.evidence.Evidence;
import org.waymark.node.evidence.EvidenceFiles;
import org.waymark.node.evidence.Measure;
import org.waymark.node.evidence.Period;
import org.waymark.node.evidence.Report;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.page.Page;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Side;

/// `/admin/evidence`: what the work came to, for the house exactly, and as files for others.
@Path("/admin/evidence")
public final class StaffEvidencePages {

    private static final String SECTION = "evidence";
    private static final int MOST_NEEDS = 20;

    private final Evidence evidence;
    private final EvidenceFiles files;
    private final Listings listings;
    private final Desk desk;

    public StaffEvidencePages(Domains domains, Desk desk) {
        this.evidence = domains.evidence();
        this.files = domains.evidenceFiles();
        this.listings = domains.listings();
        this.desk = desk;
    }

    /// A word with its number, as the reader writes it.
    public record Line(String word, String number) {}

    /// How a partner answered, or a service.
    ///
    /// @param median hours, or nothing
    /// @param inTime percent, or nothing
    public record Answers(
            String who,
            String asked,
            String helped,
            Optional<Integer> median,
            Optional<Integer> inTime) {}

    /// One side of the work.
    public record Half(
            Side side,
            List<Line> totals,
            BarChart chart,
            List<Answers> partners,
            List<Answers> services,
            List<Line> refusals,
            List<Line> languages) {}

    @GET
    public Response show(
            @Context ContainerRequestContext request,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        var sheet = desk.open(request, SECTION);
        var period = period(from, to);
        var report = evidence.report(sheet.acting(Purpose.OVERSIGHT), period);
        return sheet.show(
                "evidence/show",
                Map.of(
                        "period", period,
                        "forOthers", evidence.forOthers(),
                        "halves",
                                List.of(
                                        half(sheet, report, Side.SENDER),
                                        half(sheet, report, Side.RECEIVER)),
                        "toldAbout", number(sheet.page(), report.toldAboutInAll()),
                        "needs", needs(sheet.page(), report)));
    }

    /// The same for spreadsheets.
    @GET
    @Path("{kind:inside|published|activities}.csv")
    public Response file(
            @Context ContainerRequestContext request,
            @PathParam("kind") String kind,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        var acting = desk.open(request, SECTION).acting(Purpose.OVERSIGHT);
        var text =
                switch (kind) {
                    case "inside" -> files.inside(acting, period(from, to));
                    case "published" -> files.published(acting, forOthers(from, to));
                    default -> files.activities(acting, forOthers(from, to));
                };
        return Response.ok(text, "text/csv;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + kind + ".csv\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /// What was asked for of what others may have; without a word the newest.
    private Period forOthers(@Nullable String from, @Nullable String to) {
        var all = evidence.forOthers();
        if (from == null && to == null) {
            return all.getFirst();
        }
        var wanted = period(from, to);
        return all.stream().filter(wanted::equals).findFirst().orElseThrow(NotFoundException::new);
    }

    /// What was asked for; what cannot be is the last year.
    private Period period(@Nullable String from, @Nullable String to) {
        var usual = evidence.lastYear();
        try {
            return new Period(
                    YearMonth.parse(Objects.requireNonNullElse(from, usual.first().toString())),
                    YearMonth.parse(Objects.requireNonNullElse(to, usual.last().toString())));
        } catch (DateTimeException | IllegalArgumentException _) {
            return usual;
        }
    }

    private Half half(Sheet sheet, Report report, Side side) {
        var page = sheet.page();
        return new Half(
                side,
                totals(page, report, side),
                chart(page, report, side),
                report.by(side, Measure.ASKED, Count::partner).stream()
                        .map(
                                it ->
                                        answers(
                                                page,
                                                it.getKey(),
                                                report.withPartner(it.getKey()),
                                                side))
                        .toList(),
                services(sheet, report, side),
                report.by(side, Measure.REFUSED, Count::detail).stream()
                        .map(it -> new Line(reason(page, it.getKey()), number(page, it.getValue())))
                        .toList(),
                report.unmetLanguages(side).stream()
                        .map(
                                it ->
                                        new Line(
                                                page.formats().languageName(it.getKey()),
                                                number(page, it.getValue())))
                        .toList());
    }

    private static List<Line> totals(Page page, Report report, Side side) {
        var lines = new ArrayList<Line>();
        for (var measure :
                List.of(
                        Measure.ASKED,
                        Measure.ANSWERED,
                        Measure.HELPED,
                        Measure.REACHED,
                        Measure.NOT_HELPED,
                        Measure.REFUSED,
                        Measure.STOPPED)) {
            lines.add(
                    new Line(
                            page.plain("staff.evidence.measure." + word(measure)),
                            number(page, report.total(side, measure))));
        }
        report.percentInTime(side)
                .ifPresent(
                        it ->
                                lines.add(
                                        new Line(
                                                page.plain("staff.evidence.in-time"),
                                                page.plain("staff.evidence.percent", it))));
        report.medianHours(side)
                .ifPresent(
                        it ->
                                lines.add(
                                        new Line(
                                                page.plain("staff.evidence.median"),
                                                page.plain("staff.evidence.hours", it))));
        return lines;
    }

    private static BarChart chart(Page page, Report report, Side side) {
        var asked = report.byMonth(side, Measure.ASKED);
        var helped = report.byMonth(side, Measure.HELPED);
        var lines = new ArrayList<BarChart.Line>();
        var quiet = new ArrayList<YearMonth>();
        asked.forEach(
                (month, number) -> {
                    if (number == 0 && helped.getOrDefault(month, 0L) == 0) {
                        quiet.add(month);
                    } else {
                        lines.addAll(quiet(page, quiet));
                        quiet.clear();
                        lines.add(
                                line(
                                        page,
                                        page.formats().month(month),
                                        number,
                                        helped.getOrDefault(month, 0L)));
                    }
                });
        lines.addAll(quiet(page, quiet));
        return new BarChart(
                "chart-" + word(side),
                page.plain("staff.evidence.chart"),
                page.plain(
                        "staff.evidence.chart.told",
                        report.total(side, Measure.ASKED),
                        report.total(side, Measure.HELPED)),
                page.say("staff.evidence.measure.asked"),
                page.say("staff.evidence.measure.helped"),
                page.language().direction().code().equals("rtl"),
                lines);
    }

    /// Months in which nothing happened, as one line.
    private static List<BarChart.Line> quiet(Page page, List<YearMonth> months) {
        if (months.isEmpty()) {
            return List.of();
        }
        var first = page.formats().month(months.getFirst());
        var last = page.formats().month(months.getLast());
        return List.of(line(page, months.size() == 1 ? first : first + " – " + last, 0, 0));
    }

    private static BarChart.Line line(Page page, String month, long asked, long helped) {
        return new BarChart.Line(month, asked, number(page, asked), helped, number(page, helped));
    }

    private List<Answers> services(Sheet sheet, Report report, Side side) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        var page = sheet.page();
        // By id: two may have one name, and those that are gone have none.
        return report.counts().stream()
                .filter(it -> it.side() == side)
                .flatMap(it -> it.listing().stream())
                .distinct()
                .map(id -> answers(page, name(acting, page, id), report.withListing(id), side))
                .sorted(Comparator.comparing(Answers::who))
                .toList();
    }

    private String name(Acting acting, Page page, ListingId id) {
        return listings.find(acting, id)
                .map(Listing::name)
                .flatMap(it -> it.in(List.of(page.language().tag())))
                .map(it -> it.text())
                .orElse(page.plain("staff.evidence.gone"));
    }

    private static Answers answers(Page page, String who, Report report, Side side) {
        return new Answers(
                who,
                number(page, report.total(side, Measure.ASKED)),
                number(page, report.total(side, Measure.HELPED)),
                report.medianHours(side).stream().boxed().findFirst(),
                report.percentInTime(side).stream().boxed().findFirst());
    }

    private static List<Line> needs(Page page, Report report) {
        var byTopic = new HashMap<String, Long>();
        for (UnmetNeeds.Need need : report.searched()) {
            byTopic.merge(need.topic(), need.searches(), Long::sum);
        }
        return byTopic.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_NEEDS)
                .map(
                        it ->
                                new Line(
                                        Topic.ofSlug(it.getKey())
                                                .map(topic -> page.plain("topic." + topic.slug()))
                                                .orElse(page.plain("staff.evidence.no-topic")),
                                        number(page, it.getValue())))
                .toList();
    }

    private static String reason(Page page, String reason) {
        return reason.isEmpty()
                ? page.plain("staff.evidence.by-phone")
                : page.plain("staff.refusal." + reason);
    }

    private static String number(Page page, long number) {
        return page.formats().number(number);
    }

    private static String word(Enum<?> value) {
        return org.waymark.admin.desk.Fields.word(value);
    }
}
