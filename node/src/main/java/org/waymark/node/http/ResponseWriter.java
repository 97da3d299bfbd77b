// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.ws.rs.core.EntityTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;

/// Writes one of Jersey's answers to Helidon. Short ones (their length is known) go out in one
/// piece, long ones as a stream; text is compressed where the reader can unpack it.
final class ResponseWriter implements ContainerResponseWriter {

    // 600 bytes: below that the header of the compressed form outweighs what it saves.
    private static final int WORTH_BYTES = 600;

    // Named, and not with the weight 0 that means "not this" (RFC 9110, section 12.4.2).
    private static final Pattern GZIP =
            Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private final ServerRequest request;
    private final ServerResponse response;
    private final Compression compression;
    private @Nullable ByteArrayOutputStream whole;
    private @Nullable OutputStream stream;
    private boolean gzip;
    private boolean isKeepable;

    ResponseWriter(ServerRequest request, ServerResponse response, Compression compression) {
        this.request = request;
        this.response = response;
        this.compression = compression;
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
            var others = answer.getStringHeaders().getOrDefault("Vary", List.of());
            response.header(
                    "Vary",
                    Stream.concat(others.stream(), Stream.of("Accept-Encoding"))
                            .toArray(String[]::new));
        }
        if (!answer.hasEntity() || request.prologue().method().equals(Method.HEAD)) {
            return null;
        }
        gzip = compressed && acceptsGzip() && (contentLength < 0 || contentLength >= WORTH_BYTES);
        if (gzip) {
            response.header("Content-Encoding", "gzip");
            var tag = answer.getEntityTag();
            isKeepable = tag != null;
            if (tag != null) {
                // Other bytes, the same meaning (RFC 9110, section 8.8.3.3).
                response.header("ETag", new EntityTag(tag.getValue(), true).toString());
            }
        }
        if (contentLength >= 0) {
            whole = new ByteArrayOutputStream(Math.toIntExact(contentLength));
            return whole;
        }
        stream = gzip ? gzip(response.outputStream()) : response.outputStream();
        return stream;
    }

    private boolean acceptsGzip() {
        return GZIP.matcher(request.headers().value(HeaderNames.ACCEPT_ENCODING).orElse("")).find();
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

    /// What is never kept by anyone on the way is not kept here either.
    private byte[] packed(byte[] plain) {
        if (!gzip) {
            return plain;
        }
        return isKeepable ? compression.packOnce(plain) : Compression.pack(plain);
    }

    @Override
    public void commit() {
        try {
            if (whole != null) {
                response.send(packed(whole.toByteArray()));
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
