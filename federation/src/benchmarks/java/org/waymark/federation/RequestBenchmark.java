// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.Scheme;
import org.waymark.federation.signature.Signatures;
import org.waymark.federation.signature.Signer;
import org.waymark.federation.signature.VerificationKey;

/// Signing a request, and checking one, digest and all.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBenchmark {
    private static final URI INBOX = URI.create("https://b.example/inbox");

    @Param({"CAVAGE", "RFC9421_RSA", "RFC9421_ED25519"})
    public Scheme scheme = Scheme.CAVAGE;

    private final Keys keys = Keys.of("https://a.example/o/1");
    private final byte[] body = Listing.create(Listing.note());
    private final Signatures signatures = new Signatures(Clock.systemUTC());
    private final Map<Scheme, Request> received =
            Map.of(
                    Scheme.CAVAGE, received(Scheme.CAVAGE),
                    Scheme.RFC9421_RSA, received(Scheme.RFC9421_RSA),
                    Scheme.RFC9421_ED25519, received(Scheme.RFC9421_ED25519));

    @Benchmark
    public Map<String, String> sign() {
        return signed(scheme);
    }

    @Benchmark
    public VerificationKey verify() {
        return signatures
                .examine(received.get(scheme), "https")
                .then(it -> it.verify(key(scheme)))
                .orElseThrow();
    }

    private Request received(Scheme scheme) {
        return new Request("POST", "/inbox", Headers.single(signed(scheme)), body);
    }

    private Map<String, String> signed(Scheme scheme) {
        var signer =
                switch (scheme) {
                    case CAVAGE -> new Signer.Cavage(keys.rsaKey());
                    case RFC9421_RSA -> new Signer.Rfc9421(keys.rsaKey());
                    case RFC9421_ED25519 -> new Signer.Rfc9421(keys.ed25519Key());
                };
        return signatures.sign(signer, "POST", INBOX, body);
    }

    private VerificationKey key(Scheme scheme) {
        return scheme == Scheme.RFC9421_ED25519
                ? new VerificationKey(keys.ed25519Id(), keys.actor(), keys.ed25519().getPublic())
                : new VerificationKey(keys.rsaId(), keys.actor(), keys.rsa().getPublic());
    }
}
