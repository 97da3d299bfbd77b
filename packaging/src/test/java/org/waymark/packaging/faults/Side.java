// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.waymark.packaging.Eventually.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.waymark.node.Relay;
import org.waymark.node.database.Database;
import org.waymark.node.database.DatabaseSettings;
import org.waymark.node.database.Transaction;
import org.waymark.packaging.PackagedNode;

/// One of two partners: its process, the wire to it, and a person who works there with the staff
/// API and with the staff pages. Their requests go to the node directly, not over the wire.
final class Side implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CSRF = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");

    final PackagedNode node;
    final Relay relay;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .build();
    // By URI: what each is called here does not change.
    private final Map<URI, String> ids = new ConcurrentHashMap<>();
    private String bearer = "";
    private volatile String csrf = "";

    Side(PackagedNode node, Relay relay) {
        this.node = node;
        this.relay = relay;
    }

    /// The address of the person.
    String email() {
        return "person@waymark.example";
    }

    /// Makes a token on the running node.
    void takeToken() {
        takeToken(email());
    }

    /// The same for somebody else of that node.
    void takeToken(String email) {
        var answer =
                node.run(
                        "token",
                        "create",
                        "--data",
                        node.data(),
                        "--account",
                        email,
                        "--name",
                        "test");
        if (answer.exit() != 0) {
            throw new IllegalStateException(answer.text());
        }
        bearer = answer.text().strip();
    }

    /// What somebody tries until it succeeds.
    interface Attempt {
        boolean succeeds();
    }

    /// A node may have no power just now, or lose it while it answers: then people try again.
    static void insist(Duration patience, Duration betweenTries, Attempt attempt) {
        until(
                "done by a person who tries again",
                patience,
                () -> {
                    try {
                        if (attempt.succeeds()) {
                            return true;
                        }
                    } catch (UncheckedIOException | NoSuchElementException e) {
                        // Not there, or gone while it answered.
                    }
                    LockSupport.parkNanos(betweenTries.toNanos());
                    return false;
                });
    }

    /// The referral at this side, as the API shows it; empty while it is not here, and when it has
    /// left the lists.
    Optional<JsonNode> referral(URI uri) {
        return id(uri).map(it -> api("/" + it))
                .filter(it -> it.has("referral"))
                .filter(it -> !stateOf(it.path("referral")).equals("entered_in_error"));
    }

    private Optional<String> id(URI uri) {
        return Optional.ofNullable(ids.get(uri))
                .or(
                        () -> {
                            var found = line(uri).map(it -> it.path("id").asText());
                            found.ifPresent(it -> ids.put(uri, it));
                            return found;
                        });
    }

    private static String stateOf(JsonNode line) {
        return line.path("state").asText();
    }

    /// Where each of them stands that is listed here, and what was told by phone, by URI.
    Map<String, String> standing() {
        return StreamSupport.stream(referrals().spliterator(), false)
                .collect(
                        Collectors.toMap(
                                it -> it.path("uri").asText(),
                                it -> stateOf(it) + " " + it.path("told").asText("")));
    }

    /// Its state at this side; empty while it is not here.
    String state(URI uri) {
        return line(uri).map(Side::stateOf).orElse("");
    }

    private Optional<JsonNode> line(URI uri) {
        return StreamSupport.stream(referrals().spliterator(), false)
                .filter(it -> it.path("uri").asText().equals(uri.toString()))
                .findFirst();
    }

    /// Everything that is listed here.
    JsonNode referrals() {
        return api("").path("referrals");
    }

    /// Whether the one with this id of this node can be read here.
    boolean reads(String id) {
        return send(request("/api/v1/referrals/" + id)).statusCode() == 200;
    }

    /// Makes a move and expects that it is made.
    void move(URI uri, String move, String body) {
        var id = id(uri).orElseThrow();
        var answer = post("/" + id + "/" + move, body);
        if (answer.statusCode() != 204) {
            throw new AssertionError(move + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    JsonNode draft(String body) {
        var answer = post("", body);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        var draft = json(answer).path("referral");
        ids.put(URI.create(draft.path("uri").asText()), draft.path("id").asText());
        return draft;
    }

    private JsonNode api(String path) {
        return json(atWork(send(request("/api/v1/referrals" + path))));
    }

    /// One that is too busy to answer might as well have no power.
    private static HttpResponse<String> atWork(HttpResponse<String> answer) {
        if (answer.statusCode() == 503) {
            throw new UncheckedIOException(new IOException(answer.body()));
        }
        return answer;
    }

    private HttpResponse<String> post(String path, String body) {
        return atWork(
                send(
                        request("/api/v1/referrals" + path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))));
    }

    /// Tries at once what waits for the other.
    void sendAgain(Side other) {
        var host = other.node.address().getRawAuthority();
        var answer =
                send(
                        request("/api/v1/deliveries/send-again?host=" + host)
                                .POST(BodyPublishers.noBody()));
        if (answer.statusCode() != 204) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /// The same of somebody who does not mind when there is no power.
    void trySendingAgain(Side other) {
        try {
            sendAgain(other);
        } catch (UncheckedIOException | AssertionError e) {
            // No power just now.
        }
    }

    void signIn() {
        page("/admin/sign-in");
        var answer = form("/admin/sign-in", Map.of("email", email(), "password", PASSWORD));
        if (answer.statusCode() != 303) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        page("/admin/listings/new");
    }

    /// What stands at an address for other servers; empty when there is nothing.
    String document(String path) {
        var answer = send(request(path).header("Accept", "application/activity+json"));
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    /// A page for people; the token of its forms is kept for the next form.
    String page(String path) {
        var body = send(page(request(path))).body();
        var found = CSRF.matcher(body);
        if (found.find()) {
            csrf = found.group(1);
        }
        return body;
    }

    /// Sends a staff form with the token of the last page. Where it redirects to, nobody goes: that
    /// is an address beyond the relay.
    HttpResponse<String> form(String path, Map<String, String> fields) {
        var body =
                fields.entrySet().stream()
                        .map(it -> it.getKey() + "=" + encode(it.getValue()))
                        .collect(Collectors.joining("&", "token=" + csrf + "&", ""));
        return send(
                page(request(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    /// The text of a public page; empty when there is none.
    String visit(String path) {
        var answer = send(page(HttpRequest.newBuilder(inside(path))));
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    /// Looks into the rows of a node that does not run.
    <T> T rows(Function<Transaction, T> look) {
        try (var database =
                Database.open(DatabaseSettings.inFolder(java.nio.file.Path.of(node.data())))) {
            return database.read(look);
        }
    }

    /// Changes the rows of a node that does not run.
    void changeRows(Consumer<Transaction> change) {
        try (var database =
                Database.open(DatabaseSettings.inFolder(java.nio.file.Path.of(node.data())))) {
            database.run(change);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(inside(path));
        return path.startsWith("/api/")
                ? request.header("Authorization", "Bearer " + bearer)
                : request;
    }

    private static HttpRequest.Builder page(HttpRequest.Builder request) {
        return request.header("Accept", "text/html").header("Accept-Language", "en");
    }

    private URI inside(String path) {
        return URI.create("http://127.0.0.1:" + node.port() + path);
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

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Set<String> names(JsonNode json) {
        var names = new java.util.TreeSet<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public void close() {
        node.close();
        relay.close();
        client.close();
    }
}
