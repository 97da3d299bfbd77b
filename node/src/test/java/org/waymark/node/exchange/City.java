// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Thing;

/// Many servers behind one door, each at an address of its own, that take what they are handed. The
/// first of them answer at the same moment.
final class City implements AutoCloseable {

    private static final byte[] ACCEPTED =
            "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final CountDownLatch together;
    private final CountDownLatch all;
    private final AtomicInteger received = new AtomicInteger();
    private final int hosts;

    /// @param together how many wait for each other
    City(int hosts, int together) throws IOException {
        this.hosts = hosts;
        this.door = new ServerSocket(0, hosts, InetAddress.getByName("0.0.0.0"));
        this.together = new CountDownLatch(together);
        this.all = new CountDownLatch(hosts);
        Thread.ofVirtual().start(this::open);
    }

    /// What the server says of its actor.
    List<Actor> actors() {
        return IntStream.range(0, hosts).mapToObj(this::actor).toList();
    }

    private Actor actor(int host) {
        var base =
                "http://127.1." + host / 250 + "." + (1 + host % 250) + ":" + door.getLocalPort();
        var document =
                Draft.of("Organization", URI.create(base + "/actor"))
                        .set("inbox", URI.create(base + "/inbox"))
                        .document();
        return (Actor) Thing.read(document).orElseThrow();
    }

    /// How often any of them was handed something.
    int received() {
        return received.get();
    }

    /// Waits until as many were handed something as there are.
    void awaitAll() throws InterruptedException {
        all.await();
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                assertThat(door.isClosed()).isTrue();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            read(new BufferedInputStream(socket.getInputStream()));
            received.incrementAndGet();
            together.countDown();
            together.await();
            socket.getOutputStream().write(ACCEPTED);
            all.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(InputStream in) throws IOException {
        var length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            text.append((char) c);
        }
        return text.toString().strip();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
