// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;

/// Writes the activities of peering and of agreements, in the one form we send.
final class PeerLetters {

    private PeerLetters() {}

    static Activity follow(URI id, URI actor, URI object) {
        return follow(id, actor, object, List.of());
    }

    /// @param vouches where it stands who vouches for us
    static Activity follow(URI id, URI actor, URI object, List<URI> vouches) {
        var follow = Draft.activity("Follow", id, actor).set("object", object).to(object);
        return read(vouches.isEmpty() ? follow : follow.all(VouchLookup.MEMBER, vouches));
    }

    static Activity create(URI id, URI actor, URI to, ObjectNode document) {
        return read(Draft.activity("Create", id, actor).set("object", document).to(to));
    }

    static Activity delete(URI id, URI actor, URI to, ObjectNode tombstone) {
        return read(Draft.activity("Delete", id, actor).set("object", tombstone).to(to));
    }

    /// An answer to a `Follow`, with the `Follow` written out, as the fediverse reads it.
    ///
    /// @param verb `Accept` or `Reject`
    static Activity answer(String verb, URI id, URI actor, URI follow, URI follower) {
        return read(
                Draft.activity(verb, id, actor)
                        .set("object", written("Follow", follow, follower, actor))
                        .to(follower));
    }

    static Activity undoFollow(URI id, URI actor, URI follow, URI followed) {
        return read(
                Draft.activity("Undo", id, actor)
                        .set("object", written("Follow", follow, actor, followed))
                        .to(followed));
    }

    static Activity offer(URI id, URI actor, URI to, ObjectNode document) {
        return read(Draft.activity("Offer", id, actor).set("object", document).to(to));
    }

    static Activity acceptOffer(URI id, URI actor, URI to, URI offer, ObjectNode document) {
        return read(
                Draft.activity("Accept", id, actor)
                        .set("object", offer)
                        .set("result", document)
                        .to(to));
    }

    /// @param verb `Reject` for an offer of theirs, `Undo` for one of ours
    static Activity endOffer(String verb, URI id, URI actor, URI to, URI offer) {
        return read(Draft.activity(verb, id, actor).set("object", offer).to(to));
    }

    private static Draft written(String type, URI id, URI actor, URI object) {
        return Draft.activity(type, id, actor).set("object", object);
    }

    private static Activity read(Draft draft) {
        return Activity.read(draft.document()).orElseThrow();
    }
}
