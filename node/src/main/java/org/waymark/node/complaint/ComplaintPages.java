// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.waymark.node.complaint.Complaint.About;
import org.waymark.node.complaint.Complaints.Filed;
import org.waymark.node.http.Problem;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;

/// Complaining without a code and without a name: what it is about, then the little there is to
/// say. Nothing is kept by browsers, and the answer is read by a code of its own.
@Path(Page.LANGUAGE)
public final class ComplaintPages {

    private final Pages pages;
    private final Complaints complaints;
    private final Optional<String> outsideName;
    private final Optional<String> outsidePhone;

    /// @param outsideName who takes complaints outside this organisation, and their phone
    public ComplaintPages(
            Pages pages,
            Complaints complaints,
            Optional<String> outsideName,
            Optional<String> outsidePhone) {
        this.pages = pages;
        this.complaints = complaints;
        this.outsideName = outsideName;
        this.outsidePhone = outsidePhone;
    }

    @GET
    @Path("complaint/tell")
    public Response ask(@PathParam("lang") String lang) {
        return complaints.isOpen()
                ? show(200, lang, "complaint/about", Map.of("errors", List.of()))
                : outside(200, lang, "");
    }

    @POST
    @Path("complaint/tell")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response about(
            @PathParam("lang") String lang, @FormParam("about") @DefaultValue("") String about) {
        if (!complaints.isOpen()) {
            return outside(409, lang, "");
        }
        return find(about)
                .map(it -> words(200, lang, it, Map.of(), List.of()))
                .orElseGet(
                        () -> {
                            var wrong =
                                    new Wrong("about", open(lang).say("complaint.about.missing"));
                            return show(
                                    422, lang, "complaint/about", Map.of("errors", List.of(wrong)));
                        });
    }

    @POST
    @Path("complaint/send")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @PathParam("lang") String lang,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("same-origin") String from,
            @FormParam("about") @DefaultValue("") String about,
            @FormParam("whom") @DefaultValue("") String whom,
            @FormParam("words") @DefaultValue("") String words,
            @FormParam("reader") @DefaultValue("") String reader,
            @FormParam("reach") @DefaultValue("") String reach) {
        if (!from.equals("same-origin")) {
            throw Problem.of(403, "form-token-missing");
        }
        var given = Map.of("words", words.strip(), "whom", whom.strip(), "reach", reach.strip());
        var subject = find(about).orElse(About.ANYTHING);
        var tooLong =
                given.entrySet().stream()
                        .filter(it -> it.getValue().length() > Complaint.MAX_TEXT)
                        .map(
                                it ->
                                        new Wrong(
                                                it.getKey(),
                                                open(lang).say("ask.too-long", Complaint.MAX_TEXT)))
                        .toList();
        if (!tooLong.isEmpty()) {
            return words(422, lang, subject, given, tooLong);
        }
        if (!reader.isEmpty()) {
            // Who reads complaints is known by a mail address only, and a name in other letters is
            // not found in that.
            return outside(409, lang, words.strip());
        }
        var filed = complaints.file(subject, whom.strip(), words.strip(), reach.strip());
        return switch (filed) {
            case Filed.Taken(var code) -> show(200, lang, "complaint/taken", Map.of("code", code));
            case Filed.CallOutside _ -> outside(409, lang, words.strip());
        };
    }

    @GET
    @Path("complaint/answer")
    public Response askForCode(@PathParam("lang") String lang) {
        return answered(200, lang, false, Optional.empty());
    }

    /// A code in an address would stay in the history of a shared phone.
    @POST
    @Path("complaint/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("lang") String lang, @FormParam("code") @DefaultValue("") String code) {
        var found = complaints.findByCode(code);
        return answered(found.isPresent() ? 200 : 404, lang, true, found);
    }

    private Response answered(
            int status, String lang, boolean asked, Optional<Complaints.Status> found) {
        return show(status, lang, "complaint/answer", Map.of("asked", asked, "found", found));
    }

    private Response words(
            int status, String lang, About about, Map<String, String> given, List<Wrong> errors) {
        return show(
                status,
                lang,
                "complaint/words",
                Map.of("about", about, "given", given, "errors", errors));
    }

    /// @param words that were written in vain, to read out on the phone
    private Response outside(int status, String lang, String words) {
        return show(
                status,
                lang,
                "complaint/outside",
                Map.of("name", outsideName, "phone", outsidePhone, "words", words));
    }

    private static Optional<About> find(String word) {
        return Arrays.stream(About.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private Response show(int status, String lang, String template, Map<String, Object> given) {
        return pages.show(status, Pages.Keep.NOWHERE, open(lang), template, given);
    }

    private Page open(String lang) {
        return pages.open(lang, "complaint/tell").inPrivate().withStaffPieces();
    }
}
