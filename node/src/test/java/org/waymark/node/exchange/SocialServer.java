// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;

/// A server of people, who write short posts and follow others. It does what Mastodon 4 does, after
/// its documentation: it finds accounts by WebFinger, takes everything in at one shared inbox, puts
/// fragments into the ids of its activities and writes the `Follow` out in its `Undo`.
public final class SocialServer implements AutoCloseable {

    private final HttpServer server;
    private final URI url;
    private final KeyPair keys;
    private final GuardedClient client;
    private final List<ObjectNode> shared = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> personal = new CopyOnWriteArrayList<>();
    private volatile boolean busy;
    private int number;

    public SocialServer(Clock clock) {
        server = HttpServer.bind("127.0.0.1", 0);
        url = URI.create("http://127.0.0.1:" + server.port());
        keys = keys();
        client =
                GuardedClient.of(
                        ClientSettings.of(
                                NetworkRules.allowing(List.of("127.0.0.0/8")), "Social/1"),
                        clock);
        server.serve(
                new Site(BaseUrl.parse(url.toString()), 1 << 20)
                        .add(new Person())
                        .add(new SharedInbox()));
    }

    public URI person(String name) {
        return url.resolve("/users/" + name);
    }

    /// The document of the account that people write `@slug@domain`.
    public ObjectNode find(URI node, String slug) {
        var finger =
                get(
                        node.resolve(
                                "/.well-known/webfinger?resource=acct:"
                                        + slug
                                        + "@"
                                        + node.getRawAuthority()));
        for (var link : finger.path("links")) {
            if (link.path("rel").asText().equals("self")) {
                return get(URI.create(link.path("href").asText()));
            }
        }
        throw new AssertionError("No such account: " + finger);
    }

    /// Asks to follow, as a person here.
    ///
    /// @return the status
    public int follow(String person, ObjectNode account) {
        return post(person, account, follow(person, account.path("id").asText()).document());
    }

    /// Ceases to follow.
    public int unfollow(String person, ObjectNode account) {
        var followed = account.path("id").asText();
        var undo =
                Draft.activity("Undo", fresh(person, "undo"), person(person))
                        .set("object", follow(person, followed));
        return post(person, account, undo.document());
    }

    /// Says something about a post: `Like`, `Announce`.
    public int say(String person, String verb, ObjectNode account, URI object) {
        var said = Draft.activity(verb, fresh(person, verb), person(person)).set("object", object);
        return post(person, account, said.document());
    }

    /// Answers a post.
    public int reply(String person, ObjectNode account, URI to, String words) {
        var note =
                Draft.of("Note", url.resolve("/users/" + person + "/statuses/" + ++number))
                        .set("attributedTo", person(person))
                        .set("inReplyTo", to)
                        .set("content", words);
        var create =
                Draft.activity("Create", fresh(person, "create"), person(person))
                        .set("object", note);
        return post(person, account, create.document());
    }

    /// The account is closed.
    public int leave(String person, ObjectNode account) {
        var delete =
                Draft.activity("Delete", fresh(person, "delete"), person(person))
                        .set("object", person(person));
        return post(person, account, delete.document());
    }

    /// Posts what it is given to an account's own inbox.
    public int post(String person, ObjectNode account, ObjectNode activity) {
        var inbox = URI.create(account.path("inbox").asText());
        var key = new SigningKey(URI.create(person(person) + "#main-key"), keys.getPrivate());
        var answer = client.post(inbox, StrictJson.write(activity), key);
        return ((Exchange.Answer) answer).status();
    }

    /// What came to the inbox of all.
    public List<ObjectNode> shared() {
        return shared;
    }

    /// What came to somebody's own inbox.
    public List<ObjectNode> personal() {
        return personal;
    }

    /// Takes nothing in for everyone, or does again.
    public void setBusy(boolean busy) {
        this.busy = busy;
    }

    public void forget() {
        shared.clear();
        personal.clear();
    }

    public URI fresh(String person, String what) {
        return URI.create(person(person) + "#" + what + "s/" + ++number);
    }

    private Draft follow(String person, String followed) {
        return Draft.activity("Follow", fresh(person, "follow"), person(person))
                .set("object", followed);
    }

    /// Any public document, read as a server does.
    public static ObjectNode get(URI address) {
        try {
            var request =
                    HttpRequest.newBuilder(address)
                            .header("Accept", "application/activity+json")
                            .build();
            var answer =
                    HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
            return StrictJson.read(answer).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    @Path("/users/{name}")
    public final class Person {
        @GET
        public Response get(@PathParam("name") String name) {
            var id = person(name);
            var document =
                    Draft.of("Person", id)
                            .set("inbox", URI.create(id + "/inbox"))
                            .set("outbox", URI.create(id + "/outbox"))
                            .set("preferredUsername", name)
                            .set("name", name)
                            .set("discoverable", JsonNodeFactory.instance.booleanNode(true))
                            .set(
                                    "endpoints",
                                    JsonNodeFactory.instance
                                            .objectNode()
                                            .put("sharedInbox", url.resolve("/inbox").toString()))
                            .set(
                                    "publicKey",
                                    Draft.of("Key", URI.create(id + "#main-key"))
                                            .set("owner", id)
                                            .set("publicKeyPem", PublicKeys.pem(keys.getPublic())));
            return Response.ok(document.bytes(), "application/activity+json").build();
        }

        @POST
        @Path("inbox")
        public Response post(byte[] body) {
            personal.add(StrictJson.read(body).orElseThrow());
            return Response.accepted().build();
        }
    }

    @Path("/inbox")
    public final class SharedInbox {
        @POST
        public Response post(byte[] body) {
            if (busy) {
                return Response.status(503).build();
            }
            shared.add(StrictJson.read(body).orElseThrow());
            return Response.accepted().build();
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
