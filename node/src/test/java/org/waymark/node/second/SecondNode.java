// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// A server of another maker with one organisation and one listing. It answers GETs, believes
/// nothing but what is signed by its actor's key, and keeps what it hears.
final class SecondNode implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MEDIA = "application/activity+json";
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /// An activity that was signed well by its actor, and how.
    record Heard(ObjectNode activity, Scheme scheme, String path) {}

    /// What another server answered.
    record Answer(int status, JsonNode body) {}

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final URI base;
    final Identity node;
    final Identity organization;
    final Scheme scheme;
    final URI listing;
    private final Map<String, ObjectNode> documents = new ConcurrentHashMap<>();
    private final List<Heard> heard = new ArrayList<>();

    /// @param scheme how it signs, and how it asks to be signed to
    SecondNode(Scheme scheme) {
        this.scheme = scheme;
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        node = Identity.at(base.resolve("/server"));
        organization = Identity.at(base.resolve("/org/aid"));
        listing = base.resolve("/beds/" + UUID.randomUUID());
        publish();
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void publish() {
        var application = actor("Application", node, "/inbox");
        application
                .put("preferredUsername", "server")
                .put("waymark:organizations", base + "/server/orgs");
        put(application);
        var actor = actor("Organization", organization, "/org/aid/inbox");
        actor.put("preferredUsername", "aid")
                .put("name", "Second Aid")
                .put("waymark:listings", base + "/org/aid/listings");
        put(actor);
        var all = thing("OrderedCollection", base + "/server/orgs");
        all.put("totalItems", 1).putArray("orderedItems").add(organization.id().toString());
        put(all);
        var listings = thing("OrderedCollection", base + "/org/aid/listings");
        listings.put("attributedTo", organization.id().toString())
                .put("totalItems", 1)
                .put("first", base + "/org/aid/listings/page")
                .put("waymark:cursor", "1");
        put(listings);
        var page = thing("OrderedCollectionPage", base + "/org/aid/listings/page");
        page.put("partOf", base + "/org/aid/listings").putArray("orderedItems").add(note());
        put(page);
        put(note());
    }

    private ObjectNode actor(String type, Identity identity, String inbox) {
        var actor = thing(type, identity.id().toString());
        actor.put("inbox", base + inbox).put("outbox", identity.id() + "/outbox");
        actor.putObject("endpoints").put("sharedInbox", base + "/inbox");
        identity.describe(actor, type.equals("Organization"));
        var implemented = actor.putObject("generator").put("type", "Application");
        var can = implemented.putArray("implements");
        can.addObject().put("href", "https://w3id.org/waymark/v1#referral-1");
        can.addObject().put("href", "https://w3id.org/waymark/v1#sealed-1");
        if (scheme == Scheme.RFC_9421) {
            can.addObject()
                    .put(
                            "href",
                            "https://datatracker.ietf.org/doc/html/rfc9421"
                                    + "#name-eddsa-using-curve-edwards25");
        }
        return actor;
    }

    private ObjectNode note() {
        var note = thing("Note", listing.toString());
        note.put("attributedTo", organization.id().toString())
                .put("name", "Beds of the second")
                .put("content", "<p>Beds of the second</p>")
                .put("waymark:version", 1);
        note.putArray("to").add("https://www.w3.org/ns/activitystreams#Public");
        var service = note.putObject("hsdsService");
        service.put("id", listing.getPath().substring("/beds/".length()))
                .put("name", "Beds of the second")
                .put("status", "active")
                .put("kind", "help")
                .put("reach", "public")
                .put("place", "exact")
                .put("referral_policy", "taken");
        return note;
    }

    /// An object with its context, type and id.
    static ObjectNode thing(String type, String id) {
        var thing = JSON.createObjectNode();
        thing.putArray("@context")
                .add("https://www.w3.org/ns/activitystreams")
                .addObject()
                .put("waymark", "https://w3id.org/waymark/v1#");
        return thing.put("type", type).put("id", id);
    }

    /// An activity of the organisation with an id of its own.
    ObjectNode activity(String type, Identity by, URI to) {
        var activity = thing(type, base + "/said/" + UUID.randomUUID());
        activity.put("actor", by.id().toString()).putArray("to").add(to.toString());
        return activity;
    }

    /// Serves a document at its id.
    void put(ObjectNode document) {
        documents.put(URI.create(document.path("id").asText()).getPath(), document);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = base.resolve(exchange.getRequestURI());
            if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, hear(exchange, target), "{}");
            } else if (target.getPath().equals("/.well-known/webfinger")) {
                answer(exchange, 200, finger(target).toString());
            } else {
                var found = Optional.ofNullable(documents.get(target.getPath()));
                var status = found.isPresent() ? 200 : 404;
                answer(exchange, status, found.map(JsonNode::toString).orElse("{}"));
            }
        }
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        var isFinger = exchange.getRequestURI().getPath().endsWith("webfinger");
        exchange.getResponseHeaders()
                .set("Content-Type", isFinger ? "application/jrd+json" : MEDIA);
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private ObjectNode finger(URI target) {
        var resource = target.getQuery().replaceFirst("^resource=", "");
        var isOrganization =
                resource.equals(organization.id().toString()) || resource.startsWith("acct:aid@");
        var found = JSON.createObjectNode().put("subject", resource);
        found.putArray("links")
                .addObject()
                .put("rel", "self")
                .put("type", MEDIA)
                .put("href", (isOrganization ? organization : node).id().toString());
        return found;
    }

    private int hear(HttpExchange exchange, URI target) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        try {
            var signed =
                    Scheme.verify(
                            "POST",
                            target,
                            it -> Optional.ofNullable(headers.getFirst(it)).orElse(""),
                            body,
                            this::key);
            var activity = (ObjectNode) JSON.readTree(body);
            if (!signed.keyId().toString().startsWith(activity.path("actor").asText() + "#")) {
                return 403;
            }
            synchronized (this) {
                heard.add(new Heard(activity, signed.scheme(), target.getPath()));
                notifyAll();
            }
            return 202;
        } catch (IllegalArgumentException e) {
            return 401;
        }
    }

    /// A key as its owner's server shows it: the id without what follows `#` is its owner.
    private PublicKey key(URI id) {
        var actor = get(URI.create(id.toString().replaceFirst("#.*", ""))).body();
        for (var member : List.of("publicKey", "assertionMethod")) {
            var value = actor.path(member);
            for (var key : value.isArray() ? value : List.of(value)) {
                if (key.path("id").asText().equals(id.toString())) {
                    return key.has("publicKeyPem")
                            ? rsa(key.path("publicKeyPem").asText())
                            : Multikeys.ED25519.read(key.path("publicKeyMultibase").asText());
                }
            }
        }
        throw new IllegalArgumentException("no such key: " + id);
    }

    private static PublicKey rsa(String pem) {
        try {
            var bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A GET signed by the organisation.
    Answer get(URI uri) {
        return ask("GET", uri, organization, new byte[0]);
    }

    /// Posts an activity to the inbox of an actor.
    Answer post(Identity by, URI to, ObjectNode activity) {
        var inbox = URI.create(get(to).body().path("inbox").asText());
        return ask("POST", inbox, by, activity.toString().getBytes(UTF_8));
    }

    private Answer ask(String method, URI uri, Identity by, byte[] body) {
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", MEDIA)
                        .header("Content-Type", MEDIA)
                        .method(method, BodyPublishers.ofByteArray(body));
        scheme.sign(by, method, uri, body).forEach(request::header);
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            var text = answer.body().startsWith("{") ? answer.body() : "{}";
            return new Answer(answer.statusCode(), JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Waits for an activity, heard before or yet to come.
    synchronized Heard await(Predicate<ObjectNode> which) {
        var until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            var found = heard.stream().filter(it -> which.test(it.activity())).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            var left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(
                        "not heard; but "
                                + heard.stream()
                                        .map(it -> it.activity().path("type").asText())
                                        .toList());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
