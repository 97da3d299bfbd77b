// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.desk;

import gg.jte.Content;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.account.Right;
import org.waymark.node.account.Staff;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Origin;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Tab;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// One staff page being written: who reads it and what stands around it. Immutable.
///
/// @param others the other organisations this person works for
/// @param done what came of the last press, to be said once
/// @param zone in which times are shown
public record Sheet(
        Pages pages,
        Page page,
        Staff staff,
        HostedOrganization organization,
        List<HostedOrganization> others,
        List<Tab> tabs,
        Optional<Notice> done,
        ZoneId zone) {

    /// What came of the last press: done, or why not.
    public record Notice(String kind, Content text) {

        static Optional<Notice> of(Page page, String what) {
            return of(page, "ok", "staff.done." + what)
                    .or(() -> of(page, "wait", "staff.note." + what));
        }

        private static Optional<Notice> of(Page page, String kind, String key) {
            return page.messages().has(key)
                    ? Optional.of(new Notice(kind, page.say(key)))
                    : Optional.empty();
        }
    }

    public Acting acting(Purpose purpose) {
        return staff.acting(purpose);
    }

    /// Whether to show a button at all; what it does asks again.
    public boolean may(Right right) {
        return staff.has(right);
    }

    /// Whether the organisation they act for publishes it: not a copy, not a neighbour's.
    public boolean publishes(Listing listing) {
        return listing.origin() instanceof Origin.Own(var publisher)
                && publisher.equals(staff.organization());
    }

    /// The value of the hidden field `token` of every form.
    public String token() {
        return staff.formToken();
    }

    /// A moment: its day and its time.
    public Content when(Instant instant) {
        var local = instant.atZone(zone);
        return output -> {
            page.date(local.toLocalDate()).writeTo(output);
            output.writeContent(" ");
            page.time(local.toLocalTime()).writeTo(output);
        };
    }

    public Content day(Instant instant) {
        return page.date(instant.atZone(zone).toLocalDate());
    }

    /// Renders a template, which gets `page`, `sheet` and the parameters by name.
    public Response show(String template, Map<String, Object> parameters) {
        return show(200, template, parameters);
    }

    public Response show(int status, String template, Map<String, Object> parameters) {
        var all = new HashMap<>(parameters);
        all.put("sheet", this);
        return pages.show(status, Pages.Keep.NOWHERE, page, template, all);
    }

    /// After a form was taken: to a page of its own, so that reloading sends nothing twice.
    public static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    /// The same, saying there what was done.
    ///
    /// @param what the end of the message key `staff.done.…`, or `staff.note.…` where it was not
    public static Response to(String path, String what) {
        return to(path + (path.contains("?") ? "&" : "?") + "done=" + what);
    }
}
