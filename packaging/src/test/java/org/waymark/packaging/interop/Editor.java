// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.interop;

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
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.waymark.packaging.PackagedNode;

/// A person who keeps listings right, at the staff pages of the packaged node.
final class Editor implements AutoCloseable {

    private static final String EMAIL = "editor@waymark.example";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");

    private final URI site;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();

    private Editor(URI site) {
        this.site = site;
    }

    /// Makes the account on a running node and signs in.
    static Editor at(PackagedNode node, String organization) {
        var added =
                node.run(
                        "account",
                        "add",
                        "--data",
                        node.data(),
                        "--email",
                        EMAIL,
                        "--organization",
                        organization,
                        "--role",
                        "editor",
                        "--password-file",
                        node.passwordFile().toString());
        if (added.exit() != 0) {
            throw new AssertionError(added.text());
        }
        var editor = new Editor(node.address());
        editor.submit(
                "/admin/sign-in",
                "/admin/sign-in",
                Map.of("email", EMAIL, "password", "correct horse battery staple"));
        return editor;
    }

    /// Publishes a listing.
    ///
    /// @return its UUID
    UUID add(String name) {
        submit("/admin/listings/new", "/admin/listings/new", fields(name));
        var list = page("/admin/listings?q=" + encode(name));
        var found =
                Pattern.compile(
                                "/admin/listings/([0-9a-f-]{36})\"[^>]*>(?:<bdi>)?"
                                        + Pattern.quote(name))
                        .matcher(list);
        if (!found.find()) {
            throw new AssertionError("Not in the list: " + name);
        }
        return UUID.fromString(found.group(1));
    }

    void rename(UUID listing, String name) {
        var path = "/admin/listings/" + listing;
        var version = VERSION.matcher(page(path));
        if (!version.find()) {
            throw new AssertionError("No form for " + listing);
        }
        var fields = new java.util.HashMap<>(fields(name));
        fields.put("version", version.group(1));
        submit(path, path, fields);
    }

    /// For good.
    void close(UUID listing) {
        var path = "/admin/listings/" + listing + "/close";
        submit(path, path, Map.of());
    }

    private static Map<String, String> fields(String name) {
        return Map.of("language", "en", "name", name, "topics", "housing", "referrals", "taken");
    }

    private void submit(String from, String to, Map<String, String> fields) {
        var token = TOKEN.matcher(page(from));
        var body =
                fields.entrySet().stream()
                        .map(it -> it.getKey() + "=" + encode(it.getValue()))
                        .collect(Collectors.joining("&"));
        var sent = (token.find() ? "token=" + token.group(1) + "&" : "") + body;
        var answer =
                send(
                        request(to)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(sent)));
        if (answer.statusCode() != 303) {
            throw new AssertionError(to + ": " + answer.statusCode() + "\n" + answer.body());
        }
    }

    /// A page as this person sees it.
    String page(String path) {
        return send(request(path)).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(site.resolve(path))
                .header("Accept", "text/html")
                .header("Accept-Language", "en");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
