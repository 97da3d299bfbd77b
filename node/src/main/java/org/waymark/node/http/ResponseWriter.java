// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;

/// Writes one of Jersey's answers to Helidon. Short ones (their length is known) go out in one
/// piece, long ones as a stream; text is compressed where the reader can unpack it.
final class ResponseWriter implements ContainerResponseWriter {

    // 600 bytes: below that the header of the compressed form outweighs what it saves.
    private static final int WORTH_BYTES = 600;

    private final ServerRequest request;
    private final ServerResponse response;
    private @Nullable ByteArrayOutputStream whole;
    private @Nullable OutputStream stream;
    private boolean gzip;

    ResponseWriter(ServerRequest request, ServerResponse response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public @Nullable OutputStream writeResponseStatusAndHeaders(
            long contentLength, ContainerResponse answer) {
        response.status(answer.getStatus());
        answer.getStringHeaders()
                .forEach(
                        (name, values) -> {
                            if (!name.equalsIgnoreCase("Content-Length")) {
                                response.header(name, values.toArray(String[]::new));
                            }
                        });
        var compressed = isCompressible(answer);
        if (compressed) {
            response.header("Vary", "Accept-Encoding");
        }
        if (!answer.hasEntity() || request.prologue().method().equals(Method.HEAD)) {
            return null;
        }
        gzip = compressed && accepts("gzip") && (contentLength < 0 || contentLength >= WORTH_BYTES);
        if (gzip) {
            response.header("Content-Encoding", "gzip");
        }
        if (contentLength >= 0) {
            whole = new ByteArrayOutputStream(Math.toIntExact(contentLength));
            return whole;
        }
        stream = gzip ? gzip(response.outputStream()) : response.outputStream();
        return stream;
    }

    private boolean accepts(String encoding) {
        return request.headers().value(HeaderNames.ACCEPT_ENCODING).orElse("").contains(encoding);
    }

    private static boolean isCompressible(ContainerResponse answer) {
        var type = answer.getMediaType();
        return type != null
                && (type.getType().equals("text")
                        || type.getSubtype().endsWith("json")
                        || type.getSubtype().endsWith("xml"));
    }

    private static OutputStream gzip(OutputStream out) {
        try {
            return new GZIPOutputStream(out, 1 << 13);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] whole) throws IOException {
        var compressed = new ByteArrayOutputStream(whole.length / 3);
        try (var out = gzip(compressed)) {
            out.write(whole);
        }
        return compressed.toByteArray();
    }

    @Override
    public void commit() {
        try {
            if (whole != null) {
                response.send(gzip ? gzip(whole.toByteArray()) : whole.toByteArray());
            } else if (stream != null) {
                stream.close();
            } else {
                response.send();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void failure(Throwable error) {
        if (stream != null) {
            // Headers are gone: only a broken connection still tells the reader the truth.
            throw new IllegalStateException("The answer broke off", error);
        }
        if (!response.isSent()) {
            response.status(500).send();
        }
    }

    /// Requests run on their own virtual thread, so nothing here is ever suspended.
    @Override
    public boolean suspend(long timeOut, TimeUnit unit, TimeoutHandler handler) {
        throw new UnsupportedOperationException("Answer in the request's own thread");
    }

    @Override
    public void setSuspendTimeout(long timeOut, TimeUnit unit) {
        throw new UnsupportedOperationException("Answer in the request's own thread");
    }

    @Override
    public boolean enableResponseBuffering() {
        return true;
    }
}
