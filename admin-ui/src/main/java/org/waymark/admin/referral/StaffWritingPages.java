// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.referral;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.Listing;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.writing.ReceiverSet;
import org.waymark.node.referral.writing.WritingAids;
import org.waymark.node.referral.writing.WritingAids.Outcome;

/// `/admin/writing`: saved sets of receivers and words for reasons.
@Path("/admin/writing")
public final class StaffWritingPages {

    private static final String HERE = "/admin/writing";

    private final WritingAids aids;
    private final Domains domains;
    private final Desk desk;

    public StaffWritingPages(Domains domains, Desk desk) {
        this.aids = domains.writingAids();
        this.domains = domains;
        this.desk = desk;
    }

    @GET
    public Response show(@Context ContainerRequestContext request) {
        return show(200, desk.open(request, StaffReferralPages.SECTION), "", List.of());
    }

    private Response show(int status, Sheet sheet, String words, List<Wrong> errors) {
        var acting = sheet.acting(Purpose.HELP);
        var sets = new LinkedHashMap<ReceiverSet, List<Listing>>();
        for (var set : aids.sets(acting)) {
            sets.put(
                    set,
                    set.listings().stream()
                            .flatMap(it -> domains.listings().find(acting, it).stream())
                            .toList());
        }
        return sheet.show(
                status,
                "referral/writing",
                Map.of(
                        "sets",
                        sets,
                        "templates",
                        aids.templates(acting),
                        "words",
                        words,
                        "errors",
                        errors));
    }

    @POST
    @Path("sets")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response addSet(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        return done(
                aids.addSet(
                        sheet.acting(Purpose.HELP),
                        new Fields(form).text("set-name", ReceiverSet.MAX_NAME),
                        StaffSuggestPages.ticked(form)));
    }

    @POST
    @Path("sets/{id}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response removeSet(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        aids.removeSet(sheet.acting(Purpose.HELP), id);
        return Sheet.to(HERE, "writing-removed");
    }

    @POST
    @Path("reasons")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response addTemplate(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        var words = new Fields(form).text("words");
        return switch (aids.addTemplate(sheet.acting(Purpose.HELP), words)) {
            case Outcome.Kept _ -> Sheet.to(HERE, "writing-kept");
            case Outcome.Telling _ -> again(sheet, words, "staff.note.writing-telling");
            case Outcome.Unusable _ -> again(sheet, words, "staff.note.writing-unusable");
        };
    }

    @POST
    @Path("reasons/{id}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response removeTemplate(
            @Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, StaffReferralPages.SECTION);
        aids.removeTemplate(sheet.acting(Purpose.HELP), id);
        return Sheet.to(HERE, "writing-removed");
    }

    private Response again(Sheet sheet, String words, String why) {
        return show(422, sheet, words, List.of(new Wrong("words", sheet.page().say(why))));
    }

    private static Response done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Kept _ -> Sheet.to(HERE, "writing-kept");
            case Outcome.Telling _ -> Sheet.to(HERE, "writing-telling");
            case Outcome.Unusable _ -> Sheet.to(HERE, "writing-unusable");
        };
    }
}
