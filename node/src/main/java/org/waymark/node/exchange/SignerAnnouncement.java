// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.exchange.ActorKeys.Link;

/// An actor's word, by the Ed25519 key it gives up, that another is its key from now on: so who
/// relies on the old one can rely on the new one without a phone call.
///
/// The words of all changes stand in the actor as [#MEMBER], oldest first: `publicKeyMultibase` of
/// the new key, and in `waymark:announcement`, base64url without padding, the old key's signature
/// over `waymark-signing-key-1`, a space, the actor's id, a space, and the new key's multibase. A
/// key that may be stolen vouches for nothing: after that the list begins anew.
public final class SignerAnnouncement {

    static final String MEMBER = "waymark:keyChanges";

    private static final String ALGORITHM = "Ed25519";

    // 100 changes: yearly for longer than anybody will rely on one key; each costs 0.7 ms to check.
    private static final int MOST_CHANGES = 100;

    private SignerAnnouncement() {}

    static String sign(PrivateKey signer, URI actor, Multikey successor) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signer);
            signature.update(statement(actor, successor));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ArrayNode write(List<Link> links) {
        var changes = JsonNodeFactory.instance.arrayNode();
        for (var link : links) {
            changes.addObject()
                    .put("publicKeyMultibase", PublicKeys.multikey(link.key()).multibase())
                    .put(SealKeyAnnouncement.MEMBER, link.announcement());
        }
        return changes;
    }

    /// Whether a key of the actor goes back to one that is relied on: it is that one, or each key
    /// between them vouched for the next.
    public static boolean leads(Actor actor, Multikey reliedOn, Multikey key) {
        var trusted = reliedOn;
        var seen = 0;
        for (var change : actor.json().path(MEMBER)) {
            if (trusted.equals(key) || ++seen > MOST_CHANGES) {
                break;
            }
            var next = Multikey.read(change.path("publicKeyMultibase").asText());
            if (next.found().isPresent()
                    && next.orElseThrow().kind() == Multikey.Kind.ED25519
                    && isSaid(actor.id(), trusted, next.orElseThrow(), change)) {
                trusted = next.orElseThrow();
            }
        }
        return trusted.equals(key);
    }

    private static boolean isSaid(URI actor, Multikey signer, Multikey next, JsonNode change) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(PublicKeys.of(signer));
            signature.update(statement(actor, next));
            return signature.verify(
                    Base64.getUrlDecoder()
                            .decode(change.path(SealKeyAnnouncement.MEMBER).asText()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] statement(URI actor, Multikey key) {
        return ("waymark-signing-key-1 " + actor + " " + key.multibase())
                .getBytes(StandardCharsets.UTF_8);
    }
}
