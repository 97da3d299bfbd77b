// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// The ways in and out that are the same in every language.
@Path("/")
public final class EntryPages {

    private final Pages pages;
    private final Clock clock;
    private final List<Consumer<ContainerRequestContext>> whenLeaving;

    public EntryPages(Pages pages, Clock clock) {
        this(pages, clock, List.of());
    }

    /// @param whenLeaving what else forgets about this browser at quick exit
    public EntryPages(
            Pages pages, Clock clock, List<Consumer<ContainerRequestContext>> whenLeaving) {
        this.pages = pages;
        this.clock = clock;
        this.whenLeaving = List.copyOf(whenLeaving);
    }

    /// To the home page in the reader's language. A language that is already in the address is
    /// never changed.
    @GET
    public Response toLanguage(@HeaderParam("Accept-Language") @DefaultValue("") String wanted) {
        return to("", wanted);
    }

    /// For those who build pages: every piece once.
    @GET
    @Path("design")
    public Response toDesign(@HeaderParam("Accept-Language") @DefaultValue("") String wanted) {
        return to("design", wanted);
    }

    private Response to(String path, String wanted) {
        var language = pages.languages().negotiate(wanted);
        return Response.seeOther(URI.create("/" + language.tag() + "/" + path))
                .header("Vary", "Accept-Language")
                .header("Cache-Control", "private, no-cache")
                .build();
    }

    /// "Leave quickly": forgets what this site stored in the browser, then shows something that
    /// says nothing about the one who reads it. The browser's history is not ours to clear, and the
    /// link says so.
    @GET
    @Path("leave")
    public Response leave(
            @HeaderParam("Accept-Language") @DefaultValue("") String wanted,
            @HeaderParam("Sec-Purpose") @DefaultValue("") String purpose,
            @Context ContainerRequestContext request) {
        if (purpose.contains("prefetch")) {
            // A browser that looks ahead must not throw away what somebody is typing.
            return Response.status(503).header("Cache-Control", "no-store").build();
        }
        whenLeaving.forEach(it -> it.accept(request));
        var page = pages.open(pages.languages().negotiate(wanted), "").inPrivate();
        var response =
                page.imprint()
                        .leaveTo()
                        .map(address -> Response.seeOther(URI.create(address)))
                        .orElseGet(() -> Response.fromResponse(calendar(page)));
        return response.header("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"").build();
    }

    private Response calendar(Page page) {
        var today = LocalDate.now(clock);
        return pages.show(
                Pages.Keep.NOWHERE,
                page,
                "guide/calendar",
                Map.of(
                        "month", YearMonth.from(today),
                        "today", today,
                        "weeks", weeks(page, YearMonth.from(today))));
    }

    private static List<List<Optional<LocalDate>>> weeks(Page page, YearMonth month) {
        var first = page.formats().firstDayOfWeek();
        var day = month.atDay(1);
        while (day.getDayOfWeek() != first) {
            day = day.minusDays(1);
        }
        var weeks = new ArrayList<List<Optional<LocalDate>>>();
        while (!day.isAfter(month.atEndOfMonth())) {
            var week = new ArrayList<Optional<LocalDate>>();
            for (var i = 0; i < 7; i++, day = day.plusDays(1)) {
                week.add(Optional.of(day).filter(d -> YearMonth.from(d).equals(month)));
            }
            weeks.add(week);
        }
        return weeks;
    }
}
