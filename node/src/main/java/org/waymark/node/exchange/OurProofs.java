// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.waymark.federation.signature.Canonical;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.vocabulary.Contexts;

/// Proofs on what our actors say (FEP-8b32), so that it is theirs wherever it travels. What is
/// proved has its own `@context`, also inside an activity: it is the same object in both places.
///
/// The same object with the same time gives the same bytes. Safe for use by many threads.
public final class OurProofs {

    // 2,000 of some 400 bytes: signing costs 0.7 ms, and what is public is read again and again.
    private static final int MAX_REMEMBERED = 2_000;

    private final LocalActors actors;
    private final ActorKeys keys;
    private final Map<String, JsonNode> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    public OurProofs(LocalActors actors, ActorKeys keys) {
        this.actors = actors;
        this.keys = keys;
    }

    /// The object with `@context` and with a proof by its author's Ed25519 key.
    ///
    /// @param author an actor that lives here; the object must be attributed to it
    /// @param created when it was said
    public ObjectNode sign(URI author, ObjectNode object, Instant created) {
        if (!actors.isOurs(author)) {
            throw new IllegalArgumentException("nobody here speaks for " + author);
        }
        var document = object.objectNode();
        document.set("@context", Contexts.sent());
        document.setAll(object);
        var key = keys.of(author).ed25519SigningKey();
        var what = key.id() + " " + created + " " + Fingerprint.of(Canonical.bytes(document));
        JsonNode known;
        synchronized (remembered) {
            known = remembered.get(what);
        }
        if (known != null) {
            document.set("proof", known.deepCopy());
            return document;
        }
        var signed = ObjectProofs.sign(key, document, created);
        synchronized (remembered) {
            remembered.put(what, signed.path("proof").deepCopy());
        }
        return signed;
    }
}
