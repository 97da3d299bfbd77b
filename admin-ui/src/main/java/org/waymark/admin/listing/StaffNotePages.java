// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.StaffNote;
import org.waymark.node.listing.StaffNotes;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Purpose;

/// `/admin/notes/{listing}`: takes the notes that staff write among themselves beside a listing.
@Path("/admin/notes/{listing}")
public final class StaffNotePages {

    /// The notes beside a listing, and who wrote them.
    public record Shown(List<StaffNote> notes, Map<AccountId, String> colleagues) {
        static Shown none() {
            return new Shown(List.of(), Map.of());
        }

        /// Empty for somebody who does not work here any more.
        public String writer(StaffNote note) {
            return colleagues.getOrDefault(note.by(), "");
        }
    }

    private final StaffNotes notes;
    private final Desk desk;

    public StaffNotePages(Domains domains, Desk desk) {
        this.notes = domains.staffNotes();
        this.desk = desk;
    }

    static Shown shown(Domains domains, Sheet sheet, ListingId listing) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        return new Shown(
                domains.staffNotes().list(acting, listing), domains.accounts().colleagues(acting));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @Context ContainerRequestContext request,
            @PathParam("listing") UUID listing,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, "listings");
        var words = new Fields(form).text("words", StaffNotes.LONGEST);
        notes.add(sheet.acting(Purpose.DIRECTORY), new ListingId(listing), words);
        return Sheet.to("/admin/listings/" + listing, "note");
    }

    @POST
    @Path("{id}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response remove(
            @Context ContainerRequestContext request,
            @PathParam("listing") UUID listing,
            @PathParam("id") UUID id) {
        var sheet = desk.open(request, "listings");
        notes.remove(sheet.acting(Purpose.DIRECTORY), id);
        return Sheet.to("/admin/listings/" + listing, "saved");
    }
}
