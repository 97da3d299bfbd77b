// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.waymark.federation.vocabulary.Multibase;
import org.waymark.federation.vocabulary.Reading;

/// Proofs that stay with an object wherever it travels (FEP-8b32; W3C Data Integrity 1.0):
/// `eddsa-jcs-2022` made and verified, `mldsa44-jcs-2024` verified.
///
/// What is proved is the JSON as it is read here, every member but the proof, so what was verified
/// and what is used are one. Immutable; safe for many threads.
public final class ObjectProofs {
    /// 1 h: as for requests; a proof made later than that is not from our time.
    private static final Duration MAX_SKEW = Cavage.MAX_SKEW;

    // 3: one of each suite, and one while a key changes.
    private static final int MAX_PROOFS = 3;

    private static final String PROOF = "proof";
    private static final String CONTEXT = "@context";
    private static final String PURPOSE = "assertionMethod";

    // Options that bind a proof to something we did not ask for, or to other proofs.
    private static final List<String> REFUSED_OPTIONS =
            List.of("domain", "challenge", "previousProof");

    private final Clock clock;

    public ObjectProofs(Clock clock) {
        this.clock = clock;
    }

    /// The object with a proof by this key, in place of any it had. The object itself stays as it
    /// is.
    ///
    /// @param key Ed25519
    public ObjectNode sign(SigningKey key, ObjectNode object) {
        return sign(key, object, clock.instant());
    }

    /// The same, as of another time than now: the same object at the same time has the same proof.
    ///
    /// @param created to the second
    public static ObjectNode sign(SigningKey key, ObjectNode object, Instant created) {
        ObjectNode signed = object.deepCopy();
        signed.remove(PROOF);
        ObjectNode options = signed.objectNode();
        options.put("type", "DataIntegrityProof");
        options.put("cryptosuite", Suite.EDDSA.code());
        options.put("verificationMethod", key.id().toString());
        options.put("proofPurpose", PURPOSE);
        options.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        byte[] signature = Suite.EDDSA.algorithm().sign(key.key(), hashes(signed, options));
        options.put("proofValue", Multibase.base58(signature));
        signed.set(PROOF, options);
        return signed;
    }

    /// Whether anything claims to be a proof.
    public static boolean isSigned(ObjectNode object) {
        return object.hasNonNull(PROOF);
    }

    /// Verifies every proof of a suite we know; there must be one.
    ///
    /// Refusals: those of [#examine] and [ProofClaim#verify], and `proof-key-unknown`.
    ///
    /// @param keys the keys that count; a key it does not have is no key
    public Reading<VerificationKey> verify(
            ObjectNode object, Function<URI, Optional<VerificationKey>> keys) {
        return examine(object)
                .then(
                        claims -> {
                            Reading<VerificationKey> last = refused("proof-missing");
                            for (ProofClaim claim : claims) {
                                last =
                                        keys.apply(claim.keyId())
                                                .map(claim::verify)
                                                .orElseGet(() -> refused("proof-key-unknown"));
                                if (last instanceof Reading.Refused) {
                                    return last;
                                }
                            }
                            return last;
                        });
    }

    /// Examines everything that needs no key. Proofs of suites we do not know are left alone beside
    /// one that we know.
    ///
    /// Refusals: `proof-missing`, `proof-too-many`, `proof-malformed`, `proof-suite-unknown`,
    /// `proof-purpose-wrong`, `proof-option-refused` (`domain`, `challenge`, `previousProof`),
    /// `proof-context-differs` (the proof has another `@context` than the object),
    /// `proof-not-yet-valid`, `proof-expired`, `proof-author-unclear`, `proof-number-inexact`.
    ///
    /// @return at least one
    public Reading<List<ProofClaim>> examine(ObjectNode object) {
        List<JsonNode> proofs = proofs(object);
        if (proofs.isEmpty()) {
            return refused("proof-missing");
        }
        if (proofs.size() > MAX_PROOFS) {
            return refused("proof-too-many");
        }
        Optional<URI> author = author(object);
        if (author.isEmpty()) {
            return refused("proof-author-unclear");
        }
        ObjectNode bare = object.deepCopy();
        bare.remove(PROOF);
        if (!Canonical.isExact(bare)) {
            return refused("proof-number-inexact");
        }
        var claims = new ArrayList<ProofClaim>();
        for (JsonNode proof : proofs) {
            if (!(proof instanceof ObjectNode options)
                    || !"DataIntegrityProof".equals(text(options, "type"))) {
                return refused("proof-malformed");
            }
            Optional<Suite> suite = Suite.of(text(options, "cryptosuite"));
            if (suite.isEmpty()) {
                continue;
            }
            switch (examine(bare, options, suite.get(), author.get())) {
                case Reading.Read<ProofClaim>(ProofClaim claim) -> claims.add(claim);
                case Reading.Refused<ProofClaim>(String code) -> {
                    return refused(code);
                }
            }
        }
        return claims.isEmpty()
                ? refused("proof-suite-unknown")
                : new Reading.Read<>(List.copyOf(claims));
    }

    private Reading<ProofClaim> examine(
            ObjectNode bare, ObjectNode written, Suite suite, URI author) {
        Optional<URI> keyId = Cavage.keyId(text(written, "verificationMethod"));
        String value = text(written, "proofValue");
        byte[] signature = Multibase.read(value).orElse(new byte[0]);
        if (keyId.isEmpty() || signature.length == 0 || !suite.isWhole(value, signature)) {
            return refused("proof-malformed");
        }
        if (!PURPOSE.equals(text(written, "proofPurpose"))) {
            return refused("proof-purpose-wrong");
        }
        if (REFUSED_OPTIONS.stream().anyMatch(written::has) || !Canonical.isExact(written)) {
            return refused("proof-option-refused");
        }
        // The suite lets a proof name the beginning of the object's context, so that more could be
        // added later. What was added is not proved, so it is not taken.
        if (written.has(CONTEXT) && !written.path(CONTEXT).equals(bare.path(CONTEXT))) {
            return refused("proof-context-differs");
        }
        String fault = faultOfTime(written);
        if (!fault.isEmpty()) {
            return refused(fault);
        }
        ObjectNode options = written.deepCopy();
        options.remove("proofValue");
        return new Reading.Read<>(
                new ProofClaim(keyId.get(), author, suite, hashes(bare, options), signature));
    }

    private String faultOfTime(ObjectNode written) {
        Instant now = clock.instant();
        Optional<Instant> created = instant(written, "created");
        Optional<Instant> expires = instant(written, "expires");
        if ((written.has("created") && created.isEmpty())
                || (written.has("expires") && expires.isEmpty())) {
            return "proof-malformed";
        }
        if (created.filter(it -> it.isAfter(now.plus(MAX_SKEW))).isPresent()) {
            return "proof-not-yet-valid";
        }
        return expires.filter(it -> !it.isAfter(now)).isPresent() ? "proof-expired" : "";
    }

    /// What is signed: the hash of the options with the object's context, then that of the object.
    static byte[] hashes(ObjectNode bare, ObjectNode options) {
        ObjectNode config = options.deepCopy();
        if (bare.has(CONTEXT)) {
            config.set(CONTEXT, bare.get(CONTEXT));
        }
        byte[] hashes = new byte[64];
        System.arraycopy(sha256(Canonical.bytes(config)), 0, hashes, 0, 32);
        System.arraycopy(sha256(Canonical.bytes(bare)), 0, hashes, 32, 32);
        return hashes;
    }

    /// Who says what an object says: the actor of an activity, the one a thing is attributed to, an
    /// actor of itself. Empty when it names two.
    private static Optional<URI> author(ObjectNode object) {
        var named = new HashSet<String>();
        for (String member : List.of("actor", "attributedTo")) {
            JsonNode value = object.path(member);
            for (JsonNode one : value.isArray() ? value : List.of(value)) {
                if (!one.isMissingNode()) {
                    named.add(one.isObject() ? one.path("id").asText("") : one.asText(""));
                }
            }
        }
        if (named.isEmpty() && object.has("inbox")) {
            named.add(text(object, "id"));
        }
        return named.size() == 1 ? Cavage.keyId(named.iterator().next()) : Optional.empty();
    }

    private static List<JsonNode> proofs(ObjectNode object) {
        if (!isSigned(object)) {
            return List.of();
        }
        var proofs = new ArrayList<JsonNode>();
        JsonNode value = object.path(PROOF);
        if (value.isArray()) {
            value.forEach(proofs::add);
        } else {
            proofs.add(value);
        }
        return proofs;
    }

    private static String text(ObjectNode object, String member) {
        JsonNode value = object.path(member);
        return value.isTextual() ? value.textValue() : "";
    }

    private static Optional<Instant> instant(ObjectNode object, String member) {
        try {
            return Optional.of(OffsetDateTime.parse(text(object, member)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> Reading<T> refused(String code) {
        return new Reading.Refused<>(code);
    }
}
