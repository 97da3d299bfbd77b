// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.waymark.federation.signature.Canonical;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.StrictJson;

/// Reading an activity, and what its object's proof costs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DocumentBenchmark {
    private final Keys keys = Keys.of("https://a.example/o/1");
    private final ObjectProofs proofs = new ObjectProofs(Clock.systemUTC());
    private final ObjectNode note = Listing.note();
    private final ObjectNode proved = proofs.sign(keys.ed25519Key(), note);
    private final byte[] create = Listing.create(proved);
    private final VerificationKey key =
            new VerificationKey(keys.ed25519Id(), keys.actor(), keys.ed25519().getPublic());

    @Benchmark
    public Activity parse() {
        return StrictJson.read(create).then(Activity::read).orElseThrow();
    }

    @Benchmark
    public byte[] canonicalise() {
        return Canonical.bytes(note);
    }

    @Benchmark
    public ObjectNode prove() {
        return proofs.sign(keys.ed25519Key(), note);
    }

    @Benchmark
    public VerificationKey verifyProof() {
        return proofs.verify(proved, _ -> Optional.of(key)).orElseThrow();
    }
}
