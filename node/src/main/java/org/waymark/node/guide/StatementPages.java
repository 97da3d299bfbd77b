// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.privacy.RetentionSettings;

/// What this site owes its visitors in words: how to complain, what happens to their data, who can
/// use it.
@Path(Page.LANGUAGE)
public final class StatementPages {

    private final Pages pages;
    private final GuideSettings settings;
    private final RetentionSettings retention;
    private final BooleanSupplier opensByItself;

    /// @param opensByItself whether the computer, switched on, opens the keys
    public StatementPages(
            Pages pages,
            GuideSettings settings,
            RetentionSettings retention,
            BooleanSupplier opensByItself) {
        this.opensByItself = opensByItself;
        this.pages = pages;
        this.settings = settings;
        this.retention = retention;
    }

    /// Neutral title and no indexing: the phone may be shared.
    @GET
    @Path("complaint")
    public Response complaint(@PathParam("lang") String lang) {
        return statement(pages.open(lang, "complaint").inPrivate(), "guide/complaint");
    }

    @GET
    @Path("privacy")
    public Response privacy(@PathParam("lang") String lang) {
        return statement(pages.open(lang, "privacy"), "guide/privacy");
    }

    @GET
    @Path("accessibility")
    public Response accessibility(@PathParam("lang") String lang) {
        return statement(pages.open(lang, "accessibility"), "guide/accessibility");
    }

    private Response statement(Page page, String template) {
        return pages.show(
                Pages.Keep.SHARED,
                page,
                template,
                Map.of(
                        "settings", settings,
                        "retention", retention,
                        "byStaff", !opensByItself.getAsBoolean()));
    }
}
