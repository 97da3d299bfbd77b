// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/// Shows every token and every piece once, for those who build pages and for the tests that
/// photograph them.
@Path(Page.LANGUAGE + "/design")
public final class DesignPages {

    // In the order of look.md; `page.css` says what each is in the light and in the dark.
    private static final List<String> TOKENS =
            List.of(
                    "paper",
                    "surface",
                    "ink",
                    "muted",
                    "teal",
                    "on-teal",
                    "ochre",
                    "line",
                    "wash",
                    "danger",
                    "danger-wash",
                    "ok",
                    "ok-wash",
                    "wait",
                    "wait-wash",
                    "focus");

    private final Pages pages;

    public DesignPages(Pages pages) {
        this.pages = pages;
    }

    @GET
    public Response design(@PathParam("lang") String lang) {
        var page = pages.open(lang, "design").withStaffPieces();
        return pages.show(Pages.Keep.SHARED, page, "page/design", Map.of("tokens", TOKENS));
    }
}
