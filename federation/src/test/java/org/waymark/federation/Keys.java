// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;

/// An invented actor with its keys; making RSA keys is slow, so each test class makes few.
public record Keys(URI actor, KeyPair rsa, KeyPair ed25519) {

    public static Keys of(String actor) {
        return of(actor, 2048);
    }

    public static Keys of(String actor, int bits) {
        try {
            var rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(bits);
            return new Keys(
                    URI.create(actor),
                    rsa.generateKeyPair(),
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI rsaId() {
        return URI.create(actor + "#main-key");
    }

    public URI ed25519Id() {
        return URI.create(actor + "#ed25519-key");
    }

    public SigningKey rsaKey() {
        return new SigningKey(rsaId(), rsa.getPrivate());
    }

    public SigningKey ed25519Key() {
        return new SigningKey(ed25519Id(), ed25519.getPrivate());
    }

    /// The actor document.
    public Draft draft() {
        var nodes = JsonNodeFactory.instance;
        var pem = nodes.objectNode();
        pem.put("id", rsaId().toString());
        pem.put("owner", actor.toString());
        pem.put("publicKeyPem", PublicKeys.pem(rsa.getPublic()));
        var multikey = nodes.objectNode();
        multikey.put("id", ed25519Id().toString());
        multikey.put("type", "Multikey");
        multikey.put("controller", actor.toString());
        multikey.put("publicKeyMultibase", PublicKeys.multikey(ed25519.getPublic()).multibase());
        return Draft.of("Organization", actor)
                .set("inbox", URI.create(actor + "/inbox"))
                .set("publicKey", pem)
                .set("assertionMethod", nodes.arrayNode().add(multikey));
    }

    public Actor document() {
        return new Actor(draft().document());
    }
}
