// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

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
import org.waymark.node.TestNode;

/// A browser without scripts, for one person: keeps cookies, follows redirects, sends the token of
/// the page it looks at.
final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");

    private final URI node;
    private final String language;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private String token = "";

    Browser(TestNode node, String language) {
        this.node = node.url();
        this.language = language;
    }

    /// Someone who is signed in.
    static Browser signedIn(TestNode node, String email, String language) {
        var browser = new Browser(node, language);
        browser.get("/admin/sign-in");
        browser.post("/admin/sign-in", "email", email, "password", TestNode.PASSWORD);
        return browser;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /// Sends a form with the token of the last page.
    ///
    /// @param fields names and values by turns
    HttpResponse<String> post(String path, String... fields) {
        var all = new ArrayList<>(List.of("token", token));
        all.addAll(List.of(fields));
        return postBare(path, all.toArray(String[]::new));
    }

    /// Sends a form as it is, without a token.
    HttpResponse<String> postBare(String path, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encode(fields[i]));
            body.append('=').append(encode(fields[i + 1]));
        }
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    /// As if its page had come from elsewhere.
    void forgetToken() {
        token = "";
    }

    /// Sends a file with the token of the last page.
    HttpResponse<String> upload(String path, String field, String name, String content) {
        var mark = "----a-file-and-a-token";
        var body =
                "--%s\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n%s\r\n--%s\r\n"
                        + "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n%s\r\n--%s--\r\n";
        return send(
                request(path)
                        .header("Content-Type", "multipart/form-data; boundary=" + mark)
                        .POST(
                                BodyPublishers.ofString(
                                        body.formatted(
                                                mark, token, mark, field, name, content, mark))));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve(path))
                .header("Accept", "text/html")
                .header("Accept-Language", language);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            var found = TOKEN.matcher(answer.body());
            if (found.find()) {
                token = found.group(1);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
