// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A form with a large file in it (RFC 7578), read as it comes in: the fields that stand before the
/// file, and then the file, which lies nowhere whole. What stands behind it is not read.
///
/// One reader, one thread.
public final class MultipartStream {

    private static final String COMING = MultipartStream.class.getName() + ".coming";

    // A form of ours has two fields; more is nobody's form.
    private static final int MOST_FIELDS = 20;
    private static final int MOST_FIELD_BYTES = 1 << 16;
    private static final int MOST_HEADER_BYTES = 1 << 13;

    private final PushbackInputStream body;
    private final byte[] mark;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private Optional<String> fileName = Optional.empty();
    private InputStream file = InputStream.nullInputStream();

    private MultipartStream(InputStream body, String boundary) {
        this.body = new PushbackInputStream(new BufferedInputStream(body, 1 << 16), 1);
        this.mark = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Reads up to the first file.
    ///
    /// @param boundary the parameter of the media type
    /// @throws IOException when the line breaks or it is no such form
    public static MultipartStream begin(InputStream body, String boundary) throws IOException {
        var form = new MultipartStream(body, boundary);
        if (!boundary.isEmpty()) {
            form.begin();
        }
        return form;
    }

    /// The form whose fields were read already, by whoever had to see them first.
    public static Optional<MultipartStream> of(ContainerRequestContext request) {
        return Optional.ofNullable(
                (MultipartStream) request.getProperty(MultipartStream.class.getName()));
    }

    /// Whether a body may be as large as a file: it must not be read whole.
    public static boolean isComing(ContainerRequestContext request) {
        return Boolean.TRUE.equals(request.getProperty(COMING));
    }

    static void announce(ContainerRequestContext request) {
        request.setProperty(COMING, true);
    }

    /// Keeps it for whoever reads the file.
    public void keep(ContainerRequestContext request) {
        request.setProperty(MultipartStream.class.getName(), this);
    }

    private void begin() throws IOException {
        // The first mark has no line before it.
        new Part(2).transferTo(new Bounded(MOST_HEADER_BYTES));
        while (fields.size() < MOST_FIELDS) {
            var next = body.read();
            if (next != '\r' || body.read() != '\n') {
                return;
            }
            var headers = headers();
            var name = MultipartForm.first(MultipartForm.NAME, headers);
            var given = MultipartForm.first(MultipartForm.FILE_NAME, headers);
            if (given.isPresent()) {
                fileName = given.map(it -> it.replaceFirst(".*[/\\\\]", ""));
                file = new Part(0);
                return;
            }
            var text = new Bounded(MOST_FIELD_BYTES);
            new Part(0).transferTo(text);
            name.ifPresent(it -> fields.putIfAbsent(it, text.toString(StandardCharsets.UTF_8)));
        }
    }

    private String headers() throws IOException {
        var bytes = new Bounded(MOST_HEADER_BYTES);
        var lineLength = 0;
        while (true) {
            var one = body.read();
            if (one < 0) {
                throw new EOFException("The form ends within a part");
            }
            bytes.write(one);
            if (one == '\n') {
                if (lineLength == 0) {
                    return bytes.toString(StandardCharsets.UTF_8);
                }
                lineLength = 0;
            } else if (one != '\r') {
                lineLength++;
            }
        }
    }

    /// The first value of each field before the file.
    public Map<String, String> fields() {
        return Map.copyOf(fields);
    }

    /// What the file is called where it comes from; empty when there is none.
    public Optional<String> fileName() {
        return fileName.filter(it -> !it.isEmpty());
    }

    /// What is in the file. Reading fails where the line breaks before its end.
    public InputStream file() {
        return file;
    }

    /// Up to the next mark.
    private final class Part extends InputStream {

        // What looked like a mark at first, still to be handed out.
        private final byte[] held = new byte[mark.length + 1];
        private int from;
        private int to;
        private int matched;
        private boolean ended;

        /// @param matched how much of the mark is taken as read
        Part(int matched) {
            this.matched = matched;
        }

        @Override
        public int read() throws IOException {
            if (from < to) {
                return held[from++] & 0xff;
            }
            if (ended) {
                return -1;
            }
            while (true) {
                var one = body.read();
                if (one < 0) {
                    throw new EOFException("The form ends within a part");
                }
                if (one == (mark[matched] & 0xff)) {
                    matched++;
                    if (matched == mark.length) {
                        ended = true;
                        return -1;
                    }
                    continue;
                }
                if (matched == 0) {
                    return one;
                }
                // A mark has one line end, at its beginning: nothing within it begins another.
                System.arraycopy(mark, 0, held, 0, matched);
                from = 0;
                to = matched;
                matched = 0;
                if (one == mark[0]) {
                    body.unread(one);
                } else {
                    held[to++] = (byte) one;
                }
                return held[from++] & 0xff;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            // The one of InputStream keeps a failure for the next call, or loses it.
            var count = 0;
            while (count < length) {
                var one = read();
                if (one < 0) {
                    return count == 0 ? -1 : count;
                }
                bytes[offset + count++] = (byte) one;
            }
            return count;
        }
    }

    private static final class Bounded extends ByteArrayOutputStream {

        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public synchronized void write(int one) {
            check(1);
            super.write(one);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            check(length);
            super.write(bytes, offset, length);
        }

        private void check(int more) {
            if (count + more > most) {
                throw Problem.of(413, "body-too-large");
            }
        }
    }
}
