// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import io.helidon.common.tls.Tls;
import io.helidon.http.ClientResponseHeaders;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.Signatures;
import org.waymark.federation.signature.Signer;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.trust.Origin;

/// The one way out: signed GET and POST to servers that strangers name.
///
/// The address is checked when it is connected to, whatever the host's name says ([NetworkRules]).
/// Redirects are never followed, no proxy is used, a body is read up to a limit that counts after
/// inflating, and one deadline covers the whole exchange and closes the connection. Plain http is
/// spoken only to networks that were named.
///
/// Each exchange has a connection of its own, so each is checked. Safe for many threads; blocks the
/// calling one until the deadline at the latest.
public final class GuardedClient {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedClient.class);

    private static final byte[] NOTHING = {};
    private static final Tls NO_TLS = Tls.builder().enabled(false).build();

    private final ClientSettings settings;
    private final Signatures signatures;
    private final CheckedResolver secure;
    private final CheckedResolver plain;
    private final WebClient client;

    private GuardedClient(ClientSettings settings, Clock clock) {
        this.settings = settings;
        this.signatures = new Signatures(clock);
        this.secure = new CheckedResolver(settings.rules()::admits);
        this.plain = new CheckedResolver(settings.rules()::names);
        this.client =
                WebClient.builder()
                        .followRedirects(false)
                        .proxy(Proxy.noProxy())
                        .keepAlive(false)
                        .shareConnectionCache(false)
                        .sendExpectContinue(false)
                        .servicesDiscoverServices(false)
                        // Inflating is ours, because the limit counts afterwards.
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .build())
                        .connectTimeout(settings.deadline())
                        .readTimeout(settings.deadline())
                        .socketOptions(
                                it ->
                                        it.connectTimeout(settings.deadline())
                                                .readTimeout(settings.deadline())
                                                // One request and its answer: waiting to fill a
                                                // packet only costs time.
                                                .tcpNoDelay(true))
                        .build();
    }

    /// A client with these settings; the clock dates the signatures.
    public static GuardedClient of(ClientSettings settings, Clock clock) {
        return new GuardedClient(settings, clock);
    }

    /// Asks for a document without saying who asks: WebFinger and NodeInfo.
    public Exchange get(URI target, Expected expected) {
        return exchange(target, it -> ask(it, expected, Map.of()));
    }

    /// The same with more headers, such as `If-None-Match`.
    public Exchange get(URI target, Expected expected, Map<String, String> more) {
        return exchange(target, it -> ask(it, expected, more));
    }

    /// Asks for a document in the name of an actor, signed the old way (draft-cavage-12).
    public Exchange get(URI target, Expected expected, SigningKey key) {
        return get(target, expected, new Signer.Cavage(key));
    }

    /// Asks for a document in the name of an actor, once. [Knocker] finds out how to sign.
    public Exchange get(URI target, Expected expected, Signer signer) {
        return exchange(
                target, it -> ask(it, expected, signatures.sign(signer, "GET", it, NOTHING)));
    }

    /// Hands an activity to an inbox, signed the old way (draft-cavage-12).
    public Exchange post(URI inbox, byte[] activity, SigningKey key) {
        return post(inbox, activity, new Signer.Cavage(key));
    }

    /// Hands an activity to an inbox, once, signed, with its digest covered. Only the status and
    /// headers of the answer count; its body is not read. [Knocker] finds out how to sign.
    public Exchange post(URI inbox, byte[] activity, Signer signer) {
        return post(inbox, activity, Map.of(), signer);
    }

    /// The same with more headers, which the signature does not cover.
    public Exchange post(URI inbox, byte[] activity, Map<String, String> more, Signer signer) {
        return exchange(
                inbox,
                it -> {
                    var headers = new LinkedHashMap<>(more);
                    headers.putAll(signatures.sign(signer, "POST", it, activity));
                    return hand(it, activity, headers);
                });
    }

    /// Asks a service that the operator named, in JSON, without saying who asks.
    ///
    /// @param headers such as the service's key
    public Exchange ask(URI service, byte[] question, Map<String, String> headers) {
        return exchange(
                service,
                it -> {
                    ClientConnection connection = connect(it);
                    try (HttpClientResponse response =
                            request(connection, "POST", it, headers)
                                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                                    .header(HeaderNames.ACCEPT, Expected.JSON.accept())
                                    .submit(question)) {
                        return answer(response, Expected.JSON);
                    } finally {
                        connection.closeResource();
                    }
                });
    }

    /// The scheme to use for a host that was named without one: `http` if all its addresses lie in
    /// networks that were named, else `https`. Looks the host up.
    public String schemeFor(String authority) {
        URI address = URI.create("http://" + authority);
        try {
            plain.resolveAddress(
                    Optional.ofNullable(address.getHost()).orElse(""),
                    DnsAddressLookup.defaultLookup());
            return "http";
        } catch (CheckedResolver.NotAllowed | CheckedResolver.Unknown e) {
            return "https";
        }
    }

    private interface Step {
        Exchange run(URI target) throws IOException;
    }

    private Exchange exchange(URI target, Step step) {
        Optional<Origin> origin = Origin.of(target);
        if (origin.isEmpty()) {
            return new Exchange.Refused("address-malformed");
        }
        // Helidon drops what follows a semicolon; written like this it reaches the other server.
        URI sent = URI.create(target.toString().replace(";", "%3B"));
        var task = new FutureTask<>(() -> guarded(sent, step));
        Thread.ofVirtual().name("exchange-", 0).start(task);
        try {
            return task.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Interrupting a virtual thread that waits on a socket closes the socket.
            task.cancel(true);
            return new Exchange.Failed("deadline-passed");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return new Exchange.Failed("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exchange broke", e.getCause());
        }
    }

    private Exchange guarded(URI target, Step step) {
        try {
            return step.run(target);
        } catch (CheckedResolver.NotAllowed e) {
            return new Exchange.Refused(
                    isPlain(target) ? "plain-http-not-allowed" : "address-not-allowed");
        } catch (CheckedResolver.Unknown e) {
            return new Exchange.Failed("host-unknown");
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("exchange with {} failed", target.getHost(), e);
            Throwable cause =
                    e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
            return new Exchange.Failed(
                    cause instanceof SSLException ? "tls-failed" : "connection-failed");
        } catch (RuntimeException e) {
            // What the HTTP client throws when a server does not speak HTTP.
            LOG.debug("answer of {} cannot be read", target.getHost(), e);
            return new Exchange.Failed("answer-malformed");
        }
    }

    private Exchange ask(URI target, Expected expected, Map<String, String> signed)
            throws IOException {
        ClientConnection connection = connect(target);
        try (HttpClientResponse response =
                request(connection, "GET", target, signed)
                        .header(HeaderNames.ACCEPT, expected.accept())
                        .header(HeaderNames.ACCEPT_ENCODING, "gzip")
                        .request()) {
            return answer(response, expected);
        } finally {
            connection.closeResource();
        }
    }

    private Exchange answer(HttpClientResponse response, Expected expected) throws IOException {
        int status = response.status().code();
        Headers headers = headers(response.headers());
        if (status / 100 != 2) {
            return new Exchange.Answer(status, headers, NOTHING);
        }
        if (!expected.matches(headers.first("Content-Type").orElse(""))) {
            return new Exchange.Refused("media-type-wrong");
        }
        return read(response, status, headers);
    }

    private Exchange hand(URI target, byte[] activity, Map<String, String> signed) {
        ClientConnection connection = connect(target);
        try (HttpClientResponse response =
                request(connection, "POST", target, signed)
                        .header(HeaderNames.CONTENT_TYPE, "application/activity+json")
                        .submit(activity)) {
            return new Exchange.Answer(
                    response.status().code(), headers(response.headers()), NOTHING);
        } finally {
            connection.closeResource();
        }
    }

    private Exchange read(HttpClientResponse response, int status, Headers headers)
            throws IOException {
        String encoding =
                headers.first("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        if (!response.entity().hasEntity()) {
            return new Exchange.Answer(status, headers, NOTHING);
        }
        try (InputStream received = response.inputStream();
                InputStream inflated = inflate(encoding, received)) {
            byte[] body = inflated.readNBytes(settings.maxBodyBytes() + 1);
            return body.length > settings.maxBodyBytes()
                    ? new Exchange.Refused("body-too-large")
                    : new Exchange.Answer(status, headers, body);
        } catch (UnknownEncoding e) {
            return new Exchange.Refused("encoding-unknown");
        }
    }

    private static final class UnknownEncoding extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static InputStream inflate(String encoding, InputStream received) throws IOException {
        return switch (encoding) {
            case "identity" -> received;
            case "gzip", "x-gzip" -> new GZIPInputStream(received);
            default -> throw new UnknownEncoding();
        };
    }

    private ClientConnection connect(URI target) {
        Origin origin = Origin.of(target).orElseThrow();
        var key =
                ConnectionKey.create(
                        origin.scheme(),
                        origin.host(),
                        origin.port(),
                        isPlain(target) ? NO_TLS : client.prototype().tls(),
                        isPlain(target) ? plain : secure,
                        DnsAddressLookup.defaultLookup(),
                        Proxy.noProxy());
        return TcpClientConnection.create(
                        client, key, List.of(Http1Client.PROTOCOL_ID), _ -> false, _ -> {})
                .connect();
    }

    private Http1ClientRequest request(
            ClientConnection connection, String method, URI target, Map<String, String> signed) {
        var request =
                client.client(Http1Client.PROTOCOL)
                        .method(Method.create(method))
                        .uri(origin(target))
                        // The request target as it was signed, query included: given as a URI it
                        // would be decoded and written in another spelling and order.
                        .skipUriEncoding(true)
                        .path(Cavage.requestTarget(target))
                        .connection(connection)
                        .header(HeaderNames.USER_AGENT, settings.userAgent());
        signed.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        return request;
    }

    private static Headers headers(ClientResponseHeaders received) {
        var lines = new LinkedHashMap<String, List<String>>();
        for (Header header : received) {
            lines.put(header.name(), List.copyOf(header.allValues()));
        }
        return Headers.of(lines);
    }

    private static URI origin(URI target) {
        return URI.create(target.getScheme() + "://" + target.getRawAuthority());
    }

    private static boolean isPlain(URI target) {
        return "http".equalsIgnoreCase(target.getScheme());
    }
}
