// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

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
import java.util.concurrent.CopyOnWriteArrayList;

/// A port of this machine that passes everything on to another and keeps what came: what somebody
/// on the wire would see without TLS.
public final class Relay implements AutoCloseable {

    private final ServerSocket door;
    private final List<ByteArrayOutputStream> seen = new CopyOnWriteArrayList<>();
    private volatile int target;

    public Relay() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /// Begins to pass on to a port of this machine.
    void passOnTo(int port) {
        target = port;
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /// The requests that came, connection by connection.
    public List<String> seen() {
        return seen.stream().map(it -> it.toString(StandardCharsets.UTF_8)).toList();
    }

    private void accept() {
        try {
            while (true) {
                var from = door.accept();
                var to = new Socket(InetAddress.getLoopbackAddress(), target);
                var kept = new ByteArrayOutputStream();
                seen.add(kept);
                copy(from.getInputStream(), to.getOutputStream(), kept);
                copy(to.getInputStream(), from.getOutputStream(), new ByteArrayOutputStream());
            }
        } catch (IOException e) {
            // The door was closed.
        }
    }

    private static void copy(InputStream from, OutputStream to, ByteArrayOutputStream kept) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (to) {
                                var buffer = new byte[8192];
                                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                                    kept.write(buffer, 0, n);
                                    to.write(buffer, 0, n);
                                    to.flush();
                                }
                            } catch (IOException e) {
                                // One side hung up.
                            }
                        });
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
