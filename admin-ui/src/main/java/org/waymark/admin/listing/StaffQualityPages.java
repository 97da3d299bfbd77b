// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
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

    private static final int PAGE = 20;

    private final Listings listings;
    private final Standings standings;
    private final Websites websites;
    private final Desk desk;

    /// A listing and what it lacks.
    public record Line(Listing listing, Quality quality) {}

    private record Light(ListingId id, Quality quality) {}

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
        var acting = sheet.acting(Purpose.DIRECTORY);
        // Ids and gaps only: the listings of a large directory have no room in memory together.
        var lines = new ArrayList<Light>();
        listings.eachOpen(
                acting,
                it -> {
                    if (it.review().isPublished()) {
                        var quality = Quality.of(it, standings.today(), languages);
                        lines.add(new Light(it.id(), quality));
                    }
                });
        lines.sort(Comparator.comparing(it -> it.quality().percent()));
        var counts = new EnumMap<Gap, Integer>(Gap.class);
        lines.forEach(it -> it.quality().gaps().forEach(one -> counts.merge(one, 1, Integer::sum)));
        var wanted = gap(gap);
        var shown = new Window<Light>(page, PAGE);
        lines.stream()
                .filter(it -> !it.quality().gaps().isEmpty())
                .filter(it -> wanted.isEmpty() || it.quality().gaps().contains(wanted.get()))
                .forEach(shown::add);
        return sheet.show(
                "listing/quality",
                Map.of(
                        "lines",
                        shown.shown().stream()
                                .flatMap(
                                        it ->
                                                listings
                                                        .find(acting, it.id())
                                                        .map(one -> new Line(one, it.quality()))
                                                        .stream())
                                .toList(),
                        "websites",
                        websites.listGone(acting),
                        "counts",
                        counts,
                        "gap",
                        wanted.map(Fields::word).orElse(""),
                        "mean",
                        Quality.mean(lines.stream().map(Light::quality).toList()),
                        "total",
                        lines.size(),
                        "number",
                        shown.number(),
                        "pages",
                        shown.pages()));
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
