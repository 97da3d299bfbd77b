// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.waymark.node.database.Remembered;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Language;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;

/// The first page: who runs this, a search box, nine topics, a person to talk to.
@Path(Page.LANGUAGE)
public final class HomePages {

    private final Pages pages;
    private final Remembered<Key, byte[]> rendered = new Remembered<>(20);

    /// All that its first page depends on.
    private record Key(Imprint imprint, Language language) {}

    public HomePages(Pages pages) {
        this.pages = pages;
    }

    @GET
    public Response home(@PathParam("lang") String lang) {
        var page = pages.open(lang, "");
        var body =
                rendered.get(
                        new Key(page.imprint(), page.language()),
                        _ -> pages.render(page, "guide/home", Map.of()));
        return pages.answer(200, Pages.Keep.SHARED, page, body);
    }
}
