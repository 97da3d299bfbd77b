// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.federation.vocabulary.Reading;

/// HTTP signatures as the fediverse signs today: draft-cavage-http-signatures-12 with a covered
/// `Digest`. Immutable; safe for many threads.
public final class Cavage {
    /// 1 h: older or younger signatures are refused (federation.md, Signatures), so every attempt
    /// signs afresh.
    public static final Duration MAX_SKEW = Duration.ofHours(1);

    static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final Set<String> ALGORITHMS = Set.of("rsa-sha256", "hs2019", "ed25519");

    private final Clock clock;

    public Cavage(Clock clock) {
        this.clock = clock;
    }

    /// The headers to send with a request: `Host`, `Date`, `Digest` where there is a body, and
    /// `Signature` over them and the request line.
    ///
    /// @param method in capitals
    /// @param target the absolute address
    /// @param body empty when there is none
    public Map<String, String> sign(SigningKey key, String method, URI target, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Host", target.getRawAuthority());
        headers.put("Date", HTTP_DATE.format(clock.instant()));
        String covered = "(request-target) host date";
        if (body.length > 0) {
            headers.put("Digest", Digest.of(body));
            covered += " digest";
        }
        var request = new Request(method, requestTarget(target), Headers.single(headers), body);
        String signed =
                signingString(request, List.of(covered.split(" ", -1)), Map.of()).orElseThrow();
        Algorithm algorithm = Algorithm.of(key.key());
        byte[] signature = algorithm.sign(key.key(), signed.getBytes(StandardCharsets.UTF_8));
        String name =
                switch (algorithm) {
                    case RSA -> "rsa-sha256";
                    case ED25519 -> "hs2019";
                    case ML_DSA_44 ->
                            throw new IllegalArgumentException("requests are not signed with it");
                };
        headers.put(
                "Signature",
                "keyId=\"%s\",algorithm=\"%s\",headers=\"%s\",signature=\"%s\""
                        .formatted(
                                key.id(),
                                name,
                                covered,
                                Base64.getEncoder().encodeToString(signature)));
        return headers;
    }

    /// Path and query as they stand on the request line.
    public static String requestTarget(URI target) {
        String path = Optional.ofNullable(target.getRawPath()).orElse("");
        String query = target.getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /// Examines everything that needs no key, cheapest first, so that a bad request costs no fetch.
    ///
    /// Refusals: `signature-missing`, `signature-malformed`, `signature-algorithm-unknown`,
    /// `signature-uncovered` (the request line, host or time are not signed), `digest-uncovered`,
    /// `digest-missing`, `digest-wrong`, `header-missing` (signed, but not there),
    /// `header-doubled`, `date-malformed`, `clock-skew`, `signature-expired`.
    public Reading<Claim> examine(Request request) {
        List<String> lines = request.headers().all("Signature");
        if (lines.isEmpty()) {
            return refused("signature-missing");
        }
        if (lines.size() > 1) {
            return refused("header-doubled");
        }
        return SignatureHeader.parse(lines.getFirst())
                .map(it -> examine(request, it))
                .orElseGet(() -> refused("signature-malformed"));
    }

    private Reading<Claim> examine(Request request, Map<String, String> parameters) {
        Optional<URI> keyId = Optional.ofNullable(parameters.get("keyId")).flatMap(Cavage::keyId);
        byte[] signature = base64(parameters.getOrDefault("signature", ""));
        if (keyId.isEmpty() || signature.length == 0) {
            return refused("signature-malformed");
        }
        String algorithm = parameters.getOrDefault("algorithm", "hs2019").toLowerCase(Locale.ROOT);
        if (!ALGORITHMS.contains(algorithm)) {
            return refused("signature-algorithm-unknown");
        }
        List<String> covered = covered(parameters);
        String fault = faultOf(request, covered, algorithm);
        if (!fault.isEmpty()) {
            return refused(fault);
        }
        Optional<Instant> signedAt = signedAt(request, covered, parameters);
        if (signedAt.isEmpty()) {
            return refused("date-malformed");
        }
        Instant now = clock.instant();
        Duration skew = Duration.between(signedAt.get(), now).abs();
        if (skew.compareTo(MAX_SKEW) > 0) {
            return refused("clock-skew");
        }
        if (parameters.containsKey("expires")
                && seconds(parameters.get("expires")).filter(now::isBefore).isEmpty()) {
            return refused("signature-expired");
        }
        return signingString(request, covered, parameters)
                .<Reading<Claim>>map(
                        it ->
                                new Reading.Read<>(
                                        new Claim.OfCavage(
                                                keyId.get(),
                                                signedAt.get(),
                                                skew,
                                                algorithm,
                                                it,
                                                signature)))
                .orElseGet(() -> refused("header-missing"));
    }

    private static String faultOf(Request request, List<String> covered, String algorithm) {
        var names = new HashSet<>(covered);
        // The draft forbids (created) with the old algorithm names (section 2.3).
        boolean timed =
                names.contains("date")
                        || (names.contains("(created)") && algorithm.equals("hs2019"));
        if (names.size() != covered.size()) {
            return "signature-malformed";
        }
        if (!names.contains("(request-target)") || !names.contains("host") || !timed) {
            return "signature-uncovered";
        }
        for (String name : covered) {
            if (request.headers().all(name).size() > 1) {
                return "header-doubled";
            }
        }
        if (request.body().length == 0 && !names.contains("digest")) {
            return "";
        }
        String fault = Digest.faultOf(request.headers().all("Digest"), request.body());
        if (!fault.isEmpty()) {
            return fault;
        }
        return names.contains("digest") ? "" : "digest-uncovered";
    }

    /// Empty when a header that should be signed is not there.
    private static Optional<String> signingString(
            Request request, List<String> covered, Map<String, String> parameters) {
        var text = new StringBuilder();
        for (String name : covered) {
            Optional<String> value =
                    switch (name) {
                        case "(request-target)" ->
                                Optional.of(
                                        request.method().toLowerCase(Locale.ROOT)
                                                + " "
                                                + request.target());
                        case "(created)", "(expires)" ->
                                Optional.ofNullable(
                                        parameters.get(name.substring(1, name.length() - 1)));
                        default -> request.headers().first(name).map(String::strip);
                    };
            if (value.isEmpty()) {
                return Optional.empty();
            }
            text.append(text.isEmpty() ? "" : "\n").append(name).append(": ").append(value.get());
        }
        return Optional.of(text.toString());
    }

    private static Optional<Instant> signedAt(
            Request request, List<String> covered, Map<String, String> parameters) {
        if (covered.contains("date")) {
            try {
                return request.headers()
                        .first("Date")
                        .map(
                                it ->
                                        DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                                                it, ZonedDateTime::from))
                        .map(ZonedDateTime::toInstant);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return seconds(parameters.getOrDefault("created", ""));
    }

    private static List<String> covered(Map<String, String> parameters) {
        return List.of(
                parameters.getOrDefault("headers", "date").toLowerCase(Locale.ROOT).split(" ", -1));
    }

    static Optional<URI> keyId(String text) {
        try {
            return Optional.of(URI.create(text)).filter(URI::isAbsolute);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> seconds(String text) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Reading<Claim> refused(String code) {
        return new Reading.Refused<>(code);
    }
}
