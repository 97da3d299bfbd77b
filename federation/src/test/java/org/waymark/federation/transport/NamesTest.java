// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Keys;
import org.waymark.federation.delivery.Attempt;

/// What names answer: a hostile one changes its answer, and all of them may be silent. The address
/// of the server is named in the rules; 127.0.0.1 stands for the inside of our network.
class NamesTest {
    private static final Clock UTC = Clock.systemUTC();
    private static final Keys ALICE = Keys.of("https://a.example/o/1");
    private static final InetAddress GOOD = address("127.0.0.2");
    private static final InetAddress INSIDE = address("127.0.0.1");

    private final GuardedClient client =
            GuardedClient.of(
                    ClientSettings.of(NetworkRules.allowing(List.of("127.0.0.2/32")), "test")
                            .withDeadline(Duration.ofSeconds(5)),
                    UTC);

    @Tag("attack:ssrf-by-dns-rebinding")
    @Test
    void whatIsConnectedToIsWhatWasChecked() throws IOException {
        try (var server = new ServerSocket(0, 5, GOOD);
                var trap = trap(server.getLocalPort())) {
            Thread.ofVirtual().start(() -> answerAll(server));
            var address = URI.create("http://rebind.invented.test:" + server.getLocalPort() + "/x");
            InventedNames.answer("rebind.invented.test", List.of(List.of(GOOD), List.of(INSIDE)));

            assertThat(client.get(address, Expected.ACTIVITY)).isInstanceOf(Exchange.Answer.class);
            // It was looked up once: nothing between checking and connecting asked again.
            assertThat(InventedNames.left("rebind.invented.test")).isEqualTo(1);

            // The next exchange gets the other answer, and checks it too.
            assertThat(client.get(address, Expected.ACTIVITY))
                    .isEqualTo(new Exchange.Refused("plain-http-not-allowed"));
            assertThat(trap.accept()).isNull();
        }
    }

    @Tag("attack:ssrf-by-dns-rebinding")
    @Test
    void ofSeveralAddressesOnlyTheAllowedAreConnectedTo() throws IOException {
        try (var server = new ServerSocket(0, 5, GOOD);
                var trap = trap(server.getLocalPort())) {
            Thread.ofVirtual().start(() -> answerAll(server));
            var address = URI.create("http://mixed.invented.test:" + server.getLocalPort() + "/x");
            InventedNames.answer("mixed.invented.test", List.of(List.of(INSIDE, GOOD)));

            assertThat(client.get(address, Expected.ACTIVITY)).isInstanceOf(Exchange.Answer.class);
            assertThat(trap.accept()).isNull();
        }
    }

    @Tag("attack:dns-down")
    @Test
    void whatCannotBeLookedUpNowIsDeliveredWhenNamesAreBack() throws IOException {
        try (var server = new ServerSocket(0, 5, GOOD)) {
            Thread.ofVirtual().start(() -> answerAll(server));
            var inbox = URI.create("http://back.invented.test:" + server.getLocalPort() + "/inbox");

            var whileDown = Attempt.make(client, inbox, new byte[] {1}, ALICE.rsaKey(), UTC);
            InventedNames.answer("back.invented.test", List.of(List.of(GOOD)));
            var afterwards = Attempt.make(client, inbox, new byte[] {1}, ALICE.rsaKey(), UTC);

            assertThat(whileDown)
                    .isInstanceOfSatisfying(
                            Attempt.Postponed.class,
                            it -> assertThat(it.code()).isEqualTo("host-unknown"));
            assertThat(afterwards).isEqualTo(new Attempt.Delivered(200));
        }
    }

    private static ServerSocketChannel trap(int port) throws IOException {
        var trap = ServerSocketChannel.open();
        trap.bind(new InetSocketAddress(INSIDE, port));
        trap.configureBlocking(false);
        return trap;
    }

    private static void answerAll(ServerSocket server) {
        try {
            while (true) {
                try (Socket visitor = server.accept()) {
                    visitor.getOutputStream()
                            .write(
                                    ("HTTP/1.1 200 OK\r\nContent-Type: application/activity+json"
                                                    + "\r\nContent-Length: 2\r\n\r\n{}")
                                            .getBytes(StandardCharsets.US_ASCII));
                    visitor.shutdownOutput();
                    visitor.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
