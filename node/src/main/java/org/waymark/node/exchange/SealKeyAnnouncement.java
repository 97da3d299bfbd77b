// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;

/// An actor's word, by its Ed25519 key, that a sealing key is its own: so the monthly change needs
/// no phone call, and a key that somebody else put there is noticed.
///
/// It stands beside the key in `keyAgreement` as [#MEMBER]: base64url of the Ed25519 signature over
/// `waymark-seal-key-1`, a space, the actor's id, a space, and the key's multibase.
public final class SealKeyAnnouncement {

    static final String MEMBER = "waymark:announcement";

    private static final String ALGORITHM = "Ed25519";

    private SealKeyAnnouncement() {}

    static String sign(PrivateKey signer, URI actor, Multikey key) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signer);
            signature.update(statement(actor, key));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the signer announced this key as the actor's, in the actor's own document.
    public static boolean isIn(Actor actor, Multikey key, Multikey signer) {
        var announcement = announcement(actor, key);
        var id = actor.uri();
        if (announcement.isEmpty() || id.isEmpty()) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(PublicKeys.of(signer));
            signature.update(statement(id.get(), key));
            return signature.verify(Base64.getUrlDecoder().decode(announcement.get()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> announcement(Actor actor, Multikey key) {
        var entries = actor.json().path("keyAgreement");
        for (var entry : entries) {
            if (entry.path("publicKeyMultibase").asText().equals(key.multibase())
                    && entry.path(MEMBER).isTextual()) {
                return Optional.of(entry.path(MEMBER).textValue());
            }
        }
        return Optional.empty();
    }

    private static byte[] statement(URI actor, Multikey key) {
        return ("waymark-seal-key-1 " + actor + " " + key.multibase())
                .getBytes(StandardCharsets.UTF_8);
    }
}
