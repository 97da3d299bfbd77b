// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestNode;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.Site;
import org.waymark.node.peer.Peers;

/// A port of this machine counts who comes. Nobody may, unless its network is named.
class PrivateAddressTest {

    private static TestNode careful;
    private static TestNode nearby;
    private static TestNode open;

    @BeforeAll
    static void start() {
        var clock = Clock.systemUTC();
        careful = TestNode.still(clock, "shelter", "Shelter", "federation.allow-networks=");
        nearby =
                TestNode.still(clock, "clinic", "Clinic", "federation.allow-networks=127.0.0.2/32");
        open = TestNode.still(clock, "office", "Office");
    }

    @AfterAll
    static void stop() {
        careful.close();
        nearby.close();
        open.close();
    }

    @Tag("attack:ssrf-by-address")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1",
                "https://127.0.0.1",
                "http://localhost",
                "https://localhost",
                "https://127.1",
                "https://2130706433",
                "https://0.0.0.0",
                "https://[::1]",
                "https://[::ffff:127.0.0.1]",
            })
    void nobodyComesFromANodeThatIsAskedToPeerWithThisMachine(String host) {
        try (var trap = new Trap()) {
            var asked = request(careful, host + ":" + trap.port());

            assertThat(asked).isInstanceOf(Peers.Outcome.NotReachable.class);
            assertThat(trap.visits()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "https://127.0.0.1", "http://localhost"})
    void aNodeWhoseSettingsNameTheNetworkComes(String host) {
        try (var trap = new Trap()) {
            request(open, host + ":" + trap.port());

            assertThat(trap.visits()).isPositive();
        }
    }

    @Tag("attack:ssrf-by-address")
    @Test
    void nobodyComesForTheKeyThatAMessageNames() throws Exception {
        try (var trap = new Trap()) {
            assertThat(knock(careful, trap)).isBetween(400, 503);
            assertThat(trap.visits()).isZero();

            knock(open, trap);
            assertThat(trap.visits()).isPositive();
        }
    }

    @Tag("attack:ssrf-by-redirect")
    @Test
    void nobodyFollowsARedirectIntoAClosedNetwork() {
        try (var trap = new Trap();
                var guide = new Guide(trap)) {
            request(nearby, guide.address());
            assertThat(guide.asked).isEqualTo(1);
            assertThat(trap.visits()).isZero();

            request(open, guide.address());
            assertThat(guide.asked).isEqualTo(2);
            assertThat(trap.visits()).isPositive();
        }
    }

    @Tag("attack:ssrf-by-webfinger-link")
    @Tag("attack:ssrf-by-nodeinfo-link")
    @Test
    void nobodyFollowsALinkIntoAClosedNetwork() {
        try (var trap = new Trap();
                var guide = new Guide(trap)) {
            guide.links = true;
            request(nearby, guide.address());
            assertThat(guide.asked).isEqualTo(1);
            assertThat(trap.visits()).isZero();

            // A link to another server is followed by nobody, even into a network that is named.
            request(open, guide.address());
            assertThat(guide.asked).isEqualTo(2);
            assertThat(trap.visits()).isZero();

            // The neighbour: a link to the server that was asked is.
            guide.linksToItself = true;
            request(nearby, guide.address());
            assertThat(guide.actorAsked).isPositive();
            // NodeInfo could point anywhere: nobody reads it.
            assertThat(guide.nodeInfoAsked).isZero();
        }
    }

    private static Peers.Outcome request(TestNode node, String address) {
        return node.domains().peers().request(node.acting(), URI.create(address), true);
    }

    /// A well-formed message whose key lies in the trap.
    ///
    /// @return the status of the answer
    private static int knock(TestNode node, Trap trap) throws Exception {
        var stranger = URI.create("http://127.0.0.1:" + trap.port());
        var body =
                Draft.activity("Follow", stranger.resolve("/a/1"), stranger.resolve("/actor"))
                        .set("object", node.actor())
                        .bytes();
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key =
                new SigningKey(
                        stranger.resolve("/actor#main-key"),
                        generator.generateKeyPair().getPrivate());
        var inbox = node.url().resolve("/inbox");
        var request = HttpRequest.newBuilder(inbox).POST(BodyPublishers.ofByteArray(body));
        new Cavage(Clock.systemUTC())
                .sign(key, "POST", inbox, body)
                .forEach(
                        (name, value) -> {
                            if (!name.equals("Host")) { // the client writes that itself
                                request.header(name, value);
                            }
                        });
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    /// A server in a named network that sends everyone on to the trap.
    @Path("/")
    public static final class Guide implements AutoCloseable {

        private final HttpServer server = HttpServer.bind("127.0.0.2", 0);
        private final URI trap;
        private volatile int asked;
        private volatile int actorAsked;
        private volatile int nodeInfoAsked;
        private volatile boolean links;
        private volatile boolean linksToItself;

        Guide(Trap trap) {
            this.trap = URI.create("http://127.0.0.1:" + trap.port() + "/");
            server.serve(new Site(BaseUrl.parse(address()), 1 << 20).add(this));
        }

        String address() {
            return "http://127.0.0.2:" + server.port();
        }

        @GET
        @Path(".well-known/webfinger")
        public Response webFinger() {
            asked++;
            if (!links) {
                return Response.seeOther(trap).build();
            }
            var actor = linksToItself ? address() + "/actor" : trap.resolve("/actor").toString();
            return Response.ok(
                            """
                            {"subject":"%s","links":[{"rel":"self","type":"application/activity+json","href":"%s"}]}
                            """
                                    .formatted(address(), actor),
                            "application/jrd+json")
                    .build();
        }

        @GET
        @Path(".well-known/nodeinfo")
        public Response nodeInfo() {
            nodeInfoAsked++;
            return Response.seeOther(trap).build();
        }

        @GET
        @Path("actor")
        public Response actor() {
            actorAsked++;
            return Response.status(404).build();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /// Counts connections and answers none.
    private static final class Trap implements AutoCloseable {

        private final ServerSocket door;

        Trap() {
            try {
                // Of both families: an IPv6 spelling of loopback leads here too.
                door = new ServerSocket(0);
                Thread.ofVirtual().start(this::turnAway);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private final List<Integer> visitors = new java.util.concurrent.CopyOnWriteArrayList<>();

        int port() {
            return door.getLocalPort();
        }

        /// How many came so far. Visitors are counted in the order they came, so when we have been
        /// counted, they have.
        int visits() {
            try (var probe = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
                while (!visitors.contains(probe.getLocalPort())) {
                    Thread.onSpinWait();
                }
                visitors.remove((Integer) probe.getLocalPort());
                return visitors.size();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void turnAway() {
            try {
                while (true) {
                    var visitor = door.accept();
                    visitors.add(visitor.getPort());
                    visitor.close();
                }
            } catch (IOException e) {
                // The door was closed.
            }
        }

        @Override
        public void close() {
            try {
                door.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
