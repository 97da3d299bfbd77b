// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.freshness.Quality;
import org.waymark.node.listing.freshness.Quality.Gap;
import org.waymark.node.listing.freshness.Standings;
import org.waymark.node.listing.freshness.Websites;
import org.waymark.node.page.Language;
import org.waymark.node.privacy.Purpose;

/// `/admin/quality`: what our listings do not say yet, those that say least first.
@Path("/admin/quality")
public final class StaffQualityPages {

    private static final int MOST = 5_000;
    private static final int PAGE = 20;

    private final Listings listings;
    private final Standings standings;
    private final Websites websites;
    private final Desk desk;

    /// A listing and what it lacks.
    public record Line(Listing listing, Quality quality) {}

    public StaffQualityPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.standings = domains.standings();
        this.websites = domains.websites();
        this.desk = desk;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("gap") @DefaultValue("") String gap,
            @QueryParam("page") @DefaultValue("1") int page) {
        var sheet = desk.open(request, "listings");
        var languages = sheet.page().languages().stream().map(Language::tag).toList();
        var lines =
                listings.list(sheet.acting(Purpose.DIRECTORY), "", MOST).stream()
                        .filter(it -> !it.isClosed() && it.review().isPublished())
                        .map(it -> new Line(it, Quality.of(it, standings.today(), languages)))
                        .sorted(Comparator.comparing(it -> it.quality().percent()))
                        .toList();
        var counts = new EnumMap<Gap, Integer>(Gap.class);
        lines.forEach(it -> it.quality().gaps().forEach(one -> counts.merge(one, 1, Integer::sum)));
        var wanted = gap(gap);
        var shown =
                lines.stream()
                        .filter(it -> !it.quality().gaps().isEmpty())
                        .filter(
                                it ->
                                        wanted.isEmpty()
                                                || it.quality().gaps().contains(wanted.get()))
                        .toList();
        var pages = Math.max(1, (shown.size() + PAGE - 1) / PAGE);
        var number = Math.clamp(page, 1, pages);
        return sheet.show(
                "listing/quality",
                Map.of(
                        "lines",
                        shown.stream().skip((number - 1) * (long) PAGE).limit(PAGE).toList(),
                        "websites",
                        websites.listGone(sheet.acting(Purpose.DIRECTORY)),
                        "counts",
                        counts,
                        "gap",
                        wanted.map(Fields::word).orElse(""),
                        "mean",
                        Quality.mean(lines.stream().map(Line::quality).toList()),
                        "total",
                        lines.size(),
                        "number",
                        number,
                        "pages",
                        pages));
    }

    private static Optional<Gap> gap(String word) {
        return Arrays.stream(Gap.values()).filter(it -> Fields.word(it).equals(word)).findFirst();
    }

    /// Where staff mend a gap.
    public static String href(Listing listing, Gap gap) {
        return gap == Gap.CHECKED
                ? "/admin/care/" + listing.id()
                : "/admin/listings/" + listing.id() + "#" + gap.field();
    }
}
