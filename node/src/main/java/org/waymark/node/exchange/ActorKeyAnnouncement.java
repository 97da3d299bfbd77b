// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.privacy.RecoveryKey;

/// A node's word, by the recovery key that lies on paper, that new keys of an actor are its own:
/// the old ones were lost or stolen.
///
/// It stands beside the Ed25519 key in `assertionMethod` as [#MEMBER]: base64url of the recovery
/// key's signature over `waymark-actor-key-1`, the actor's id, the key's multibase, and the SHA-256
/// of the RSA key (SubjectPublicKeyInfo) in hexadecimal, with a space between each.
public final class ActorKeyAnnouncement {

    static final String MEMBER = "waymark:announcement";

    /// The member of an actor that names the recovery key, in multibase.
    static final String RECOVERY = "waymark:recoveryKey";

    private ActorKeyAnnouncement() {}

    static String sign(RecoveryKey recovery, URI actor, Multikey key, PublicKey rsa) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(recovery.sign(statement(actor, key, rsa)));
    }

    /// The recovery key an actor names.
    public static Optional<Multikey> recovery(Actor actor) {
        return Multikey.read(actor.json().path(RECOVERY).asText(""))
                .found()
                .filter(it -> it.kind() == Multikey.Kind.ED25519);
    }

    /// Whether a recovery key announced the keys that the actor's document lists now.
    public static boolean isIn(Actor actor, Multikey recovery) {
        var entry = actor.json().path("assertionMethod").path(0);
        var key = Multikey.read(entry.path("publicKeyMultibase").asText("")).found();
        var rsa =
                actor.publicKeys().stream()
                        .flatMap(it -> PublicKeys.rsa(it.pem()).found().stream())
                        .findFirst();
        if (key.isEmpty() || rsa.isEmpty() || !entry.path(MEMBER).isTextual()) {
            return false;
        }
        return verifies(
                recovery,
                statement(actor.id(), key.get(), rsa.get()),
                entry.path(MEMBER).textValue());
    }

    static boolean verifies(Multikey recovery, byte[] statement, String announcement) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(PublicKeys.of(recovery));
            signature.update(statement);
            return signature.verify(Base64.getUrlDecoder().decode(announcement));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    static byte[] statement(URI actor, Multikey key, PublicKey rsa) {
        var text =
                "waymark-actor-key-1 "
                        + actor
                        + " "
                        + key.multibase()
                        + " "
                        + Fingerprint.of(rsa.getEncoded());
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
