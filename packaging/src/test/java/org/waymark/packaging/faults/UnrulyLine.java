// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A line to a port of this machine that loses requests and answers, sends them twice, keeps them
/// back and swaps their order, as its chance will have it. It knows where a request ends, because
/// nodes use a connection for one exchange.
final class UnrulyLine implements AutoCloseable {

    /// What became of one exchange.
    enum Fault {
        NONE,
        /// The request never arrives.
        REQUEST_LOST,
        /// It arrives, and the sender never learns.
        ANSWER_LOST,
        /// It arrives a second time, byte for byte.
        TWICE,
        /// It takes its time, and others overtake it.
        DELAYED,
        /// The sender is cut off; seconds later, when it has sent it anew or something newer, the
        /// request arrives after all.
        LATE
    }

    // Of each dozen: every fault comes soon, and in every run.
    private static final List<Fault> DOZEN =
            List.of(
                    Fault.REQUEST_LOST,
                    Fault.ANSWER_LOST,
                    Fault.TWICE,
                    Fault.DELAYED,
                    Fault.DELAYED,
                    Fault.LATE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE,
                    Fault.NONE);

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+) *\r\n");

    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked");

    private final ServerSocket door;
    private final int target;
    private final Random chance;
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final List<Fault> dealt = new ArrayList<>();
    private volatile boolean isCalm = true;

    UnrulyLine(int target, long seed) {
        this.target = target;
        this.chance = new Random(seed);
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("unruly-line").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void rage() {
        isCalm = false;
    }

    void calm() {
        isCalm = true;
    }

    /// How often each fault happened.
    synchronized Map<Fault, Integer> counts() {
        return new EnumMap<>(counts);
    }

    private record Lot(Fault fault, int millis) {}

    /// For one seed the tenth exchange of a storm always has the same lot; which one comes as the
    /// tenth is not decided here.
    private synchronized Lot next() {
        if (isCalm) {
            counts.merge(Fault.NONE, 1, Integer::sum);
            return new Lot(Fault.NONE, 0);
        }
        if (dealt.isEmpty()) {
            dealt.addAll(DOZEN);
            Collections.shuffle(dealt, chance);
        }
        var fault = dealt.removeLast();
        counts.merge(fault, 1, Integer::sum);
        return new Lot(fault, chance.nextInt(8_000));
    }

    private void accept() {
        try {
            while (true) {
                var from = door.accept();
                Thread.ofVirtual().start(() -> serve(from));
            }
        } catch (IOException e) {
            // The door was closed.
        }
    }

    private void serve(Socket from) {
        try (from) {
            var request = message(from.getInputStream());
            if (request.length == 0) {
                return;
            }
            var lot = next();
            switch (lot.fault) {
                case NONE -> from.getOutputStream().write(exchange(request));
                case REQUEST_LOST -> {}
                case ANSWER_LOST -> exchange(request);
                case TWICE -> {
                    from.getOutputStream().write(exchange(request));
                    exchange(request);
                }
                case DELAYED -> {
                    pause(lot.millis / 20);
                    from.getOutputStream().write(exchange(request));
                }
                case LATE -> {
                    from.close();
                    pause(500 + lot.millis);
                    exchange(request);
                }
            }
        } catch (IOException e) {
            // Nobody listens there now, or one side hung up.
        }
    }

    private byte[] exchange(byte[] request) throws IOException {
        try (var to = new Socket(InetAddress.getLoopbackAddress(), target)) {
            to.getOutputStream().write(request);
            return message(to.getInputStream());
        }
    }

    /// One request or answer; empty when the other side hung up before its end.
    private static byte[] message(InputStream in) throws IOException {
        var read = new ByteArrayOutputStream();
        var head = until(in, read, "\r\n\r\n");
        var length = LENGTH.matcher(head);
        if (length.find()) {
            read.write(in.readNBytes(Integer.parseInt(length.group(1))));
        } else if (CHUNKED.matcher(head).find()) {
            until(in, read, "\r\n0\r\n\r\n");
        }
        return head.isEmpty() ? new byte[0] : read.toByteArray();
    }

    private static String until(InputStream in, ByteArrayOutputStream read, String end)
            throws IOException {
        var text = "";
        while (!text.endsWith(end)) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            read.write(next);
            text = next == '\n' ? read.toString(StandardCharsets.ISO_8859_1) : "";
        }
        return text;
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
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
