// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// The first page: who runs this, a search box, nine topics, a person to talk to.
@Path(Page.LANGUAGE)
public final class HomePages {

    private final Pages pages;

    public HomePages(Pages pages) {
        this.pages = pages;
    }

    @GET
    public Response home(@PathParam("lang") String lang) {
        return pages.show(Pages.Keep.SHARED, pages.open(lang, ""), "guide/home", Map.of());
    }
}
