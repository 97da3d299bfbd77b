// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.Optional;
import java.util.Set;

/// How to sign for a server that does not say what it reads (double knocking): first as it was seen
/// to read, else the old way, and after a refusal once in another. Pure functions.
public final class Knocks {
    /// What an actor's `generator.implements` names when its server reads RFC 9421 with Ed25519
    /// (FEP-844e).
    public static final String READS_ED25519 =
            "https://datatracker.ietf.org/doc/html/rfc9421#name-eddsa-using-curve-edwards25";

    /// The same for RFC 9421 at all.
    public static final String READS_RFC9421 = "https://datatracker.ietf.org/doc/html/rfc9421";

    // 401 and 403 say so; some servers answer 400 to headers they cannot read.
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

    private Knocks() {}

    /// The first knock.
    ///
    /// @param remembered what the server was last seen to read. Without it, the old way: there are
    ///   servers that answer 202 before they look, and then drop an RFC 9421 request in silence
    public static Signer first(Optional<Scheme> remembered, SigningKeys keys) {
        return keys.signer(remembered.orElse(Scheme.CAVAGE));
    }

    /// Whether an answer may mean that the server does not read how the request was signed.
    public static boolean isRefusal(int status) {
        return REFUSALS.contains(status);
    }

    /// The second knock, after the server refused the first for what may be the signature's sake.
    ///
    /// @param status of the answer
    /// @param answer its headers; what it asks for in `Accept-Signature` is done, if we can
    public static Optional<Signer> second(
            Signer first, int status, Headers answer, SigningKeys keys) {
        if (!isRefusal(status)) {
            return Optional.empty();
        }
        Optional<Signer> asked =
                status == 401 ? AcceptSignature.read(answer).map(keys::signer) : Optional.empty();
        return asked.or(
                () ->
                        Optional.of(
                                switch (first) {
                                    case Signer.Cavage _ -> keys.signer(Scheme.RFC9421_RSA);
                                    case Signer.Rfc9421 it when !it.key().equals(keys.usual()) ->
                                            keys.signer(Scheme.RFC9421_RSA);
                                    case Signer.Rfc9421 _, Signer.AsAsked _ ->
                                            keys.signer(Scheme.CAVAGE);
                                }));
    }
}
