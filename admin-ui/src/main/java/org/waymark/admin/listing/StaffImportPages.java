// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.MultipartForm;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Twins;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.listing.intake.Mappings;
import org.waymark.node.listing.intake.Uploads;
import org.waymark.node.privacy.Purpose;

/// `/admin/import`: a table of listings comes in. Staff say what each column means, look at what
/// would come of it, and import; what they said is kept for the next table like it.
@Path("/admin/import")
public final class StaffImportPages {

    private static final String PAGE = "/admin/import";
    private static final String SECTION = "listings";

    private final Uploads uploads;
    private final Mappings mappings;
    private final Twins twins;
    private final Desk desk;

    public StaffImportPages(Domains domains, Desk desk) {
        this.uploads = domains.uploads();
        this.mappings = domains.mappings();
        this.twins = domains.twins();
        this.desk = desk;
    }

    @GET
    public Response choose(@Context ContainerRequestContext request) {
        return choose(open(request), 200, "");
    }

    private static Response choose(Sheet sheet, int status, String problem) {
        var parameters = new HashMap<String, Object>();
        parameters.put("problem", problem);
        return sheet.show(status, "listing/import", parameters);
    }

    private Sheet open(ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            throw new Access.Denied(Right.EDIT_LISTINGS);
        }
        return sheet;
    }

    @POST
    // The second kind only so that a form without a token is refused for that.
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response upload(@Context ContainerRequestContext request, byte[] body) {
        var sheet = open(request);
        var boundary = request.getMediaType().getParameters().getOrDefault("boundary", "");
        var file = MultipartForm.parse(body, boundary).file();
        if (file.isEmpty()) {
            return choose(sheet, 422, "no-file");
        }
        try {
            var id =
                    uploads.add(
                            sheet.acting(Purpose.DIRECTORY),
                            shortened(file.get().name()),
                            file.get().content());
            return Sheet.to(PAGE + "/" + id);
        } catch (UnusablePackageException e) {
            return choose(sheet, 422, e.code());
        }
    }

    private static String shortened(String name) {
        return name.length() <= 200 ? name : name.substring(0, 200);
    }

    @GET
    @Path("{id}")
    public Response columns(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = open(request);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var table = uploads.find(acting, id).orElseThrow(NotFoundException::new);
        var names =
                table.columns().stream()
                        .map(Uploads.Column::name)
                        .collect(java.util.stream.Collectors.toSet());
        var form =
                mappings.fitting(acting, names)
                        .map(mapping -> MappingForm.of(table, mapping))
                        .orElseGet(
                                () ->
                                        MappingForm.guessed(
                                                table,
                                                sheet.page().language().tag(),
                                                sheet.page().imprint().country()));
        return show(sheet, 200, table, form, Optional.empty(), "");
    }

    private static Response show(
            Sheet sheet,
            int status,
            Uploads.Sheet table,
            MappingForm form,
            Optional<ImportReport> preview,
            String problem) {
        var parameters = new HashMap<String, Object>();
        parameters.put("table", table);
        parameters.put("form", form);
        parameters.put("problem", problem);
        preview.ifPresent(report -> parameters.put("preview", report));
        return sheet.show(status, "listing/import-columns", parameters);
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> values) {
        var sheet = open(request);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var table = uploads.find(acting, id).orElseThrow(NotFoundException::new);
        var fields = new Fields(values);
        var form = MappingForm.read(table, fields);
        if (!form.wrong().isEmpty()) {
            return show(sheet, 422, table, form, Optional.empty(), form.wrong().getFirst());
        }
        try {
            var mapping = form.mapping(table);
            if (fields.text("decision").equals("import")) {
                mappings.put(acting, mapping);
                var report =
                        uploads.run(acting, id, mapping, false).orElseThrow(NotFoundException::new);
                twins.look(acting);
                var parameters = new HashMap<String, Object>();
                parameters.put("report", report);
                return sheet.show("listing/import-done", parameters);
            }
            return show(sheet, 200, table, form, uploads.run(acting, id, mapping, true), "");
        } catch (UnusablePackageException e) {
            return show(sheet, 422, table, form, Optional.empty(), e.code());
        }
    }
}
