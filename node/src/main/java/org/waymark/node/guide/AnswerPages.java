// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.waymark.node.http.Problem;
import org.waymark.node.page.Page;

/// Where [AnswerFilter] sends the browser for the page that answers its form. Nobody else's browser
/// is shown it, nor this one's after some minutes.
@Path(Page.LANGUAGE + "/answer/{key}")
public final class AnswerPages {

    /// Instead of a key: for those who sent too much, and for whom nothing is kept.
    static final String LATER = "later";

    private final KeptAnswers answers;

    public AnswerPages(KeptAnswers answers) {
        this.answers = answers;
    }

    @GET
    public Response show(@Context ContainerRequestContext request, @PathParam("key") String key) {
        var answer =
                key.equals(LATER)
                        ? Problem.response(429, "too-many-requests")
                        : answers.find(request, key)
                                .map(it -> show(request, it))
                                .orElseGet(() -> Problem.response(410, "answer-over"));
        return Response.fromResponse(answer)
                .header("Cache-Control", "no-store")
                .header("X-Robots-Tag", "noindex")
                .build();
    }

    /// The rest of the headers is put there by [AnswerFilter], after all others.
    private static Response show(ContainerRequestContext request, KeptAnswers.Answer answer) {
        request.setProperty(AnswerFilter.SHOWN, answer);
        return Response.status(answer.status())
                .entity(answer.body())
                .type("text/html;charset=utf-8")
                .build();
    }
}
