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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.admin.desk.Desk;
import org.waymark.admin.desk.Fields;
import org.waymark.admin.desk.Sheet;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.MultipartForm;
import org.waymark.node.listing.MachineTranslations;
import org.waymark.node.listing.TranslationEdits;
import org.waymark.node.listing.Translations;
import org.waymark.node.page.Language;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.translation.Po;
import org.waymark.node.translation.TextFile;
import org.waymark.node.translation.Xliff;

/// `/admin/translations`: every listing in every language, one beside its translation, and files
/// for translators.
@Path("/admin/translations")
public final class StaffTranslationPages {

    private static final String SECTION = "listings";
    private static final String PAGE = "/admin/translations";
    private static final int ON_A_PAGE = 50;
    // 20,000: twice the longest description met in real directories.
    private static final int LONGEST = 20_000;

    private final Translations translations;
    private final TranslationEdits edits;
    private final MachineTranslations machine;
    private final Desk desk;

    public StaffTranslationPages(Domains domains, Desk desk) {
        this.translations = domains.translations();
        this.edits = domains.translationEdits();
        this.machine = domains.machineTranslations();
        this.desk = desk;
    }

    /// Listings, or what they show, by languages. `language` shows only those that need work in it.
    @GET
    public Response matrix(
            @Context ContainerRequestContext request,
            @QueryParam("of") @DefaultValue("listings") String word,
            @QueryParam("language") @DefaultValue("") String language,
            @QueryParam("page") @DefaultValue("1") int page) {
        var sheet = desk.open(request, SECTION);
        var of =
                Arrays.stream(Translations.Of.values())
                        .filter(it -> Fields.word(it).equals(word))
                        .findFirst()
                        .orElse(Translations.Of.LISTINGS);
        var totals = new TranslationTotals.Counting(desk.pages().languages().list());
        var wanted = new Window<Translations.Row>(page, ON_A_PAGE);
        translations.each(
                sheet.acting(Purpose.DIRECTORY),
                of,
                tags(),
                row -> {
                    totals.add(row);
                    if (needsWork(row, language)) {
                        wanted.add(row);
                    }
                });
        return sheet.show(
                "listing/translations",
                Map.of(
                        "of",
                        of,
                        "rows",
                        wanted.shown(),
                        "total",
                        wanted.total(),
                        "totals",
                        totals.totals(),
                        "chosen",
                        language,
                        "number",
                        wanted.number(),
                        "pages",
                        wanted.pages()));
    }

    private static boolean needsWork(Translations.Row row, String language) {
        var counts = row.byLanguage().get(language);
        return language.isEmpty()
                || counts != null && counts.of(TextFile.State.REVIEWED) < counts.all();
    }

    @GET
    @Path("{id}/{language}")
    public Response open(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("language") String language) {
        return sideBySide(
                200, desk.open(request, SECTION), id, known(language), Map.of(), Map.of());
    }

    @POST
    @Path("{id}/{language}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("language") String tag,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var language = known(tag);
        var fields = new Fields(form);
        var acting = sheet.acting(Purpose.DIRECTORY);
        var before =
                translations.open(acting, id, language.tag()).orElseThrow(NotFoundException::new);
        var written = new LinkedHashMap<String, TranslationEdits.Written>();
        for (var section : before.sections()) {
            var member = section.member();
            written.put(
                    member,
                    new TranslationEdits.Written(
                            fields.text(member, LONGEST).replace("\r\n", "\n"),
                            fields.text("mark-" + member),
                            fields.isTicked("checked-" + member)));
        }
        var taken = edits.save(acting, id, language.tag(), written);
        if (!taken.conflicts().isEmpty() || !taken.hidden().isEmpty()) {
            return sideBySide(
                    taken.conflicts().isEmpty() ? 422 : 409,
                    sheet,
                    id,
                    language,
                    typed(taken.conflicts(), fields),
                    typed(taken.hidden(), fields));
        }
        return Sheet.to(
                PAGE + "/" + id + "/" + language.tag(),
                taken.taken() > 0 ? "saved" : "nothing-changed");
    }

    private static Map<String, String> typed(List<String> members, Fields fields) {
        var typed = new LinkedHashMap<String, String>();
        members.forEach(it -> typed.put(it, fields.text(it, LONGEST).replace("\r\n", "\n")));
        return typed;
    }

    @POST
    @Path("{id}/{language}/machine")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response machine(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            @PathParam("language") String tag) {
        var sheet = desk.open(request, SECTION);
        var language = known(tag);
        var done = machine.translate(sheet.acting(Purpose.DIRECTORY), id, language.tag());
        return Sheet.to(
                PAGE + "/" + id + "/" + language.tag(),
                switch (done) {
                    case MachineTranslations.Outcome.Done(_, var lost) ->
                            lost == 0 ? "machine-translated" : "machine-lost";
                    case MachineTranslations.Outcome.NothingToDo _ -> "machine-nothing";
                    case MachineTranslations.Outcome.Failed(var code) -> "machine-" + code;
                });
    }

    /// The original changed only a little: all its translations are right still.
    @POST
    @Path("{id}/keep")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response keep(
            @Context ContainerRequestContext request,
            @PathParam("id") UUID id,
            MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        edits.keepAll(sheet.acting(Purpose.DIRECTORY), id);
        return Sheet.to(
                PAGE + "/" + id + "/" + known(new Fields(form).text("language")).tag(), "saved");
    }

    /// A file for a translator: `kind` is `xliff` or `po`.
    @GET
    @Path("file")
    public Response file(
            @Context ContainerRequestContext request,
            @QueryParam("from") @DefaultValue("en") String from,
            @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("kind") @DefaultValue("xliff") String kind) {
        var sheet = desk.open(request, SECTION);
        var language = known(to);
        var texts =
                translations.export(
                        sheet.acting(Purpose.DIRECTORY), known(from).tag(), language.tag());
        var isPo = kind.equals("po");
        var name = "listings-" + texts.from() + "-" + texts.to() + (isPo ? ".po" : ".xlf");
        return Response.ok(isPo ? Po.write(texts) : Xliff.write(texts))
                .type(isPo ? "text/x-gettext-translation;charset=utf-8" : "application/xliff+xml")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /// Takes a file back, as text.
    @POST
    @Path("file")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response take(
            @Context ContainerRequestContext request, MultivaluedMap<String, String> form) {
        var sheet = desk.open(request, SECTION);
        var text = new Fields(form).text("text");
        return take(sheet, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same, as the file that it is.
    @POST
    @Path("file")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(@Context ContainerRequestContext request, byte[] body) {
        var sheet = desk.open(request, SECTION);
        var boundary = request.getMediaType().getParameters().getOrDefault("boundary", "");
        return MultipartForm.parse(body, boundary)
                .file()
                .map(it -> take(sheet, it.content()))
                .orElseGet(() -> Sheet.to(PAGE, "file-missing"));
    }

    private Response take(Sheet sheet, byte[] bytes) {
        try {
            var file = isXml(bytes) ? Xliff.read(bytes) : Po.read(bytes);
            var taken =
                    edits.take(
                            sheet.acting(Purpose.DIRECTORY),
                            new TextFile(file.from(), known(file.to()).tag(), file.units()));
            return sheet.show("listing/translations-taken", Map.of("taken", taken));
        } catch (TextFile.UnusableException e) {
            return Sheet.to(PAGE, e.code());
        }
    }

    /// Behind blanks, and behind the mark that some editors put first.
    private static boolean isXml(byte[] bytes) {
        var start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.UTF_8);
        return start.replace("\uFEFF", "").strip().startsWith("<");
    }

    /// @param conflicts what was typed where somebody else wrote meanwhile, by member
    /// @param hidden what was typed and names a house that no listing tells
    private Response sideBySide(
            int status,
            Sheet sheet,
            UUID id,
            Language language,
            Map<String, String> conflicts,
            Map<String, String> hidden) {
        var one =
                translations
                        .open(sheet.acting(Purpose.DIRECTORY), id, language.tag())
                        .orElseThrow(NotFoundException::new);
        return sheet.show(
                status,
                "listing/translation",
                Map.of(
                        "one",
                        one,
                        "language",
                        language,
                        "conflicts",
                        conflicts,
                        "hidden",
                        hidden,
                        "machine",
                        machine.isOn()));
    }

    private Language known(String tag) {
        return desk.pages().languages().find(tag).orElseThrow(NotFoundException::new);
    }

    private List<String> tags() {
        return desk.pages().languages().tags();
    }
}
