// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.signature.StructuredFields.Item;
import org.waymark.federation.signature.StructuredFields.Member;
import org.waymark.federation.signature.StructuredFields.Value;
import org.waymark.federation.vocabulary.Reading;

/// HTTP Message Signatures (RFC 9421) with a covered `Content-Digest` (RFC 9530), in the profile we
/// accept: RSA (`rsa-v1_5-sha256`) or Ed25519, over method, target, host and body. Immutable; safe
/// for many threads.
public final class Rfc9421 {
    // 4: a sender's own signature and those of proxies on the way; each costs us a look.
    private static final int MAX_SIGNATURES = 4;

    private static final Set<String> PARAMETERS =
            Set.of("created", "expires", "nonce", "alg", "keyid", "tag");

    private static final Set<String> ALGORITHMS = Set.of("rsa-v1_5-sha256", "ed25519");

    private static final String LABEL = "sig1";

    private final Clock clock;
    private final Supplier<String> nonces;

    public Rfc9421(Clock clock) {
        // A nonce, because Ed25519 and RSA sign the same text the same way, and a second attempt
        // within a second would look like a replay.
        this(clock, () -> UUID.randomUUID().toString());
    }

    Rfc9421(Clock clock, Supplier<String> nonces) {
        this.clock = clock;
        this.nonces = nonces;
    }

    /// The headers to send with a request: `Host`, `Content-Digest` where there is a body, and
    /// `Signature-Input` with `Signature` over method, target and digest.
    ///
    /// @param method in capitals
    /// @param target the absolute address
    /// @param body empty when there is none
    public Map<String, String> sign(SigningKey key, String method, URI target, byte[] body) {
        var covered = new ArrayList<>(List.of("@method", "@target-uri"));
        if (body.length > 0) {
            covered.add("content-digest");
        }
        return sign(key, method, target, body, LABEL, covered, Optional.of(nonces.get()), "");
    }

    /// The same as the other server asked for it in `Accept-Signature`. What we always cover is
    /// covered besides.
    public Map<String, String> sign(
            SigningKey key, String method, URI target, byte[] body, AcceptSignature wanted) {
        var covered = new ArrayList<>(wanted.components());
        for (String needed : List.of("@method", "@target-uri")) {
            if (!covered.contains(needed)) {
                covered.add(needed);
            }
        }
        covered.remove("content-digest");
        if (body.length > 0) {
            covered.add("content-digest");
        }
        return sign(
                key,
                method,
                target,
                body,
                wanted.label(),
                covered,
                wanted.nonce().or(() -> Optional.of(nonces.get())),
                wanted.tag().orElse(""));
    }

    private Map<String, String> sign(
            SigningKey key,
            String method,
            URI target,
            byte[] body,
            String label,
            List<String> covered,
            Optional<String> nonce,
            String tag) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Host", target.getRawAuthority());
        headers.put("Date", Cavage.HTTP_DATE.format(clock.instant()));
        if (body.length > 0) {
            headers.put("Content-Digest", ContentDigest.of(body));
        }
        Algorithm algorithm = Algorithm.of(key.key());
        var parameters = new LinkedHashMap<String, Value>();
        parameters.put("created", new Value.Number(clock.instant().getEpochSecond()));
        parameters.put("keyid", new Value.Text(key.id().toString()));
        parameters.put("alg", new Value.Text(algorithm.rfc9421().orElseThrow()));
        nonce.ifPresent(it -> parameters.put("nonce", new Value.Text(it)));
        if (!tag.isEmpty()) {
            parameters.put("tag", new Value.Text(tag));
        }
        var input = new Member(true, covered.stream().map(Rfc9421::item).toList(), parameters);
        var request =
                new Request(method, Cavage.requestTarget(target), Headers.single(headers), body);
        String base = base(request, target.getScheme(), input).orElseThrow();
        byte[] signature = algorithm.sign(key.key(), base.getBytes(StandardCharsets.UTF_8));
        var written = new Member(false, List.of(item(signature)), Map.of());
        headers.put("Signature-Input", label + "=" + StructuredFields.write(input));
        headers.put("Signature", label + "=" + StructuredFields.write(written));
        return headers;
    }

    private static Item item(String text) {
        return new Item(new Value.Text(text), Map.of());
    }

    private static Item item(byte[] bytes) {
        return new Item(new Value.Bytes(bytes), Map.of());
    }

    /// Examines everything that needs no key, cheapest first, so that a bad request costs no fetch.
    /// Where there are several signatures, the first that is good as far as can be told decides;
    /// the others count for nothing.
    ///
    /// Refusals: `signature-missing`, `signature-malformed`, `signature-too-many`,
    /// `signature-parameter-unknown`, `signature-component-unknown`, `signature-algorithm-unknown`,
    /// `signature-uncovered` (method, target, host or time are not signed), `digest-uncovered`,
    /// `digest-missing`, `digest-wrong`, `header-missing` (signed, but not there),
    /// `header-doubled`, `clock-skew`, `signature-expired`.
    ///
    /// @param scheme `https` or `http`: what requests to this server are made with, since the
    ///   request itself does not tell
    public Reading<Claim> examine(Request request, String scheme) {
        List<String> inputLines = request.headers().all("Signature-Input");
        List<String> lines = request.headers().all("Signature");
        if (inputLines.isEmpty() || lines.isEmpty()) {
            return refused("signature-missing");
        }
        var inputs = StructuredFields.dictionary(inputLines).orElse(Map.of());
        var signatures = StructuredFields.dictionary(lines).orElse(Map.of());
        if (inputs.isEmpty() || signatures.isEmpty()) {
            return refused("signature-malformed");
        }
        if (inputs.size() > MAX_SIGNATURES || signatures.size() > MAX_SIGNATURES) {
            return refused("signature-too-many");
        }
        String fault = "";
        for (var input : inputs.entrySet()) {
            Reading<Claim> examined =
                    Optional.ofNullable(signatures.get(input.getKey()))
                            .map(it -> examine(request, scheme, input.getValue(), it))
                            .orElseGet(() -> refused("signature-malformed"));
            switch (examined) {
                case Reading.Read<Claim> _ -> {
                    return examined;
                }
                case Reading.Refused<Claim>(String code) -> fault = fault.isEmpty() ? code : fault;
            }
        }
        return refused(fault);
    }

    private Reading<Claim> examine(Request request, String scheme, Member input, Member signature) {
        if (!input.isList()
                || signature.isList()
                || !(signature.items().getFirst().value() instanceof Value.Bytes(byte[] bytes))
                || bytes.length == 0) {
            return refused("signature-malformed");
        }
        if (!PARAMETERS.containsAll(input.parameters().keySet())) {
            return refused("signature-parameter-unknown");
        }
        var parameters = Parameters.read(input.parameters());
        if (parameters.isEmpty()) {
            return refused("signature-malformed");
        }
        Optional<String> algorithm = parameters.get().algorithm();
        if (algorithm.isPresent() && !ALGORITHMS.contains(algorithm.get())) {
            return refused("signature-algorithm-unknown");
        }
        String fault = Coverage.faultOf(request, input);
        if (!fault.isEmpty()) {
            return refused(fault);
        }
        Instant now = clock.instant();
        Duration skew = Duration.between(parameters.get().created(), now).abs();
        if (skew.compareTo(Cavage.MAX_SKEW) > 0) {
            return refused("clock-skew");
        }
        if (parameters.get().expires().filter(it -> !now.isBefore(it)).isPresent()) {
            return refused("signature-expired");
        }
        return base(request, scheme, input)
                .<Reading<Claim>>map(
                        it ->
                                new Reading.Read<>(
                                        new Claim.OfRfc9421(
                                                parameters.get().keyId(),
                                                parameters.get().created(),
                                                skew,
                                                algorithm,
                                                it,
                                                bytes)))
                .orElseGet(() -> refused("header-missing"));
    }

    /// What stands behind the components of one signature.
    private record Parameters(
            URI keyId, Instant created, Optional<Instant> expires, Optional<String> algorithm) {

        /// Empty when one is not of its type, or key or time is missing.
        static Optional<Parameters> read(Map<String, Value> written) {
            for (String name : List.of("nonce", "tag", "alg")) {
                if (written.containsKey(name) && text(written, name).isEmpty()) {
                    return Optional.empty();
                }
            }
            Optional<Instant> expires = seconds(written, "expires");
            if (written.containsKey("expires") && expires.isEmpty()) {
                return Optional.empty();
            }
            return text(written, "keyid")
                    .flatMap(Cavage::keyId)
                    .flatMap(
                            keyId ->
                                    seconds(written, "created")
                                            .map(
                                                    it ->
                                                            new Parameters(
                                                                    keyId,
                                                                    it,
                                                                    expires,
                                                                    text(written, "alg"))));
        }

        private static Optional<String> text(Map<String, Value> written, String name) {
            return written.get(name) instanceof Value.Text(String text)
                    ? Optional.of(text)
                    : Optional.empty();
        }

        private static Optional<Instant> seconds(Map<String, Value> written, String name) {
            try {
                return written.get(name) instanceof Value.Number(long seconds)
                        ? Optional.of(Instant.ofEpochSecond(seconds))
                        : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /// The text that is signed (RFC 9421, section 2.5); empty when something that should be signed
    /// is not there.
    static Optional<String> base(Request request, String scheme, Member input) {
        var text = new StringBuilder();
        for (Item item : input.items()) {
            if (!(item.value() instanceof Value.Text(String name))) {
                return Optional.empty();
            }
            Optional<String> value = Coverage.valueOf(request, scheme, name);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            text.append(StructuredFields.write(item)).append(": ").append(value.get()).append('\n');
        }
        return Optional.of(
                text.append("\"@signature-params\": ")
                        .append(StructuredFields.write(input))
                        .toString());
    }

    private static Reading<Claim> refused(String code) {
        return new Reading.Refused<>(code);
    }
}
