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
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.MultipartStream;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.listing.intake.Mapping;
import org.waymark.node.listing.intake.Mappings;
import org.waymark.node.listing.intake.TableSheet;
import org.waymark.node.listing.intake.Upload;
import org.waymark.node.listing.intake.Uploads;
import org.waymark.node.privacy.Purpose;

/// `/admin/import`: a directory of somebody else comes in, a table or a package of HSDS. Staff say
/// what each column means, look at what would come of it, and import; what they said is kept for
/// the next table like it. A run has a page that says how far it is and loads itself again.
@Path("/admin/import")
public final class StaffImportPages {

    private static final String PAGE = "/admin/import";
    private static final String BEGUN_MEANWHILE = "begun-meanwhile";
    private static final String SECTION = "listings";
    // 3 s: often enough to see it move.
    private static final String LOOK_AGAIN_SECONDS = "3";
    private static final long REST_OF_FORM_BYTES = 1 << 16;

    private final Uploads uploads;
    private final Mappings mappings;
    private final Desk desk;

    public StaffImportPages(Domains domains, Desk desk) {
        this.uploads = domains.uploads();
        this.mappings = domains.mappings();
        this.desk = desk;
    }

    @GET
    public Response choose(@Context ContainerRequestContext request) {
        return choose(open(request), 200, "");
    }

    private Response choose(Sheet sheet, int status, String problem) {
        var parameters = new HashMap<String, Object>();
        parameters.put("problem", problem);
        parameters.put("uploads", uploads.list(sheet.acting(Purpose.DIRECTORY)));
        parameters.put("megabytes", uploads.mostBytes() / 1_000_000);
        return sheet.show(status, "listing/import", parameters);
    }

    private Sheet open(ContainerRequestContext request) {
        var sheet = desk.open(request, SECTION);
        if (!sheet.may(Right.EDIT_LISTINGS)) {
            throw new Access.Denied(Right.EDIT_LISTINGS);
        }
        return sheet;
    }

    /// The file is read from the line, past all that reads forms whole.
    @POST
    // The second kind only so that a form without a token is refused for that.
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response upload(@Context ContainerRequestContext request) {
        var sheet = open(request);
        if (length(request) > uploads.mostBytes() + REST_OF_FORM_BYTES) {
            return Response.fromResponse(choose(sheet, 413, "file-too-large"))
                    .header("Connection", "close")
                    .build();
        }
        var form = MultipartStream.of(request);
        var name = form.flatMap(MultipartStream::fileName);
        if (form.isEmpty() || name.isEmpty()) {
            return choose(sheet, 422, "no-file");
        }
        try {
            var id =
                    uploads.add(
                            sheet.acting(Purpose.DIRECTORY),
                            shortened(name.get()),
                            form.get().file());
            return Sheet.to(PAGE + "/" + id);
        } catch (UnusablePackageException e) {
            return choose(sheet, status(e.code()), e.code());
        }
    }

    /// What the browser says, who knows how large its file is.
    private static long length(ContainerRequestContext request) {
        var said = String.valueOf(request.getHeaderString("Content-Length"));
        return said.matches("[0-9]{1,18}") ? Long.parseLong(said) : 0;
    }

    private static int status(String code) {
        return switch (code) {
            case "disk-full" -> 507;
            case "upload-busy" -> 503;
            case "file-too-large" -> 413;
            case "uploads-full" -> 409;
            default -> 422;
        };
    }

    private static String shortened(String name) {
        return name.length() <= 200 ? name : name.substring(name.length() - 200);
    }

    @GET
    @Path("{id}")
    public Response look(@Context ContainerRequestContext request, @PathParam("id") UUID id) {
        var sheet = open(request);
        var upload =
                uploads.find(sheet.acting(Purpose.DIRECTORY), id)
                        .orElseThrow(NotFoundException::new);
        return look(sheet, upload, 200, upload.code().orElse(""));
    }

    private Response look(Sheet sheet, Upload upload, int status, String problem) {
        return switch (upload.state()) {
            case LOOKING, IMPORTING -> running(sheet, upload);
            case IMPORTED -> {
                var parameters = new HashMap<String, Object>();
                report(sheet, upload, parameters, "report");
                yield sheet.show("listing/import-done", parameters);
            }
            case SENT, LOOKED, FAILED ->
                    switch (upload.kind()) {
                        case DIRECTORY -> directory(sheet, upload, status, problem);
                        case TABLE -> table(sheet, upload, status, problem);
                    };
        };
    }

    private Response running(Sheet sheet, Upload upload) {
        var parameters = new HashMap<String, Object>();
        parameters.put("upload", upload);
        uploads.step(sheet.acting(Purpose.DIRECTORY), upload.id())
                .ifPresent(it -> parameters.put("step", it));
        return Response.fromResponse(sheet.show("listing/import-running", parameters))
                .header("Refresh", LOOK_AGAIN_SECONDS)
                .build();
    }

    private Response directory(Sheet sheet, Upload upload, int status, String problem) {
        var page = sheet.page();
        var options = upload.wish().map(Uploads.Options::parse);
        return directory(
                sheet,
                upload,
                status,
                problem,
                Map.of(
                        "country",
                        options.map(it -> it.country().orElse("")).orElse(page.imprint().country()),
                        "zone",
                        options.map(Uploads.Options::zone).orElse(sheet.zone()).getId(),
                        "language",
                        options.map(Uploads.Options::language).orElse(page.language().tag())));
    }

    /// @param options as they were typed or chosen, by field
    private Response directory(
            Sheet sheet, Upload upload, int status, String problem, Map<String, String> options) {
        var parameters = new HashMap<String, Object>();
        parameters.put("upload", upload);
        parameters.put("options", options);
        parameters.put("problem", problem);
        report(sheet, upload, parameters, "preview");
        return sheet.show(status, "listing/import-directory", parameters);
    }

    private Response table(Sheet sheet, Upload upload, int status, String problem) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        TableSheet table;
        try {
            table = uploads.sheet(acting, upload.id()).orElseThrow(NotFoundException::new);
        } catch (UnusablePackageException e) {
            // It is gone: the disk was brought back without it.
            return choose(sheet, 410, e.code());
        }
        var names =
                table.columns().stream().map(TableSheet.Column::name).collect(Collectors.toSet());
        var form =
                upload.wish()
                        .map(Mapping::parse)
                        .or(() -> mappings.fitting(acting, names))
                        .map(mapping -> MappingForm.of(table, mapping))
                        .orElseGet(
                                () ->
                                        MappingForm.guessed(
                                                table,
                                                sheet.page().language().tag(),
                                                sheet.page().imprint().country()));
        return columns(sheet, status, upload, table, form, problem);
    }

    private Response columns(
            Sheet sheet,
            int status,
            Upload upload,
            TableSheet table,
            MappingForm form,
            String problem) {
        var parameters = new HashMap<String, Object>();
        parameters.put("table", table);
        parameters.put("form", form);
        parameters.put("problem", problem);
        if (problem.isEmpty()) {
            report(sheet, upload, parameters, "preview");
        }
        return sheet.show(status, "listing/import-columns", parameters);
    }

    private void report(
            Sheet sheet, Upload upload, HashMap<String, Object> parameters, String name) {
        uploads.report(sheet.acting(Purpose.DIRECTORY), upload.id())
                .ifPresent(it -> parameters.put(name, it));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> values) {
        var sheet = open(request);
        var upload =
                uploads.find(sheet.acting(Purpose.DIRECTORY), id)
                        .orElseThrow(NotFoundException::new);
        var fields = new Fields(values);
        if (fields.text("decision").equals("remove")) {
            uploads.remove(sheet.acting(Purpose.DIRECTORY), id);
            return Sheet.to(PAGE);
        }
        var isDry = !fields.text("decision").equals("import");
        if (upload.state().isRunning() || upload.state() == Upload.State.IMPORTED) {
            return Sheet.to(PAGE + "/" + id);
        }
        return upload.kind() == Upload.Kind.TABLE
                ? decideTable(sheet, upload, fields, isDry)
                : decideDirectory(sheet, upload, fields, isDry);
    }

    private Response decideTable(Sheet sheet, Upload upload, Fields fields, boolean isDry) {
        var acting = sheet.acting(Purpose.DIRECTORY);
        var table = uploads.sheet(acting, upload.id()).orElseThrow(NotFoundException::new);
        var form = MappingForm.read(table, fields);
        if (!form.wrong().isEmpty()) {
            return columns(sheet, 422, upload, table, form, form.wrong().getFirst());
        }
        try {
            var mapping = form.mapping(table);
            if (!uploads.begin(acting, upload.id(), mapping, isDry)) {
                return columns(sheet, 409, upload, table, form, BEGUN_MEANWHILE);
            }
            if (!isDry) {
                mappings.put(acting, mapping);
            }
            return Sheet.to(PAGE + "/" + upload.id());
        } catch (UnusablePackageException e) {
            return columns(sheet, 422, upload, table, form, e.code());
        }
    }

    private Response decideDirectory(Sheet sheet, Upload upload, Fields fields, boolean isDry) {
        var typed =
                Map.of(
                        "country",
                        fields.text("country", 2),
                        "zone",
                        fields.text("zone", 60),
                        "language",
                        fields.text("language", 35));
        var wrong = MappingForm.wrong(fields.text("country", 2), fields.text("zone", 60));
        if (!wrong.isEmpty()) {
            return directory(sheet, upload, 422, wrong.getFirst(), typed);
        }
        var options =
                new Uploads.Options(
                        Optional.of(fields.text("country", 2)).filter(it -> !it.isEmpty()),
                        Optional.of(fields.text("zone", 60))
                                .filter(it -> !it.isEmpty())
                                .map(ZoneId::of)
                                .orElse(sheet.zone()),
                        sheet.pages()
                                .languages()
                                .find(fields.text("language", 35))
                                .orElse(sheet.page().language())
                                .tag());
        if (!uploads.begin(sheet.acting(Purpose.DIRECTORY), upload.id(), options, isDry)) {
            return directory(sheet, upload, 409, BEGUN_MEANWHILE, typed);
        }
        return Sheet.to(PAGE + "/" + upload.id());
    }
}
