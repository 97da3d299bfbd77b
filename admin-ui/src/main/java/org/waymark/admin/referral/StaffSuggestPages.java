// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.suggest.Wanted;
import org.waymark.node.referral.writing.ReceiverSet;

/// `/admin/suggest`: whom one could ask, and why. What is chosen is posted: a language says
/// something of a person.
@Path("/admin/suggest")
public final class StaffSuggestPages {

    private final Domains domains;
    private final Desk desk;

    public StaffSuggestPages(Domains domains, Desk desk) {
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response open(@Context ContainerRequestContext request) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        return show(sheet, new Fields(new MultivaluedHashMap<>()), false);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response find(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        return show(desk.open(request, StaffReferralPages.SECTION), new Fields(form), true);
    }

    private Response show(Sheet sheet, Fields fields, boolean asked) {
        var acting = sheet.acting(Purpose.HELP);
        var wanted =
                new Wanted(
                        Arrays.stream(Topic.values())
                                .filter(it -> it.slug().equals(fields.text("topic")))
                                .findFirst(),
                        fields.optional("spoken").filter(tag -> tag.matches("[A-Za-z]{2,3}")),
                        fields.optional("near"),
                        Set.of());
        var sets = domains.writingAids().sets(acting);
        var chosen =
                sets.stream()
                        .filter(it -> it.id().toString().equals(fields.text("set")))
                        .map(ReceiverSet::listings)
                        .findFirst()
                        .orElse(List.of());
        return sheet.show(
                "referral/suggest",
                Map.of(
                        "fields",
                        fields,
                        "asked",
                        asked,
                        "suggestions",
                        asked && chosen.isEmpty()
                                ? domains.suggestions().list(acting, wanted)
                                : List.of(),
                        "sets",
                        sets,
                        "chosen",
                        chosen.stream().flatMap(it -> taken(sheet, it).stream()).toList(),
                        "places",
                        domains.listingIndex().places()));
    }

    /// Those of a set that can be asked now.
    private List<Listing> taken(Sheet sheet, ListingId id) {
        var acting = sheet.acting(Purpose.HELP);
        return domains
                .listings()
                .find(acting, id)
                .filter(it -> domains.referrals().whomToAsk(acting, it).isPresent())
                .stream()
                .toList();
    }

    /// The listings ticked in a form.
    static List<ListingId> ticked(MultivaluedMap<String, String> form) {
        return form.getOrDefault("listing", List.of()).stream()
                .filter(it -> it.matches("[0-9a-f-]{36}"))
                .map(it -> new ListingId(UUID.fromString(it)))
                .distinct()
                .toList();
    }
}
