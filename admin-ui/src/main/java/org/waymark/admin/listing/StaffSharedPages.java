// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.listing.SharedPart;
import org.waymark.node.listing.SharedParts;
import org.waymark.node.listing.hsds.Fault;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.privacy.Purpose;

/// `/admin/shared`: places, contacts and providers that several listings show, changed once for all
/// of them.
@Path("/admin/shared")
public final class StaffSharedPages {

    private static final String SECTION = "listings";
    private static final int MOST = 200;
    private static final int LONGEST = 2_000;

    private final SharedParts parts;
    private final Desk desk;

    public StaffSharedPages(Domains domains, Desk desk) {
        this.parts = domains.sharedParts();
        this.desk = desk;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("kind") @DefaultValue("place") String word,
            @QueryParam("q") @DefaultValue("") String words) {
        var sheet = desk.open(request, SECTION);
        var kind =
                Arrays.stream(SharedPart.Kind.values())
                        .filter(it -> Fields.word(it).equals(word))
                        .findFirst()
                        .orElse(SharedPart.Kind.PLACE);
        var found = parts.list(sheet.acting(Purpose.DIRECTORY), kind, words.strip(), MOST);
        return sheet.show(
                "listing/shared", Map.of("kind", kind, "words", words.strip(), "parts", found));
    }

    @GET
    @Path("{id}")
    public Response edit(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = desk.open(request, SECTION);
        var part =
                parts.find(sheet.acting(Purpose.DIRECTORY), id).orElseThrow(NotFoundException::new);
        return form(200, sheet, part, part.fields(), List.of());
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response replace(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var part = parts.find(acting, id).orElseThrow(NotFoundException::new);
        var fields = new Fields(form);
        var written = new HashMap<String, String>();
        part.kind().fields().forEach(it -> written.put(it, fields.text(it, LONGEST)));
        return switch (parts.replace(acting, id, fields.text("version"), written)) {
            case SharedParts.Outcome.Changed(_, var hidden) ->
                    Sheet.to("/admin/shared/" + id, hidden ? "hidden-house" : "saved");
            case SharedParts.Outcome.NothingToChange _ -> Sheet.to("/admin/shared/" + id, "saved");
            case SharedParts.Outcome.Stale(var now) ->
                    form(
                            409,
                            sheet,
                            now,
                            written,
                            List.of(new Wrong("name", sheet.page().say("staff.shared.stale"))));
            case SharedParts.Outcome.Refused(var faults) ->
                    form(
                            422,
                            sheet,
                            part,
                            written,
                            faults.stream().map(it -> wrong(sheet.page(), it)).toList());
            case SharedParts.Outcome.NamesHiddenHouse(var field) ->
                    form(
                            422,
                            sheet,
                            part,
                            written,
                            List.of(
                                    new Wrong(
                                            field, sheet.page().say("staff.hidden-house.named"))));
            case SharedParts.Outcome.NotFound _ -> throw new NotFoundException();
        };
    }

    /// A fault at the field where it stands.
    private static Wrong wrong(Page page, Fault fault) {
        var field = fault.path().substring(fault.path().lastIndexOf('.') + 1);
        return new Wrong(field, FaultWords.words(page, fault.code()));
    }

    private static Response form(
            int status,
            Sheet sheet,
            SharedPart part,
            Map<String, String> fields,
            List<Wrong> errors) {
        return sheet.show(
                status,
                "listing/shared-part",
                Map.of("part", part, "fields", fields, "errors", errors));
    }
}
