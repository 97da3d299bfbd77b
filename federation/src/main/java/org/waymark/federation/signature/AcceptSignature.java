// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waymark.federation.signature.StructuredFields.Member;
import org.waymark.federation.signature.StructuredFields.Value;

/// The signature a server asks for in `Accept-Signature` (RFC 9421, section 5).
///
/// @param label what the signature shall be called
/// @param components what it shall cover
/// @param algorithm `rsa-v1_5-sha256` or `ed25519`; empty leaves it to us
/// @param nonce to be repeated in the signature
/// @param tag likewise
public record AcceptSignature(
        String label,
        List<String> components,
        Optional<String> algorithm,
        Optional<String> nonce,
        Optional<String> tag) {

    /// What we send with a 401: how requests to us may be signed.
    public static final String OURS =
            "sig1=(\"@method\" \"@target-uri\" \"content-digest\");created;keyid";

    // 256: longer ones are no nonces, and they would go into every request.
    private static final int MAX_CHARACTERS = 256;

    private static final Set<String> KNOWN =
            Set.of("created", "expires", "nonce", "alg", "keyid", "tag");

    private static final Set<String> ALGORITHMS = Set.of("rsa-v1_5-sha256", "ed25519");

    /// What is asked for, if we can do it: one signature, over what we can compute without other
    /// headers than our own. Anything else is left alone, and the next knock is our usual one.
    public static Optional<AcceptSignature> read(Headers answer) {
        List<String> lines = answer.all("Accept-Signature");
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return StructuredFields.dictionary(lines)
                .filter(it -> it.size() == 1)
                .map(it -> it.entrySet().iterator().next())
                .flatMap(it -> read(it.getKey(), it.getValue()));
    }

    private static Optional<AcceptSignature> read(String label, Member member) {
        Map<String, Value> parameters = member.parameters();
        List<String> components = Coverage.names(member);
        boolean canBeDone =
                member.isList()
                        && components.size() == member.items().size()
                        && Set.copyOf(components).size() == components.size()
                        && member.items().stream().allMatch(it -> it.parameters().isEmpty())
                        && components.stream().allMatch(AcceptSignature::canCover)
                        && KNOWN.containsAll(parameters.keySet());
        var wanted =
                new AcceptSignature(
                        label,
                        components,
                        text(parameters, "alg"),
                        text(parameters, "nonce"),
                        text(parameters, "tag"));
        return Optional.of(wanted)
                .filter(_ -> canBeDone)
                .filter(it -> it.algorithm().map(ALGORITHMS::contains).orElse(true));
    }

    private static boolean canCover(String component) {
        return component.startsWith("@")
                ? Coverage.knows(component)
                : Set.of("host", "date", "content-digest").contains(component);
    }

    private static Optional<String> text(Map<String, Value> parameters, String name) {
        return parameters.get(name) instanceof Value.Text(String text)
                        && text.length() <= MAX_CHARACTERS
                ? Optional.of(text)
                : Optional.empty();
    }
}
