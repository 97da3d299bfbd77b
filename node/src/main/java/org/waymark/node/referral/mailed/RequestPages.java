// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Pieces.Wrong;
import org.waymark.node.referral.LifeCycle;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.Travelling;
import org.waymark.node.referral.mailed.Requests.Door;

/// The pages behind the link to an organisation without a node. Opening the address shows nothing
/// of the request and changes nothing, because mail programs and their guards open links by
/// themselves: showing it is a press of a button, and so is each answer.
@Path(Page.LANGUAGE + "/request/{secret}")
public final class RequestPages {

    private final Pages pages;
    private final Requests requests;
    private final Clock clock;

    public RequestPages(Pages pages, Requests requests, Clock clock) {
        this.pages = pages;
        this.requests = requests;
        this.clock = clock;
    }

    @GET
    public Response door(
            @PathParam("lang") String lang,
            @PathParam("secret") String secret,
            @QueryParam("done") @DefaultValue("") String done) {
        return door(open(lang, secret), secret, done);
    }

    private Response door(Page page, String secret, String done) {
        var door = requests.find(secret);
        var status =
                switch (door) {
                    case Door.Open _ -> 200;
                    case Door.Expired _, Door.Closed _ -> 410;
                    case Door.Unknown _ -> 404;
                };
        return pages.show(
                status,
                Pages.Keep.NOWHERE,
                page,
                "referral/request",
                Map.of(
                        "door",
                        door,
                        "done",
                        done,
                        "phone",
                        requests.phoneOf(secret).orElse(""),
                        "action",
                        page.href("request/" + secret)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response press(
            @PathParam("lang") String lang,
            @PathParam("secret") String secret,
            MultivaluedMap<String, String> form) {
        var page = open(lang, secret);
        if (words(form).length() > Travelling.MAX_TEXT) {
            var wrong = new Wrong("words", page.say("ask.too-long", Travelling.MAX_TEXT));
            return show(422, page, secret, List.of(wrong), Optional.empty(), words(form));
        }
        return switch (text(form, "what")) {
            case "show" -> show(200, page, secret, List.of(), Optional.empty(), "");
            case "code" -> code(page, secret, text(form, "code"));
            case "renew" -> {
                requests.renew(secret);
                yield back(page, secret, "renewed");
            }
            case "yes" ->
                    answer(
                            page,
                            secret,
                            Kind.ACCEPT,
                            new Travelling.NextStep(words(form), Optional.empty()));
            case "waiting" ->
                    answer(page, secret, Kind.WAITLIST, new Travelling.Waiting(words(form)));
            case "no" ->
                    reason(form)
                            .map(
                                    it ->
                                            answer(
                                                    page,
                                                    secret,
                                                    Kind.DECLINE,
                                                    new Travelling.Refusal(
                                                            it, words(form), List.of())))
                            .orElseGet(
                                    () ->
                                            wrong(
                                                    page,
                                                    secret,
                                                    "reason",
                                                    "request.reason.wrong",
                                                    words(form)));
            case "question" ->
                    words(form).isEmpty()
                            ? wrong(page, secret, "words", "request.question.wrong", "")
                            : answer(page, secret, Kind.ASK, new Travelling.Text(words(form)));
            case "helped" ->
                    answer(page, secret, Kind.COMPLETE, closing(Travelling.Outcome.HELPED));
            case "not-helped" ->
                    outcome(form)
                            .map(it -> answer(page, secret, Kind.FAIL, closing(it)))
                            .orElseGet(
                                    () ->
                                            wrong(
                                                    page,
                                                    secret,
                                                    "outcome",
                                                    "request.outcome.wrong",
                                                    ""));
            default -> door(page, secret, "");
        };
    }

    private Response wrong(Page page, String secret, String field, String key, String typed) {
        var wrong = List.of(new Wrong(field, page.say(key)));
        return show(422, page, secret, wrong, Optional.empty(), typed);
    }

    private Travelling.Closing closing(Travelling.Outcome outcome) {
        return new Travelling.Closing(Optional.of(outcome), LocalDate.now(clock));
    }

    private Response answer(Page page, String secret, Kind kind, Travelling content) {
        return back(page, secret, requests.answer(secret, kind, content) ? "answered" : "late");
    }

    private Response code(Page page, String secret, String code) {
        var contact = requests.showContact(secret, code);
        return contact.isPresent()
                ? show(200, page, secret, List.of(), contact, "")
                : wrong(page, secret, "code", "request.code.wrong", "");
    }

    private Response show(
            int status,
            Page page,
            String secret,
            List<Wrong> errors,
            Optional<Travelling.Contact> contact,
            String typed) {
        var shown = requests.show(secret);
        if (shown.isEmpty()) {
            return door(page, secret, "");
        }
        var parameters = new HashMap<String, Object>();
        parameters.put("opened", shown.get());
        parameters.put("moves", moves(shown.get()));
        parameters.put("takesCode", requests.takesCode(secret));
        parameters.put("contact", contact);
        parameters.put("errors", errors);
        parameters.put("typed", typed);
        parameters.put("phone", requests.phoneOf(secret).orElse(""));
        parameters.put("action", page.href("request/" + secret));
        return pages.show(status, Pages.Keep.NOWHERE, page, "referral/request-shown", parameters);
    }

    private static Set<LifeCycle.Move> moves(OpenedReferral opened) {
        return LifeCycle.movesFrom(opened.referral().state(), Party.RECEIVER);
    }

    private static Response back(Page page, String secret, String done) {
        return Response.seeOther(URI.create(page.href("request/" + secret) + "?done=" + done))
                .build();
    }

    /// The window says nothing of what it is.
    private Page open(String lang, String secret) {
        return pages.open(lang, "request/" + secret).inPrivate();
    }

    /// The reasons that a page offers, the first six of them first.
    public static List<Travelling.Reason> reasons() {
        return List.of(Travelling.Reason.values());
    }

    /// The ends without help.
    public static List<Travelling.Outcome> outcomes() {
        return Arrays.stream(Travelling.Outcome.values()).filter(it -> !it.isHelp()).toList();
    }

    /// How a value is spelt in forms and message keys.
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Travelling.Reason> reason(MultivaluedMap<String, String> form) {
        return reasons().stream().filter(it -> word(it).equals(text(form, "reason"))).findFirst();
    }

    private static Optional<Travelling.Outcome> outcome(MultivaluedMap<String, String> form) {
        return outcomes().stream().filter(it -> word(it).equals(text(form, "outcome"))).findFirst();
    }

    private static String words(MultivaluedMap<String, String> form) {
        return text(form, "words");
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }

    /// Facts of the first step, in the words of the page.
    public static List<String> wishes(Page page, Travelling.Fit fit) {
        var lines = new ArrayList<String>();
        fit.wishes().stream()
                .sorted()
                .forEach(it -> lines.add(page.plain("request.wish." + word(it))));
        fit.accessNeeds().stream()
                .sorted()
                .forEach(it -> lines.add(page.plain("request.access." + word(it))));
        return lines;
    }
}
