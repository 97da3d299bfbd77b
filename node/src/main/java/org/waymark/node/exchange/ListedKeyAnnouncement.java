// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;

/// An actor's word, by its first Ed25519 key, that another key it lists for signing is its own too:
/// so who took over the address, but not that key, cannot list keys beside it unnoticed.
///
/// It stands in each entry of `publicKey`, and of `assertionMethod` but the first, as [#MEMBER]:
/// base64url of the Ed25519 signature over `waymark-listed-key-1`, a space, the actor's id, a
/// space, and the SHA-256 of the key (SubjectPublicKeyInfo) in hexadecimal.
public final class ListedKeyAnnouncement {

    static final String MEMBER = SealKeyAnnouncement.MEMBER;

    private static final String ALGORITHM = "Ed25519";

    // 20 keys: an actor has two, and two more for a week after each change; each costs 0.7 ms.
    private static final int MOST_KEYS = 20;

    private ListedKeyAnnouncement() {}

    static String sign(PrivateKey signer, URI actor, PublicKey key) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signer);
            signature.update(statement(actor, key));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether every key that could sign for the actor is this one, or this one vouched for it.
    public static boolean coversAll(Actor actor, Multikey signer) {
        var words = new HashMap<String, String>();
        for (var member : List.of("publicKey", "assertionMethod")) {
            collect(actor.json().path(member), words);
        }
        record Listed(URI id, PublicKey key) {}
        var all = new LinkedHashSet<Listed>();
        // What cannot be read as a key verifies nothing either.
        actor.publicKeys()
                .forEach(
                        it ->
                                PublicKeys.rsa(it.pem())
                                        .found()
                                        .ifPresent(key -> all.add(new Listed(it.id(), key))));
        actor.assertionMethods().stream()
                .filter(it -> it.key().kind() != Multikey.Kind.X25519)
                .filter(it -> !it.key().equals(signer))
                .forEach(it -> all.add(new Listed(it.id(), PublicKeys.of(it.key()))));
        return all.size() <= MOST_KEYS
                && all.stream()
                        .allMatch(
                                it ->
                                        isSaid(
                                                actor.id(),
                                                signer,
                                                it.key(),
                                                words.getOrDefault(it.id().toString(), "")));
    }

    private static void collect(JsonNode entries, Map<String, String> words) {
        for (var entry : entries.isArray() ? entries : List.of(entries)) {
            words.put(entry.path("id").asText(), entry.path(MEMBER).asText());
        }
    }

    private static boolean isSaid(URI actor, Multikey signer, PublicKey key, String word) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(PublicKeys.of(signer));
            signature.update(statement(actor, key));
            return signature.verify(Base64.getUrlDecoder().decode(word));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] statement(URI actor, PublicKey key) {
        return ("waymark-listed-key-1 " + actor + " " + Fingerprint.of(key.getEncoded()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
