// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Filling;
import org.waymark.admin.desk.Sheet;
import org.waymark.admin.peer.StaffDeliveryPages;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Taxonomies;
import org.waymark.node.privacy.Purpose;

/// The screen with the form of one listing: shown, and read back.
final class ListingScreen {

    private final Domains domains;

    ListingScreen(Domains domains) {
        this.domains = domains;
    }

    /// What was sent, held against HSDS where it can be read at all.
    ListingForm.Filled read(
            Sheet sheet, Optional<ListingId> id, Draft before, String language, Fields fields) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        var places =
                sheet.may(Right.EDIT_LISTINGS)
                        ? PlaceFields.Lookup.of(domains.ownPlaces(), acting)
                        : PlaceFields.Lookup.NONE;
        var terms =
                fields.text("term").isEmpty()
                        ? List.<Taxonomies.Term>of()
                        : domains.taxonomies().terms(acting);
        var filled = ListingForm.over(before, language, fields, sheet.page(), places, terms);
        var errors = new ArrayList<>(filled.errors());
        var faults = domains.draftChecks().faults(acting, id, filled.draft());
        FaultWords.ofListing(sheet.page(), faults).stream()
                .filter(it -> errors.stream().noneMatch(wrong -> wrong.field().equals(it.field())))
                .forEach(errors::add);
        return new ListingForm.Filled(filled.draft(), List.copyOf(errors), filled.asked());
    }

    private URI uri(Sheet sheet, String id) {
        return domains.listings()
                .find(sheet.acting(Purpose.DIRECTORY), new ListingId(UUID.fromString(id)))
                .map(Listing::uri)
                .orElseThrow(NotFoundException::new);
    }

    /// @param id empty for a new one
    Response show(
            int status,
            Sheet sheet,
            String id,
            long version,
            Draft draft,
            String language,
            Filling filling,
            PlaceFields.Asked asked) {
        var uri = id.isEmpty() ? Optional.<URI>empty() : Optional.of(uri(sheet, id));
        var parameters = new HashMap<String, Object>();
        parameters.put("id", id);
        parameters.put("uri", uri.map(URI::toString).orElse(""));
        parameters.put(
                "deliveries",
                uri.map(it -> StaffDeliveryPages.about(domains, sheet, it)).orElse(List.of()));
        parameters.put("version", version);
        parameters.put("draft", draft);
        parameters.put("language", language);
        parameters.put("filling", filling);
        parameters.put("asked", asked);
        parameters.put(
                "places",
                sheet.may(Right.EDIT_LISTINGS)
                        ? domains.ownPlaces()
                                .list(
                                        sheet.acting(Purpose.DIRECTORY),
                                        draft.spots().stream()
                                                .map(Spot::id)
                                                .collect(Collectors.toSet()))
                        : List.of());
        parameters.put(
                "notes",
                id.isEmpty()
                        ? StaffNotePages.Shown.none()
                        : StaffNotePages.shown(domains, sheet, new ListingId(UUID.fromString(id))));
        return sheet.show(status, "listing/form", parameters);
    }
}
