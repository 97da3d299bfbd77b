// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.Relay;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;

/// Some other server with one actor, which says what a test wants it to say and writes down what it
/// gets.
public final class OtherServer implements AutoCloseable {

    private final HttpServer server;
    private final URI url;
    private final KeyPair keys;
    private final GuardedClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile int answer = 202;
    private volatile Optional<String> retryAfter = Optional.empty();
    private volatile int actorAnswer = 200;

    public OtherServer(Clock clock) {
        this(clock, HttpServer.bind("127.0.0.1", 0), Optional.empty());
    }

    /// One that others reach only through a relay.
    public static OtherServer behind(Relay relay, Clock clock) {
        var server = HttpServer.bind("127.0.0.1", 0);
        relay.passOnTo(server.port());
        return new OtherServer(clock, server, Optional.of(relay));
    }

    private OtherServer(Clock clock, HttpServer server, Optional<Relay> relay) {
        this.server = server;
        url = URI.create("http://127.0.0.1:" + relay.map(Relay::port).orElse(server.port()));
        keys = keys();
        client =
                GuardedClient.of(
                        ClientSettings.of(NetworkRules.allowing(List.of("127.0.0.0/8")), "Other/1"),
                        clock);
        server.serve(
                new Site(BaseUrl.parse(url.toString()), 1 << 20)
                        .add(new ActorDocument())
                        .add(new InboxDouble()));
    }

    public URI actor() {
        return url.resolve("/actor");
    }

    /// An address on this server.
    public URI at(String path) {
        return url.resolve(path);
    }

    /// Posts an activity signed with this server's key.
    ///
    /// @return the status
    public int post(URI inbox, ObjectNode activity) {
        return postAs(this, inbox, activity);
    }

    /// Posts an activity signed with this server's key, which it says is the other's.
    ///
    /// @return the status
    public int postAs(OtherServer other, URI inbox, ObjectNode activity) {
        var key = new SigningKey(URI.create(other.actor() + "#main-key"), keys.getPrivate());
        var exchange = client.post(inbox, StrictJson.write(activity), key);
        return ((Exchange.Answer) exchange).status();
    }

    /// The headers with which this server would post a body now.
    public Map<String, String> signed(URI inbox, byte[] body) {
        var key = new SigningKey(URI.create(actor() + "#main-key"), keys.getPrivate());
        return new Cavage(Clock.systemUTC()).sign(key, "POST", inbox, body);
    }

    /// The ids of the activities it was handed, in the order they came.
    public List<String> received() {
        return received;
    }

    /// From now on its inbox answers this.
    public void answer(int status) {
        answer = status;
        retryAfter = Optional.empty();
    }

    /// From now on its inbox asks for patience.
    public void answer(int status, String retryAfterSeconds) {
        answer = status;
        retryAfter = Optional.of(retryAfterSeconds);
    }

    /// From now on its actor answers this.
    public void actorAnswers(int status) {
        actorAnswer = status;
    }

    /// How many it was handed at once, at most.
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() {
        server.close();
    }

    @Path("/actor")
    public final class ActorDocument {
        @GET
        public Response get() {
            if (actorAnswer != 200) {
                return Response.status(actorAnswer).build();
            }
            var document =
                    Draft.of("Application", actor())
                            .set("inbox", at("/inbox"))
                            .set("name", "Other")
                            .set(
                                    "publicKey",
                                    Draft.of("Key", URI.create(actor() + "#main-key"))
                                            .set("owner", actor())
                                            .set("publicKeyPem", PublicKeys.pem(keys.getPublic())));
            return Response.ok(document.bytes(), "application/activity+json").build();
        }
    }

    @Path("/inbox")
    public final class InboxDouble {
        @POST
        public Response post(byte[] body) {
            mostAtOnce.accumulateAndGet(here.incrementAndGet(), Math::max);
            try {
                if (answer / 100 == 2) {
                    received.add(StrictJson.read(body).orElseThrow().path("id").asText());
                }
                var response = Response.status(answer);
                retryAfter.ifPresent(it -> response.header("Retry-After", it));
                return response.build();
            } finally {
                here.decrementAndGet();
            }
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
