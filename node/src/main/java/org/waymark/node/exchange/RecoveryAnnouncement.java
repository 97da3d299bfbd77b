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
import java.util.Optional;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.privacy.RecoveryKey;

/// Why a recovery key is believed that an actor did not name from the beginning.
///
/// A node that had no recovery sheet gets one: the key that signs for the actor says so, as
/// [#WORD], base64url without padding of its Ed25519 signature over `waymark-recovery-key-1`, a
/// space, the actor's id, a space, and the recovery key's multibase. A sheet is replaced: the
/// former recovery key says so in [#CHANGES], oldest first, each with `waymark:formerKey`,
/// `waymark:newKey` and `waymark:announcement`, the former key's signature over
/// `waymark-recovery-change-1` and both multibases, with a space between each. Whoever stole the
/// keys of an actor, but not the sheet, can therefore not replace the sheet.
final class RecoveryAnnouncement {

    static final String WORD = "waymark:recoveryWord";
    static final String CHANGES = "waymark:recoveryChanges";

    private static final String ANNOUNCEMENT = "waymark:announcement";
    private static final String ALGORITHM = "Ed25519";

    // 20 changes: one a year for longer than a sheet of paper lasts; each costs 0.7 ms to check.
    static final int MOST_CHANGES = 20;

    private RecoveryAnnouncement() {}

    /// One sheet after another.
    record Change(Multikey former, Multikey successor, String announcement) {

        static Change of(Multikey former, RecoveryKey sheet, Multikey successor) {
            return new Change(former, successor, encoded(sheet.sign(change(former, successor))));
        }
    }

    /// What the key that signs for an actor says of its recovery key.
    static String sign(PrivateKey signer, URI actor, Multikey recovery) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signer);
            signature.update(word(actor, recovery));
            return encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether that key said so.
    static boolean isVouchedFor(Actor actor, Multikey signer, Multikey recovery) {
        return ActorKeyAnnouncement.verifies(
                signer, word(actor.id(), recovery), actor.json().path(WORD).asText());
    }

    static ArrayNode write(List<Change> changes) {
        var entries = JsonNodeFactory.instance.arrayNode();
        for (var change : changes) {
            entries.addObject()
                    .put("waymark:formerKey", change.former().multibase())
                    .put("waymark:newKey", change.successor().multibase())
                    .put(ANNOUNCEMENT, change.announcement());
        }
        return entries;
    }

    /// Whether a recovery key goes back to the one that is believed, known by its fingerprint.
    static boolean leads(Actor actor, String believed, Multikey recovery) {
        var trusted = believed;
        var seen = 0;
        for (var entry : actor.json().path(CHANGES)) {
            if (++seen > MOST_CHANGES) {
                break;
            }
            var change = read(entry);
            if (change.isPresent() && fingerprint(change.get().former()).equals(trusted)) {
                trusted = fingerprint(change.get().successor());
            }
        }
        return trusted.equals(fingerprint(recovery));
    }

    /// A change that its former key really announced.
    private static Optional<Change> read(JsonNode entry) {
        var former = key(entry.path("waymark:formerKey"));
        var successor = key(entry.path("waymark:newKey"));
        if (former.isEmpty() || successor.isEmpty()) {
            return Optional.empty();
        }
        var change = new Change(former.get(), successor.get(), entry.path(ANNOUNCEMENT).asText());
        return Optional.of(change)
                .filter(
                        it ->
                                ActorKeyAnnouncement.verifies(
                                        it.former(),
                                        change(it.former(), it.successor()),
                                        it.announcement()));
    }

    private static Optional<Multikey> key(JsonNode multibase) {
        return Multikey.read(multibase.asText())
                .found()
                .filter(it -> it.kind() == Multikey.Kind.ED25519);
    }

    static String fingerprint(Multikey key) {
        return Fingerprint.of(PublicKeys.of(key).getEncoded());
    }

    private static String encoded(byte[] signature) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static byte[] word(URI actor, Multikey recovery) {
        return ("waymark-recovery-key-1 " + actor + " " + recovery.multibase())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] change(Multikey former, Multikey successor) {
        return ("waymark-recovery-change-1 " + former.multibase() + " " + successor.multibase())
                .getBytes(StandardCharsets.UTF_8);
    }
}
