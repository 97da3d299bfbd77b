// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.BulkChange;
import org.waymark.node.listing.BulkEdits;
import org.waymark.node.listing.ListingHistory;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Purpose;

/// `/admin/bulk`: one change for many listings of ours: choose, look, do it, and undo it.
@Path("/admin/bulk")
public final class StaffBulkPages {

    private static final String SECTION = "listings";

    private final Listings listings;
    private final BulkEdits edits;
    private final ListingHistory history;
    private final Desk desk;

    public StaffBulkPages(Domains domains, Desk desk) {
        this.listings = domains.listings();
        this.edits = domains.bulkEdits();
        this.history = domains.history();
        this.desk = desk;
    }

    @GET
    public Response choose(
            @Context ContainerRequestContext request, @QueryParam("q") @DefaultValue("") String q) {
        return choose(200, open(request), q.strip(), false);
    }

    private Response choose(int status, Sheet sheet, String words, boolean unclear) {
        var found =
                listings.list(sheet.acting(Purpose.DIRECTORY), words, BulkEdits.MOST).stream()
                        .filter(it -> !it.isClosed())
                        .toList();
        return sheet.show(
                status,
                "listing/bulk",
                Map.of("words", words, "listings", found, "unclear", unclear));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response look(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        var fields = new Fields(form);
        var change = change(fields);
        var chosen = chosen(form);
        if (change.isEmpty() || chosen.isEmpty()) {
            return choose(422, sheet, "", true);
        }
        var acting = sheet.acting(Purpose.DIRECTORY);
        return sheet.show(
                "listing/bulk-look",
                Map.of("previews", edits.preview(acting, chosen, change.get()), "fields", fields));
    }

    @POST
    @Path("apply")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response apply(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        var change = change(new Fields(form));
        if (change.isEmpty()) {
            return choose(422, sheet, "", true);
        }
        var done = edits.apply(sheet.acting(Purpose.DIRECTORY), chosen(form), change.get());
        return sheet.show("listing/bulk-done", Map.of("finished", done));
    }

    @POST
    @Path("undo")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response undo(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = open(request);
        id(new Fields(form).text("batch"))
                .ifPresent(batch -> history.undo(sheet.acting(Purpose.DIRECTORY), batch));
        return Sheet.to("/admin/bulk", "undone");
    }

    private Sheet open(ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            throw new org.waymark.node.account.Access.Denied(Right.EDIT_LISTINGS);
        }
        return sheet;
    }

    private static List<ListingId> chosen(MultivaluedMap<String, String> form) {
        return form.getOrDefault("listing", List.of()).stream()
                .flatMap(text -> id(text).stream())
                .map(ListingId::new)
                .toList();
    }

    private static Optional<UUID> id(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static Optional<BulkChange> change(Fields fields) {
        return switch (fields.text("what")) {
            case "phone" ->
                    fields.text("from").isEmpty() || fields.text("to").isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new BulkChange.Phone(
                                            fields.text("from", 40), fields.text("to", 40)));
            case "website" -> fields.web("website").map(BulkChange.Website::new);
            case "topic" -> fields.choice("topic", Topic.class).map(BulkChange.AddTopic::new);
            case "referrals" ->
                    fields.choice("referrals", ReferralPolicy.class).map(BulkChange.Referrals::new);
            case "access" -> fields.choice("access", Access.class).map(BulkChange.GetIn::new);
            default -> Optional.empty();
        };
    }
}
