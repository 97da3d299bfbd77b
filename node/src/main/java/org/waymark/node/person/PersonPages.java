// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.Problem;
import org.waymark.node.http.RemoteAddress;
import org.waymark.node.listing.handout.QrCode;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.person.HelpCodes.Check;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.LockedException;
import org.waymark.node.referral.ReferralId;

/// The person's own page: behind the help code how far the request is and the way to stop it,
/// behind the second word everything else (safety.md 10). Codes and words come by POST only.
@Path(Page.LANGUAGE)
public final class PersonPages {

    private final Pages pages;
    private final HelpCodes codes;
    private final Visits visits;
    private final PersonFile file;
    private final BaseUrl baseUrl;
    private final Optional<String> outsidePhone;

    PersonPages(
            Pages pages,
            HelpCodes codes,
            Visits visits,
            PersonFile file,
            BaseUrl baseUrl,
            Optional<String> outsidePhone) {
        this.pages = pages;
        this.codes = codes;
        this.visits = visits;
        this.file = file;
        this.baseUrl = baseUrl;
        this.outsidePhone = outsidePhone;
    }

    @GET
    @Path("code")
    public Response askForCode(@PathParam("lang") String lang) {
        return codeForm(200, lang, List.of());
    }

    @POST
    @Path("code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("same-origin") String from,
            @FormParam("code") @DefaultValue("") String code) {
        requireOwnPage(from);
        return switch (codes.check(code, RemoteAddress.of(request).host())) {
            case Check.Right(var found) -> {
                var cookie =
                        visits.open(
                                request,
                                new Visit.Reading(
                                        found.referral().value(),
                                        found.secretHash(),
                                        Optional.empty()));
                yield with(to(lang, "mine"), cookie);
            }
            case Check.Wrong _ -> wrongCode(422, lang, "code.wrong");
            case Check.TooSoon _ -> wrongCode(429, lang, "code.too-soon");
            case Check.Busy _ -> wrongCode(503, lang, "code.busy");
        };
    }

    private Response wrongCode(int status, String lang, String why) {
        return codeForm(status, lang, List.of(new Wrong("code", page(lang).say(why))));
    }

    private Response codeForm(int status, String lang, List<Wrong> errors) {
        return pages.show(
                status,
                Pages.Keep.NOWHERE,
                pages.open(lang, "code").inPrivate().withStaffPieces(),
                "person/code",
                Map.of("errors", errors));
    }

    /// The code on a slip, with a picture of it where that is wanted. What is sent comes back and
    /// is kept nowhere.
    @POST
    @Path("code/slip")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response slip(
            @PathParam("lang") String lang,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("same-origin") String from,
            @FormParam("code") @DefaultValue("") String typed,
            @FormParam("picture") @DefaultValue("") String picture) {
        requireOwnPage(from);
        var code = HelpCode.parse(typed).orElseThrow(NotFoundException::new);
        var address = baseUrl.resolve("/" + lang + "/code").toString();
        return show(
                200,
                page(lang),
                "person/slip",
                Map.of(
                        "code",
                        code,
                        "address",
                        address,
                        "picture",
                        picture.isEmpty()
                                ? Optional.empty()
                                : Optional.of(QrCode.of(address + "#" + code.shown())),
                        "outsidePhone",
                        outsidePhone));
    }

    @GET
    @Path("mine")
    public Response mine(@PathParam("lang") String lang, @Context ContainerRequestContext request) {
        try {
            return reading(request)
                    .map(it -> mine(200, lang, it, List.of()))
                    .orElseGet(() -> to(lang, "code"));
        } catch (LockedException e) {
            // To stop it needs no key.
            return show(503, page(lang), "person/locked", Map.of());
        }
    }

    private Response mine(int status, String lang, Reader reader, List<Wrong> errors) {
        var found = file.open(reader.reading());
        if (found.isEmpty()) {
            visits.end(reader.open());
            return to(lang, "code");
        }
        var page = page(lang);
        return show(
                status,
                page,
                reader.reading().hasWord() ? "person/mine" : "person/little",
                Map.of(
                        "words",
                        new PersonWords(page, found.get(), file.zone()),
                        "token",
                        reader.open().secret().formToken(),
                        "errors",
                        errors));
    }

    @POST
    @Path("mine/word")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response word(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var reader = reading(request);
        if (reader.isEmpty()) {
            return to(lang, "code");
        }
        requireToken(reader.get(), form);
        var reading = reader.get().reading();
        var open = reader.get().open();
        var typed = Optional.ofNullable(form.getFirst("word")).orElse("");
        return switch (codes.checkWord(
                new ReferralId(reading.referral()),
                typed,
                RemoteAddress.of(request).host(),
                open.secret().hash())) {
            case Check.Right(var found) -> {
                visits.replace(
                        open,
                        new Visit.Reading(
                                reading.referral(), reading.codeHash(), found.wordHash()));
                yield to(lang, "mine");
            }
            case Check.Wrong _ -> wrongWord(422, lang, reader.get(), "code.word.wrong");
            case Check.TooSoon _ -> wrongWord(429, lang, reader.get(), "code.word.too-soon");
            case Check.Busy _ -> wrongWord(503, lang, reader.get(), "code.busy");
        };
    }

    private Response wrongWord(int status, String lang, Reader reader, String why) {
        return mine(status, lang, reader, List.of(new Wrong("word", page(lang).say(why))));
    }

    /// A message, another way to reach them, a correction, an erasure.
    @POST
    @Path("mine/message")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response write(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var reader = knownByWord(request);
        if (reader.isEmpty()) {
            return to(lang, "mine");
        }
        requireToken(reader.get(), form);
        var kind = kind(Optional.ofNullable(form.getFirst("kind")).orElse(""));
        var text = Optional.ofNullable(form.getFirst("text")).orElse("").strip();
        var page = page(lang);
        if (text.isEmpty() && !kind.needsNoWords()) {
            var wrong = new Wrong("text", page.say("mine.text.missing"));
            return writing(422, page, reader.get(), kind, text, List.of(wrong));
        }
        if (text.length() > PersonMessage.MAX_TEXT) {
            var wrong = new Wrong("text", page.say("ask.too-long", PersonMessage.MAX_TEXT));
            return writing(422, page, reader.get(), kind, text, List.of(wrong));
        }
        return switch (file.write(reader.get().reading(), kind, text)) {
            case DONE -> show(200, page, "person/written", Map.of("kind", kind));
            case CLOSED -> show(409, page, "person/closed", Map.of());
            case NOT_TAKEN ->
                    writing(
                            409,
                            page,
                            reader.get(),
                            kind,
                            text,
                            List.of(new Wrong("text", page.say("mine.text.too-many"))));
        };
    }

    @GET
    @Path("mine/write")
    public Response writing(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            @jakarta.ws.rs.QueryParam("what") @DefaultValue("message") String what) {
        return knownByWord(request)
                .map(it -> writing(200, page(lang), it, kind(what), "", List.of()))
                .orElseGet(() -> to(lang, "mine"));
    }

    private Response writing(
            int status, Page page, Reader reader, Kind kind, String text, List<Wrong> errors) {
        return show(
                status,
                page,
                "person/write",
                Map.of(
                        "kind",
                        kind,
                        "text",
                        text,
                        "token",
                        reader.open().secret().formToken(),
                        "errors",
                        errors));
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "contact" -> Kind.CONTACT;
            case "correction" -> Kind.CORRECTION;
            case "erasure" -> Kind.ERASURE;
            case "access" -> Kind.ACCESS;
            case "portability" -> Kind.PORTABILITY;
            case "objection" -> Kind.OBJECTION;
            default -> Kind.MESSAGE;
        };
    }

    /// Asks before stopping; the code alone is enough for it.
    @GET
    @Path("mine/stop")
    public Response stopping(
            @PathParam("lang") String lang, @Context ContainerRequestContext request) {
        return reading(request)
                .map(
                        it ->
                                show(
                                        200,
                                        page(lang),
                                        "person/stop",
                                        Map.of("token", it.open().secret().formToken())))
                .orElseGet(() -> to(lang, "code"));
    }

    @POST
    @Path("mine/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response stop(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var reader = reading(request);
        if (reader.isEmpty()) {
            return to(lang, "code");
        }
        requireToken(reader.get(), form);
        var stopped = file.stop(reader.get().reading());
        return show(
                200,
                page(lang),
                "person/stopped",
                Map.of(
                        "stopped",
                        stopped != PersonFile.Stopped.BEFORE,
                        "locked",
                        stopped == PersonFile.Stopped.WHILE_LOCKED));
    }

    /// Everything there is for the person, for a program or another organisation.
    @POST
    @Path("mine/download")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response download(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        return handOut(lang, request, form, "application/json", "list.json", file::download);
    }

    /// The appointment for a calendar, which may be shared: it says that there is one and when.
    @POST
    @Path("mine/appointment")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response appointment(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var title = page(lang).plain("mine.appointment");
        return handOut(
                lang,
                request,
                form,
                "text/calendar;charset=utf-8",
                "appointment.ics",
                reading -> file.calendar(reading, title));
    }

    private interface Content {
        Optional<String> of(Visit.Reading reading);
    }

    private Response handOut(
            String lang,
            ContainerRequestContext request,
            MultivaluedMap<String, String> form,
            String type,
            String name,
            Content content) {
        var reader = knownByWord(request);
        if (reader.isEmpty()) {
            return to(lang, "mine");
        }
        requireToken(reader.get(), form);
        return content.of(reader.get().reading())
                .map(
                        it ->
                                Response.ok(it, type)
                                        .header(
                                                "Content-Disposition",
                                                "attachment; filename=\"" + name + "\"")
                                        .header("Cache-Control", "no-store")
                                        .build())
                .orElseGet(() -> to(lang, "mine"));
    }

    /// Closes the page on this device.
    @POST
    @Path("mine/close")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response close(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var reader = reading(request);
        if (reader.isPresent()) {
            requireToken(reader.get(), form);
            visits.end(reader.get().open());
        }
        return with(to(lang, ""), visits.ended());
    }

    private record Reader(Visits.Open open, Visit.Reading reading) {}

    private Optional<Reader> reading(ContainerRequestContext request) {
        return visits.find(request)
                .flatMap(
                        open ->
                                open.visit() instanceof Visit.Reading reading
                                        ? Optional.of(new Reader(open, reading))
                                        : Optional.<Reader>empty())
                .filter(this::isCurrent);
    }

    /// Whoever holds an old code or an old word sees nothing more.
    private boolean isCurrent(Reader reader) {
        var current =
                codes.findOf(new ReferralId(reader.reading().referral()))
                        .filter(reader.reading()::isOf)
                        .isPresent();
        if (!current) {
            visits.end(reader.open());
        }
        return current;
    }

    private Optional<Reader> knownByWord(ContainerRequestContext request) {
        return reading(request).filter(it -> it.reading().hasWord());
    }

    private static void requireToken(Reader reader, MultivaluedMap<String, String> form) {
        var token = form.getFirst("token");
        if (token == null || !reader.open().secret().isFormToken(token)) {
            throw Problem.of(403, "form-token-missing");
        }
    }

    private static void requireOwnPage(String from) {
        if (!from.equals("same-origin")) {
            throw Problem.of(403, "form-token-missing");
        }
    }

    private Page page(String lang) {
        return pages.open(lang, "mine").inPrivate().withStaffPieces();
    }

    private Response show(int status, Page page, String template, Map<String, Object> parameters) {
        return pages.show(status, Pages.Keep.NOWHERE, page, template, parameters);
    }

    private static Response to(String lang, String path) {
        return Response.seeOther(URI.create("/" + lang + "/" + path))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Response with(Response response, NewCookie cookie) {
        return Response.fromResponse(response).cookie(cookie).build();
    }
}
