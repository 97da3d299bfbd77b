// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Answers every form of the public pages by the address of a page, never by the page: an entry of
/// the browser's history that came by POST is written to its disk with all that was typed. What is
/// no page, such as a file, leaves no entry and passes; so does what programs ask.
// After ScriptHeaders: response filters run from the highest number down.
@Priority(Priorities.USER - 2000)
public final class AnswerFilter implements ContainerResponseFilter {

    static final String SHOWN = AnswerFilter.class.getName();

    // `api` looks like a language.
    private static final Pattern LANGUAGE =
            Pattern.compile("(?!api$)[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*");

    private static final List<String> OF_THE_PAGE =
            List.of(
                    "Content-Language",
                    "Content-Security-Policy",
                    "Permissions-Policy",
                    "Retry-After");

    private final KeptAnswers answers;

    public AnswerFilter(KeptAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        answers.tidy();
        if (request.getProperty(SHOWN) instanceof KeptAnswers.Answer shown) {
            shown.headers().forEach(response.getHeaders()::putSingle);
        }
        if (!request.getMethod().equals("POST")) {
            return;
        }
        if (response.getCookies().values().stream().anyMatch(it -> it.getMaxAge() == 0)) {
            // It ends what this browser was doing.
            answers.forget(request);
        }
        var language = request.getUriInfo().getPathSegments().getFirst().getPath();
        if (LANGUAGE.matcher(language).matches() && isOfBrowser(request)) {
            page(response).ifPresent(it -> redirect(request, response, language, it));
        }
    }

    private void redirect(
            ContainerRequestContext request,
            ContainerResponseContext response,
            String language,
            byte[] page) {
        var key = AnswerPages.LATER;
        var headers = headers(response);
        if (response.getStatus() != 429 || !headers.containsKey("Retry-After")) {
            var place =
                    answers.keep(
                            request, new KeptAnswers.Answer(response.getStatus(), headers, page));
            response.getHeaders().add("Set-Cookie", place.cookie());
            key = place.key();
        }
        response.setEntity(null);
        List.of("Content-Type", "Content-Language", "ETag").forEach(response.getHeaders()::remove);
        response.setStatus(303);
        response.getHeaders().putSingle("Location", "/" + language + "/answer/" + key);
        response.getHeaders().putSingle("Cache-Control", "no-store");
    }

    private static boolean isOfBrowser(ContainerRequestContext request) {
        var accept = request.getHeaderString("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static Optional<byte[]> page(ContainerResponseContext response) {
        if (response.getStatus() / 100 == 3
                || !MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType())) {
            return Optional.empty();
        }
        return switch (response.getEntity()) {
            case byte[] bytes -> Optional.of(bytes);
            case String text -> Optional.of(text.getBytes(StandardCharsets.UTF_8));
            case null, default -> Optional.empty();
        };
    }

    private static Map<String, String> headers(ContainerResponseContext response) {
        var headers = new HashMap<String, String>();
        for (var name : OF_THE_PAGE) {
            var value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return Map.copyOf(headers);
    }
}
