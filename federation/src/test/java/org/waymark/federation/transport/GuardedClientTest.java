// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.Keys;
import org.waymark.federation.Site;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Reading;

class GuardedClientTest {
    private static final String ACTIVITY = "application/activity+json";
    private static final Keys ALICE = Keys.of("https://a.example/o/1");
    private static final NetworkRules LOOPBACK = NetworkRules.allowing(List.of("127.0.0.0/8"));

    private final GuardedClient client = client(LOOPBACK);

    @Test
    void getsADocument() {
        try (var site = new Site(it -> it.get("/x", Site.text(200, ACTIVITY, "{\"a\":1}")))) {
            var answer = (Exchange.Answer) client.get(site.at("/x"), Expected.ACTIVITY);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x",
                "/x?resource=acct%3Aa%40b.example",
                "/x?z=1&b=%20+%2F&c&a=%3F&z=0",
                "/p%C3%A4th/%2Fx?q=%25",
                "/x%0D%0AX-Injected:%201?q=%0D%0AX-Injected:%201",
                "/x;a=b/y",
                "/x?since=AbC-_~."
            })
    void whatItSendsVerifiesAtTheOtherEnd(String path) {
        var seen = new AtomicReference<Request>();
        byte[] body = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
        try (var site =
                new Site(
                        it ->
                                it.any(
                                        (request, response) -> {
                                            seen.set(Site.received(request));
                                            response.status(Status.ACCEPTED_202).send();
                                        }))) {
            for (var key : List.of(ALICE.rsaKey(), ALICE.ed25519Key())) {
                var posted = client.post(site.at(path), body, key);
                assertThat(posted).isInstanceOf(Exchange.Answer.class);
                assertThat(verify(seen.get())).isInstanceOf(Reading.Read.class);
                assertThat(seen.get().body()).isEqualTo(body);

                client.get(site.at(path), Expected.ACTIVITY, key);
                assertThat(verify(seen.get())).isInstanceOf(Reading.Read.class);
                assertThat(seen.get().target()).isEqualTo(path.replace(";", "%3B"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void opensNoSocketToAPrivateAddressThatWasNotNamed(String host) throws IOException {
        try (var listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            listener.configureBlocking(false);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            var guarded = client(NetworkRules.publicOnly());

            assertThat(
                            guarded.get(
                                    URI.create("https://" + host + ":" + port + "/"),
                                    Expected.ACTIVITY))
                    .isEqualTo(new Exchange.Refused("address-not-allowed"));
            assertThat(
                            guarded.post(
                                    URI.create("http://" + host + ":" + port + "/"),
                                    new byte[] {1},
                                    ALICE.rsaKey()))
                    .isEqualTo(new Exchange.Refused("plain-http-not-allowed"));

            // A connection would wait here to be accepted.
            assertThat(listener.accept()).isNull();

            // The neighbour: with the network named, it does.
            client(LOOPBACK, Duration.ofMillis(200))
                    .get(URI.create("http://127.0.0.1:" + port + "/"), Expected.ACTIVITY);
            try (var accepted = listener.accept()) {
                assertThat(accepted).isNotNull();
            }
        }
    }

    @Tag("attack:ssrf-by-address")
    @Tag("attack:host-user-info")
    @Tag("attack:host-trailing-dot")
    @ParameterizedTest
    @CsvSource({
        "https://10.0.0.1/,                  address-not-allowed",
        "https://169.254.169.254/latest,     address-not-allowed",
        "https://[::1]/,                     address-not-allowed",
        "https://[::ffff:127.0.0.1]/,        address-not-allowed",
        "https://[64:ff9b::a00:1]/,          address-not-allowed",
        "https://[2002:a00:1::]/,            address-not-allowed",
        "http://10.0.0.1/,                   plain-http-not-allowed",
        "http://1.1.1.1/,                    plain-http-not-allowed",
        "https://2130706433/,                address-malformed",
        "https://user@127.0.0.1/,            address-malformed",
        "ftp://127.0.0.1/,                   address-malformed",
        "https://a.example./,                address-malformed",
    })
    void refusesAddressesBeforeConnecting(URI target, String code) {
        assertThat(client(NetworkRules.publicOnly()).get(target, Expected.ACTIVITY))
                .isEqualTo(new Exchange.Refused(code));
    }

    @Tag("attack:endless-redirect")
    @Test
    void followsNoRedirect() {
        try (var site =
                new Site(
                        it ->
                                it.get(
                                                "/x",
                                                (_, response) -> {
                                                    response.status(Status.FOUND_302);
                                                    response.header(HeaderNames.LOCATION, "/y");
                                                    response.send();
                                                })
                                        .get("/y", Site.text(200, ACTIVITY, "{}")))) {
            var answer = (Exchange.Answer) client.get(site.at("/x"), Expected.ACTIVITY);

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.headers().first("location")).contains("/y");
        }
    }

    @Tag("attack:media-type-wrong")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    application/activity+json                                                     | ACTIVITY | true
                    application/activity+json; charset=utf-8                                      | ACTIVITY | true
                    application/ld+json; profile="https://www.w3.org/ns/activitystreams"          | ACTIVITY | true
                    application/ld+json; charset=utf-8; profile="https://www.w3.org/ns/activitystreams" | ACTIVITY | true
                    application/ld+json                                                           | ACTIVITY | false
                    application/json                                                              | ACTIVITY | false
                    text/html                                                                     | ACTIVITY | false
                    application/jrd+json                                                          | JRD      | true
                    application/activity+json                                                     | JRD      | false
                    application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"  | JSON     | true
                    text/json                                                                     | JSON     | false
                    """)
    void acceptsOnlyTheMediaTypeItAskedFor(String type, Expected expected, boolean accepted) {
        try (var site = new Site(it -> it.get("/x", Site.text(200, type, "{}")))) {
            Exchange exchange = client.get(site.at("/x"), expected);

            if (accepted) {
                assertThat(exchange).isInstanceOf(Exchange.Answer.class);
            } else {
                assertThat(exchange).isEqualTo(new Exchange.Refused("media-type-wrong"));
            }
        }
    }

    @Tag("attack:ten-gigabytes")
    @Test
    void readsUpToAMegabyteAndNoByteMore() {
        int most = 1_048_576;
        try (var site =
                new Site(
                        it ->
                                it.get("/most", Site.text(200, ACTIVITY, "x".repeat(most)))
                                        .get(
                                                "/more",
                                                Site.text(200, ACTIVITY, "x".repeat(most + 1))))) {
            var answer = (Exchange.Answer) client.get(site.at("/most"), Expected.ACTIVITY);

            assertThat(answer.body()).hasSize(most);
            assertThat(client.get(site.at("/more"), Expected.ACTIVITY))
                    .isEqualTo(new Exchange.Refused("body-too-large"));
        }
    }

    @Tag("attack:gzip-bomb")
    @Test
    void inflatesGzipAndStopsAtABomb() {
        try (var site =
                new Site(
                        it ->
                                it.get(
                                                "/small",
                                                gzipped(
                                                        "{\"a\":1}"
                                                                .getBytes(StandardCharsets.UTF_8)))
                                        .get("/bomb", gzipped(new byte[64 * 1_048_576])))) {
            var small = (Exchange.Answer) client.get(site.at("/small"), Expected.ACTIVITY);

            assertThat(new String(small.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
            assertThat(client.get(site.at("/bomb"), Expected.ACTIVITY))
                    .isEqualTo(new Exchange.Refused("body-too-large"));
        }
    }

    @Tag("attack:ten-gigabytes")
    @Tag("attack:gzip-bomb")
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void whatHasNoEndIsReadToTheLimitAndNoFurther(String encoding) throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var sent = new CompletableFuture<Long>();
            Thread.ofVirtual().start(() -> pour(listener, encoding, sent));

            Exchange exchange =
                    client.get(
                            URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"),
                            Expected.ACTIVITY);

            assertThat(exchange).isEqualTo(new Exchange.Refused("body-too-large"));
            // What the network held when the connection was closed comes on top of the megabyte.
            assertThat(sent.get(10, TimeUnit.SECONDS)).isLessThan(64L * 1_048_576);
        }
    }

    /// Sends without end, and says how many bytes it sent until it was cut off.
    private static void pour(ServerSocket listener, String encoding, CompletableFuture<Long> sent) {
        long bytes = 0;
        try (Socket socket = listener.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\n"
                                    + "Content-Encoding: %s\r\nContent-Length: 10737418240\r\n\r\n")
                            .formatted(encoding)
                            .getBytes(StandardCharsets.US_ASCII));
            OutputStream body = encoding.equals("gzip") ? new GZIPOutputStream(out, true) : out;
            byte[] nothing = new byte[65_536];
            while (bytes < 10_737_418_240L) {
                body.write(nothing);
                body.flush();
                // Zeros are a thousandth of their size on the way.
                bytes += encoding.equals("gzip") ? nothing.length / 1_000 : nothing.length;
            }
        } catch (IOException e) {
            // Cut off, as it should be.
        }
        sent.complete(bytes);
    }

    @Test
    void refusesAnEncodingItDidNotAskFor() {
        try (var site =
                new Site(
                        it ->
                                it.get(
                                        "/x",
                                        (_, response) -> {
                                            response.header(HeaderNames.CONTENT_TYPE, ACTIVITY);
                                            response.header(HeaderNames.CONTENT_ENCODING, "br");
                                            response.send(new byte[] {1, 2, 3});
                                        }))) {
            assertThat(client.get(site.at("/x"), Expected.ACTIVITY))
                    .isEqualTo(new Exchange.Refused("encoding-unknown"));
        }
    }

    /// A server that sends one byte every 20 ms keeps every read alive; only the deadline ends it.
    @Tag("attack:slow-body")
    @Test
    void theDeadlineCoversASlowBodyAndClosesTheConnection() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var closedByClient = new CompletableFuture<Boolean>();
            Thread.ofVirtual().start(() -> drip(listener, closedByClient));
            var hurried = client(LOOPBACK, Duration.ofMillis(300));
            Instant before = Instant.now();

            Exchange exchange =
                    hurried.get(
                            URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"),
                            Expected.ACTIVITY);

            assertThat(exchange).isEqualTo(new Exchange.Failed("deadline-passed"));
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(closedByClient.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void namesWhatFailed() throws IOException {
        int closedPort;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = listener.getLocalPort();
        }

        assertThat(client.get(URI.create("http://127.0.0.1:" + closedPort), Expected.ACTIVITY))
                .isEqualTo(new Exchange.Failed("connection-failed"));
        assertThat(client.get(URI.create("https://none.invalid/"), Expected.ACTIVITY))
                .isEqualTo(new Exchange.Failed("host-unknown"));
    }

    @Test
    void anAnswerThatIsNoHttpClosesTheConnectionToo() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var closedByClient = new CompletableFuture<Boolean>();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (Socket socket = listener.accept()) {
                                    socket.getOutputStream()
                                            .write(
                                                    "SSH-2.0-x\r\n\r\n"
                                                            .getBytes(StandardCharsets.US_ASCII));
                                    socket.getInputStream().readAllBytes();
                                    closedByClient.complete(true);
                                } catch (IOException e) {
                                    closedByClient.complete(true);
                                }
                            });

            Exchange exchange =
                    client.get(
                            URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"),
                            Expected.ACTIVITY);

            assertThat(exchange).isInstanceOf(Exchange.Failed.class);
            assertThat(closedByClient.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void choosesPlainHttpOnlyForNamedNetworks() {
        assertThat(client.schemeFor("127.0.0.1:8080")).isEqualTo("http");
        assertThat(client.schemeFor("1.1.1.1")).isEqualTo("https");
        assertThat(client(NetworkRules.publicOnly()).schemeFor("127.0.0.1")).isEqualTo("https");
    }

    private static void drip(ServerSocket listener, CompletableFuture<Boolean> closedByClient) {
        try (Socket socket = listener.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\n"
                                    + "Content-Length: 100000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException e) {
            closedByClient.complete(true);
        } catch (InterruptedException e) {
            closedByClient.complete(false);
        }
    }

    private static Handler gzipped(byte[] content) {
        return (_, response) -> {
            response.header(HeaderNames.CONTENT_TYPE, ACTIVITY);
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
            var bytes = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(content);
            }
            response.send(bytes.toByteArray());
        };
    }

    private static Reading<VerificationKey> verify(Request request) {
        return new Cavage(Clock.systemUTC())
                .examine(request)
                .then(
                        claim ->
                                VerificationKey.listedBy(ALICE.document(), claim.keyId())
                                        .then(claim::verify));
    }

    private static GuardedClient client(NetworkRules rules) {
        return client(rules, Duration.ofSeconds(10));
    }

    private static GuardedClient client(NetworkRules rules, Duration deadline) {
        var settings = ClientSettings.of(rules, "test").withDeadline(deadline);
        return GuardedClient.of(settings, Clock.systemUTC());
    }
}
