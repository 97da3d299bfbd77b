// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A port of this machine that passes everything on to another and keeps what went by, both ways:
/// what somebody on the wire would see without TLS. It can be cut.
public final class Relay implements AutoCloseable {

    private final ServerSocket door;
    private final List<ByteArrayOutputStream> seen = new CopyOnWriteArrayList<>();
    private final List<ByteArrayOutputStream> answered = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean isCut;
    private volatile boolean isSwallowing;
    private final AtomicInteger swallowed = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    public Relay() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// Where it passes things on to.
    public int target() {
        return target;
    }

    /// From now on new connections go to that port of this machine.
    public void passOnTo(int port) {
        target = port;
    }

    /// The line is dead: what is open breaks, and nothing new goes through.
    public void cut() {
        isCut = true;
        open.forEach(Relay::hangUp);
    }

    public void mend() {
        isCut = false;
    }

    /// From now on it says 202 to everything and passes nothing on, as a server that loses its disk
    /// after answering.
    public void swallow() {
        isSwallowing = true;
        open.forEach(Relay::hangUp);
    }

    /// Passes everything on again.
    ///
    /// @return how many requests it swallowed
    public int spare() {
        isSwallowing = false;
        return swallowed.getAndSet(0);
    }

    /// The requests that came, connection by connection.
    public List<String> seen() {
        return texts(seen);
    }

    /// What was answered, connection by connection.
    public List<String> answered() {
        return texts(answered);
    }

    /// How many came while it was cut.
    public int turnedAway() {
        return turnedAway.get();
    }

    /// How many bytes of requests came so far.
    public long bytesSeen() {
        return seen.stream().mapToLong(ByteArrayOutputStream::size).sum();
    }

    /// How many bytes of answers went by so far.
    public long bytesAnswered() {
        return answered.stream().mapToLong(ByteArrayOutputStream::size).sum();
    }

    /// Everything that went by, both ways, connection by connection, byte by byte.
    public List<byte[]> everything() {
        return Stream.concat(seen.stream(), answered.stream())
                .map(ByteArrayOutputStream::toByteArray)
                .toList();
    }

    private static List<String> texts(List<ByteArrayOutputStream> kept) {
        return kept.stream().map(it -> it.toString(StandardCharsets.UTF_8)).toList();
    }

    private void accept() {
        try {
            while (true) {
                connect(door.accept());
            }
        } catch (IOException e) {
            // The door was closed.
        }
    }

    private void connect(Socket from) {
        open.add(from);
        if (isCut) {
            turnedAway.incrementAndGet();
            hangUp(from);
            return;
        }
        if (isSwallowing) {
            Thread.ofVirtual().start(() -> swallow(from));
            return;
        }
        try {
            var to = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(to);
            copy(from, to, kept(seen));
            copy(to, from, kept(answered));
        } catch (IOException e) {
            // Nobody listens there now.
            hangUp(from);
        }
    }

    private void swallow(Socket from) {
        try (from) {
            var in = new BufferedInputStream(from.getInputStream());
            var length = 0;
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var header = line.toLowerCase(Locale.ROOT).split(": *", 2);
                length = header[0].equals("content-length") ? Integer.parseInt(header[1]) : length;
            }
            in.readNBytes(length);
            swallowed.incrementAndGet();
            from.getOutputStream()
                    .write(
                            "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It hung up.
        } finally {
            open.remove(from);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static ByteArrayOutputStream kept(List<ByteArrayOutputStream> by) {
        var kept = new ByteArrayOutputStream();
        by.add(kept);
        return kept;
    }

    private void copy(Socket from, Socket to, OutputStream kept) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (to) {
                                pass(from.getInputStream(), to.getOutputStream(), kept);
                            } catch (IOException e) {
                                // One side hung up.
                            } finally {
                                open.remove(to);
                            }
                        });
    }

    private static void pass(InputStream from, OutputStream to, OutputStream kept)
            throws IOException {
        var buffer = new byte[8192];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            kept.write(buffer, 0, n);
            to.write(buffer, 0, n);
            to.flush();
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Relay::hangUp);
    }
}
