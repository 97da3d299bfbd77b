// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// Whom to call in danger: one tap from every page, and printable on one card (safety.md 8).
@Path(Page.LANGUAGE + "/now")
public final class EmergencyPages {

    private final Pages pages;
    private final Optional<Country> country;
    private final Predicate<UUID> isShown;
    private final Clock clock;

    /// @param country empty when nobody has checked the numbers of this country; the page then says
    ///   so
    /// @param isShown whether visitors see a listing here
    public EmergencyPages(
            Pages pages, Optional<Country> country, Predicate<UUID> isShown, Clock clock) {
        this.pages = pages;
        this.country = country;
        this.isShown = isShown;
        this.clock = clock;
    }

    @GET
    public Response now(@PathParam("lang") String lang) {
        return pages.show(
                Pages.Keep.SHARED,
                pages.open(lang, "now"),
                "guide/now",
                Map.of(
                        "country",
                        country,
                        "today",
                        LocalDate.now(clock),
                        "shown",
                        country.stream()
                                .flatMap(it -> it.lines().stream())
                                .flatMap(line -> line.listing().stream())
                                .filter(isShown)
                                .collect(Collectors.toSet())));
    }
}
