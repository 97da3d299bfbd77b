// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A phone without scripts: keeps cookies, follows redirects, sends the token of the page it shows,
/// and remembers every address it was at, as a history does.
final class Visitor implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");
    private static final Pattern CODE = Pattern.compile("class=\"code\"><bdi dir=\"ltr\">([^<]+)<");

    final List<HttpResponse<String>> seen = new ArrayList<>();
    final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final URI node;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private String token = "";

    Visitor(URI node) {
        this.node = node;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String... fields) {
        var all = new ArrayList<>(List.of("token", token));
        all.addAll(List.of(fields));
        return postBare(path, all.toArray(String[]::new));
    }

    HttpResponse<String> postBare(String path, String... fields) {
        return send(form(path, "text/html", fields));
    }

    /// As a program would.
    HttpResponse<String> postAsProgram(String path, String... fields) {
        return send(form(path, "application/json", fields));
    }

    private HttpRequest.Builder form(String path, String accept, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encode(fields[i]));
            body.append('=').append(encode(fields[i + 1]));
        }
        return HttpRequest.newBuilder(node.resolve(path))
                .header("Accept", accept)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve(path)).header("Accept", "text/html");
    }

    /// The code on the page.
    static String codeOn(HttpResponse<String> page) {
        var found = CODE.matcher(page.body());
        if (!found.find()) {
            throw new IllegalStateException("No code on " + page.uri());
        }
        return found.group(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            var found = TOKEN.matcher(answer.body());
            if (found.find()) {
                token = found.group(1);
            }
            seen.add(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
