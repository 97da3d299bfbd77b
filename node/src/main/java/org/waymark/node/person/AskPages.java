// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import gg.jte.Content;
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
import java.util.Set;
import java.util.UUID;
import org.waymark.node.http.Problem;
import org.waymark.node.http.RemoteAddress;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.person.SelfRequests.Asked;
import org.waymark.node.person.SelfRequests.Door;

/// Asking for help oneself: from a listing through one question a page to the answers on one page,
/// the agreement, and the help code. Nothing typed is in an address, a cookie or a cache.
@Path(Page.LANGUAGE)
public final class AskPages {

    private final Pages pages;
    private final SelfRequests requests;
    private final Visits visits;
    private final CodeTries requestsOfLines;
    private final Optional<String> childLine;

    /// @param requestsOfLines how often one line has asked lately
    /// @param childLine whom a child alone can call
    AskPages(
            Pages pages,
            SelfRequests requests,
            Visits visits,
            CodeTries requestsOfLines,
            Optional<String> childLine) {
        this.pages = pages;
        this.requests = requests;
        this.visits = visits;
        this.requestsOfLines = requestsOfLines;
        this.childLine = childLine;
    }

    /// Someone came to the address by hand, or goes on where they were.
    @GET
    @Path("ask")
    public Response where(
            @PathParam("lang") String lang, @Context ContainerRequestContext request) {
        if (asking(request).isPresent()) {
            return to(lang, "ask/1");
        }
        var open = visits.find(request).filter(it -> it.visit() instanceof Visit.Asking);
        if (open.isEmpty()) {
            return show(200, open(lang), "person/ask-where", Map.of());
        }
        // The door closed while somebody was answering.
        visits.end(open.get());
        return with(closed(lang), visits.ended());
    }

    /// From the button of a listing. It needs no token: it reads a public listing and opens an
    /// empty draft.
    @POST
    @Path("ask")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response begin(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("same-origin") String from,
            @FormParam("listing") @DefaultValue("") String listing) {
        if (!from.equals("same-origin")) {
            throw Problem.of(403, "form-token-missing");
        }
        var id = id(listing);
        return switch (requests.door(new ListingId(id))) {
            case Door.Open _ -> {
                var cookie = visits.open(request, new Visit.Asking(id, Map.of()));
                yield with(to(lang, "ask/1"), cookie);
            }
            case Door.ByPhone _ -> byPhone(lang, request, false);
            case Door.There _, Door.Closed _ -> closed(lang);
        };
    }

    @GET
    @Path("ask/{number:[0-9]{1,2}}")
    public Response ask(
            @PathParam("lang") String lang,
            @PathParam("number") int number,
            @Context ContainerRequestContext request) {
        var question = Question.find(number).orElseThrow(NotFoundException::new);
        var open = asking(request);
        if (open.isEmpty()) {
            return to(lang, "ask");
        }
        // Not ahead of what is unanswered: the first two decide whether there is a form at all.
        var first = Question.firstOpen(open.get().asking()).orElse(question);
        return first.number() < number
                ? to(lang, "ask/" + first.number())
                : question(200, open(lang), open.get(), question, List.of(), Set.of());
    }

    @POST
    @Path("ask/{number:[0-9]{1,2}}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response answer(
            @PathParam("lang") String lang,
            @PathParam("number") int number,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var question = Question.find(number).orElseThrow(NotFoundException::new);
        var open = asking(request);
        if (open.isEmpty()) {
            return to(lang, "ask");
        }
        requireToken(open.get(), form);
        var page = open(lang);
        var answering = Answering.read(page, question, form);
        var now = open.get().with(answering.given());
        var stop = stop(page, request, now, question);
        if (stop.isPresent()) {
            return stop.get();
        }
        if (!answering.isRight()) {
            return question(422, page, now, question, answering.errors(), answering.warnings());
        }
        var refusal = refusal(page, now, question);
        if (refusal.isPresent()) {
            return question(422, page, now, question, List.of(refusal.get()), Set.of());
        }
        visits.replace(now.open(), now.asking());
        return to(
                lang,
                now.asking().answers().containsKey(Question.WORD.word())
                        ? "ask/check"
                        : question.next(now.asking())
                                .map(next -> "ask/" + next.number())
                                .orElse("ask/check"));
    }

    /// Danger, and a minor alone, end the form at once; nothing of it is kept.
    private Optional<Response> stop(
            Page page, ContainerRequestContext request, Now now, Question question) {
        var minor = question == Question.WHO && SelfRequests.isMinorAlone(now.asking());
        var danger =
                question == Question.TROUBLE && !SelfRequests.protection(now.asking()).isEmpty();
        if (!minor && !danger) {
            return Optional.empty();
        }
        visits.end(now.open());
        var answer = byPhone(page.language().tag(), request, minor);
        return Optional.of(with(answer, visits.ended()));
    }

    /// What is answered well and still cannot be done by a form.
    private static Optional<Wrong> refusal(Page page, Now now, Question question) {
        if (question == Question.WHO && now.asking().text("who").equals("someone-else")) {
            return Optional.of(new Wrong("who", page.say("ask.who.someone-else.how")));
        }
        if (question == Question.WHEN && now.asking().text("when").equals("today")) {
            return Optional.of(new Wrong("when", page.say("ask.when.today.how")));
        }
        return question == Question.NAME
                        && now.asking().text("who").equals("with-parent")
                        && now.asking().text("caregiver").isEmpty()
                ? Optional.of(new Wrong("caregiver", page.say("ask.caregiver.missing")))
                : Optional.empty();
    }

    @GET
    @Path("ask/check")
    public Response check(
            @PathParam("lang") String lang, @Context ContainerRequestContext request) {
        var open = asking(request);
        return open.isEmpty() ? to(lang, "ask") : check(200, lang, open.get(), List.of());
    }

    @POST
    @Path("ask/send")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @PathParam("lang") String lang,
            @Context ContainerRequestContext request,
            MultivaluedMap<String, String> form) {
        var open = asking(request);
        if (open.isEmpty()) {
            return to(lang, "ask");
        }
        requireToken(open.get(), form);
        var page = open(lang);
        var now = open.get();
        if (form.getFirst("agree") == null) {
            return check(
                    422, lang, now, List.of(new Wrong("agree", page.say("ask.agree.missing"))));
        }
        if (now.asking().text("who").equals("with-parent") && form.getFirst("child") == null) {
            return check(
                    422, lang, now, List.of(new Wrong("child", page.say("ask.child.missing"))));
        }
        var address = RemoteAddress.of(request).host();
        var line = CodeTries.lineOf(address);
        if (!CodeTries.isEverybody(address) && requestsOfLines.waitFor(line).isPresent()) {
            throw Problem.of(429, "too-many-requests");
        }
        var first = Question.firstOpen(now.asking());
        if (first.isPresent()) {
            return to(lang, "ask/" + first.get().number());
        }
        if (!visits.end(now.open())) {
            return to(lang, "ask");
        }
        var outcome = form.getFirst("outcome") == null ? "" : "yes";
        var child = form.getFirst("child") == null ? "" : "yes";
        var all = now.asking().with(Map.of("outcome", List.of(outcome), "child", List.of(child)));
        return switch (ask(now, all, page)) {
            case Asked.Done(var code, var sent) -> {
                requestsOfLines.failed(line);
                var given =
                        Map.<String, Object>of(
                                "code",
                                code,
                                "sent",
                                sent,
                                "hasWord",
                                !now.asking().text("word").isEmpty());
                yield with(show(200, page, "person/code-given", given), visits.ended());
            }
            case Asked.ByPhone _ -> with(byPhone(lang, request, false), visits.ended());
            case Asked.Closed _ -> {
                visits.restore(now.open());
                yield closed(lang);
            }
        };
    }

    /// The visit has ended, so that nobody sends twice; when it cannot be asked now, the answers
    /// stay for another try.
    private Asked ask(Now now, Visit.Asking all, Page page) {
        try {
            return requests.ask(all, page.language().tag());
        } catch (RuntimeException e) {
            visits.restore(now.open());
            throw e;
        }
    }

    private Response check(int status, String lang, Now now, List<Wrong> errors) {
        var first = Question.firstOpen(now.asking());
        if (first.isPresent()) {
            return to(lang, "ask/" + first.get().number());
        }
        var page = open(lang);
        return show(
                status,
                page,
                "person/check",
                Map.of(
                        "words",
                        new AskWords(page, now.asking(), now.listing()),
                        "token",
                        now.open().secret().formToken(),
                        "errors",
                        errors));
    }

    private Response question(
            int status,
            Page page,
            Now now,
            Question question,
            List<Wrong> errors,
            Set<org.waymark.node.referral.Screening.Warning> warnings) {
        return show(
                status,
                page,
                "person/ask",
                Map.of(
                        "words",
                        new AskWords(page, now.asking(), now.listing()),
                        "question",
                        question,
                        "token",
                        now.open().secret().formToken(),
                        "errors",
                        errors,
                        "warnings",
                        warnings));
    }

    /// The draft of this browser, and what it asks for.
    private record Now(Visits.Open open, Visit.Asking asking, Listing listing) {
        Now with(Map<String, List<String>> answers) {
            return new Now(open, asking.with(answers), listing);
        }
    }

    private Optional<Now> asking(ContainerRequestContext request) {
        var open = visits.find(request);
        if (open.isEmpty() || !(open.get().visit() instanceof Visit.Asking asking)) {
            return Optional.empty();
        }
        return requests.listing(asking.listing())
                .map(listing -> new Now(open.get(), asking, listing));
    }

    private static void requireToken(Now now, MultivaluedMap<String, String> form) {
        var token = form.getFirst("token");
        if (token == null || !now.open().secret().isFormToken(token)) {
            throw Problem.of(403, "form-token-missing");
        }
    }

    /// For programs a problem with its code, for people a page with the phone.
    private Response byPhone(String lang, ContainerRequestContext request, boolean minor) {
        var accept = request.getHeaderString("Accept");
        if (accept == null || !accept.contains("text/html")) {
            return Problem.response(409, "protection-by-phone");
        }
        return show(
                409,
                open(lang),
                "person/by-phone",
                Map.of(
                        "point",
                        requests.protectionPhone(),
                        "childLine",
                        minor ? childLine : Optional.empty(),
                        "minor",
                        minor));
    }

    private Response closed(String lang) {
        return show(409, open(lang), "person/closed", Map.of());
    }

    private Page open(String lang) {
        return pages.open(lang, "ask").inPrivate().withStaffPieces();
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

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException();
        }
    }

    /// Words about one draft, for its pages.
    public static final class AskWords {

        private final Page page;
        private final Visit.Asking asking;
        private final Listing listing;

        AskWords(Page page, Visit.Asking asking, Listing listing) {
            this.page = page;
            this.asking = asking;
            this.listing = listing;
        }

        public Content service() {
            return listing.name()
                    .in(List.of(page.language().tag()))
                    .map(it -> page.in(it.language(), it.text()))
                    .orElseGet(this::provider);
        }

        public Content provider() {
            return page.isolated(listing.provider().name());
        }

        public String listingHref() {
            return page.href("s/" + listing.id());
        }

        public String text(String field) {
            return asking.text(field);
        }

        public boolean has(String field, String value) {
            return asking.list(field).contains(value);
        }

        public boolean isWithParent() {
            return text("who").equals("with-parent");
        }

        /// Where "back" leads from a question.
        public String back(Question question) {
            return question.previous(asking)
                    .map(it -> page.href("ask/" + it.number()))
                    .orElseGet(this::listingHref);
        }

        /// The languages to choose from: those of this site and of the service, then what people
        /// who come from far often speak.
        public List<String> languages() {
            return Languages.offered(page, listing);
        }

        /// Each answer with its question, for the page before sending.
        public List<org.waymark.node.page.Pieces.Answer> answers() {
            return Answers.of(page, asking);
        }
    }
}
