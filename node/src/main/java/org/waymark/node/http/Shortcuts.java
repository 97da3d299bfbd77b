// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Asks each [Shortcut] about what is posted, and writes its answer with the headers that Jersey's
/// answers have.
final class Shortcuts {

    private final List<Shortcut> all;
    private final SecurityHeaders securityHeaders;
    private final ErrorMapper errors = new ErrorMapper();

    Shortcuts(List<Shortcut> all, SecurityHeaders securityHeaders) {
        this.all = List.copyOf(all);
        this.securityHeaders = securityHeaders;
    }

    /// @return whether the request is answered
    boolean handle(RawTarget target, ServerRequest request, ServerResponse response, int limit) {
        // Who reads HTML is shown errors as a page.
        if (!request.prologue().method().equals(Method.POST)
                || request.headers().value(HeaderNames.ACCEPT).orElse("").contains("text/html")) {
            return false;
        }
        var answer = answer(target, request, limit);
        answer.ifPresent(it -> send(it, response));
        return answer.isPresent();
    }

    private Optional<Response> answer(RawTarget target, ServerRequest request, int limit) {
        try {
            return all.stream()
                    .flatMap(it -> it.at(target).stream())
                    .findFirst()
                    .map(it -> it.apply(posted(target, request, limit)));
        } catch (RuntimeException e) {
            return Optional.of(errors.toResponse(e));
        }
    }

    private static Shortcut.Posted posted(RawTarget target, ServerRequest request, int limit) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (Header header : request.headers()) {
            headers.put(header.name(), header.allValues());
        }
        var content = request.content();
        return new Shortcut.Posted(
                target,
                headers,
                content.hasEntity()
                        ? new LimitedInputStream(content.inputStream(), limit)
                        : InputStream.nullInputStream(),
                (int) request.headers().contentLength().orElse(-1));
    }

    private void send(Response answer, ServerResponse response) {
        response.status(answer.getStatus());
        securityHeaders.addTo(response);
        answer.getStringHeaders()
                .forEach((name, values) -> response.header(name, values.toArray(String[]::new)));
        if (answer.getEntity() instanceof Problem problem) {
            response.send(JsonBody.write(problem));
        } else {
            response.send();
        }
    }
}
