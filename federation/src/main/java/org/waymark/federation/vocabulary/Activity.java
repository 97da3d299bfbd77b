// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Something an actor did (Activity Streams 2.0 vocabulary, section 3.1): one record for each verb
/// we use and [Unknown] for what strangers send that we never saw. All have an id and an actor,
/// checked when the record is made.
public sealed interface Activity extends Thing {

    /// Makes the object known.
    record Create(ObjectNode json) implements Activity {
        public Create {
            requireActivity(json);
        }
    }

    /// The object is now as it stands here.
    record Update(ObjectNode json) implements Activity {
        public Update {
            requireActivity(json);
        }
    }

    /// The object is gone; it may stand here as a [Tombstone].
    record Delete(ObjectNode json) implements Activity {
        public Delete {
            requireActivity(json);
        }
    }

    /// Asks to be told what the object says from now on.
    record Follow(ObjectNode json) implements Activity {
        public Follow {
            requireActivity(json);
        }
    }

    /// Yes to the object, such as a [Follow] or an [Offer].
    record Accept(ObjectNode json) implements Activity {
        public Accept {
            requireActivity(json);
        }
    }

    /// No to the object, or the end of what was accepted.
    record Reject(ObjectNode json) implements Activity {
        public Reject {
            requireActivity(json);
        }
    }

    /// Perhaps yes, such as a place on a waiting list.
    record TentativeAccept(ObjectNode json) implements Activity {
        public TentativeAccept {
            requireActivity(json);
        }
    }

    /// Perhaps no, such as a question that must be answered first.
    record TentativeReject(ObjectNode json) implements Activity {
        public TentativeReject {
            requireActivity(json);
        }
    }

    /// Offers the object to the one addressed.
    record Offer(ObjectNode json) implements Activity {
        public Offer {
            requireActivity(json);
        }
    }

    /// Takes back the activity that is the object.
    record Undo(ObjectNode json) implements Activity {
        public Undo {
            requireActivity(json);
        }
    }

    /// Took note of the object.
    record Read(ObjectNode json) implements Activity {
        public Read {
            requireActivity(json);
        }
    }

    /// Passes the object on; it stays what its author made it.
    record Announce(ObjectNode json) implements Activity {
        public Announce {
            requireActivity(json);
        }
    }

    /// Likes the object.
    record Like(ObjectNode json) implements Activity {
        public Like {
            requireActivity(json);
        }
    }

    /// Does not.
    record Dislike(ObjectNode json) implements Activity {
        public Dislike {
            requireActivity(json);
        }
    }

    /// Will hear nothing more of the object.
    record Block(ObjectNode json) implements Activity {
        public Block {
            requireActivity(json);
        }
    }

    /// Will not react to the object.
    record Ignore(ObjectNode json) implements Activity {
        public Ignore {
            requireActivity(json);
        }
    }

    /// Asks somebody to the object, such as an event.
    record Invite(ObjectNode json) implements Activity {
        public Invite {
            requireActivity(json);
        }
    }

    /// Wants to take part in the object.
    record Join(ObjectNode json) implements Activity {
        public Join {
            requireActivity(json);
        }
    }

    /// Takes part in it no more.
    record Leave(ObjectNode json) implements Activity {
        public Leave {
            requireActivity(json);
        }
    }

    /// Puts the object into the collection that is the target.
    record Add(ObjectNode json) implements Activity {
        public Add {
            requireActivity(json);
        }
    }

    /// Takes the object out of the collection that is the target, or `origin` at some servers.
    record Remove(ObjectNode json) implements Activity {
        public Remove {
            requireActivity(json);
        }
    }

    /// Reports something; [Thing#content] is the reporter's words, [#objects] what it is about.
    record Flag(ObjectNode json) implements Activity {
        public Flag {
            requireActivity(json);
        }
    }

    /// The object has moved to the target. For an actor, object and actor are the same.
    record Move(ObjectNode json) implements Activity {
        public Move {
            requireActivity(json);
        }
    }

    /// A verb outside our vocabulary, kept whole.
    record Unknown(ObjectNode json) implements Activity {
        public Unknown {
            requireActivity(json);
        }
    }

    /// Where the activity lives; the key by which repeated deliveries are recognised.
    default URI id() {
        return uri().orElseThrow();
    }

    /// Who did it. Only believed once the signer is known to be this actor.
    default URI actor() {
        return Members.uri(json(), "actor").orElseThrow();
    }

    /// What it was done to; the first value where there are several.
    default Optional<Reference> object() {
        return Members.reference(json(), "object");
    }

    /// All values of `object`; a `Flag` may name many.
    default List<Reference> objects() {
        return Members.references(json(), "object");
    }

    /// What came of it, such as the case that an `Accept` opens (the pattern of FEP-0837).
    default Optional<Reference> result() {
        return Members.reference(json(), "result");
    }

    default Optional<Reference> target() {
        return Members.reference(json(), "target");
    }

    /// Where the object was, in a `Move` or `Remove`.
    default Optional<Reference> origin() {
        return Members.reference(json(), "origin");
    }

    /// What was used to do it.
    default Optional<Reference> instrument() {
        return Members.reference(json(), "instrument");
    }

    /// Reads a document as an activity; a type that is no verb of ours becomes [Unknown].
    ///
    /// Refusals: those of [Thing#read].
    static Reading<Activity> read(ObjectNode json) {
        return Thing.read(json)
                .then(
                        it ->
                                it instanceof Activity activity
                                        ? new Reading.Read<>(activity)
                                        : Types.make(Unknown::new, json)
                                                .then(made -> new Reading.Read<>((Activity) made)));
    }

    private static void requireActivity(ObjectNode json) {
        if (Members.text(json, "id").flatMap(Members::absolute).isEmpty()) {
            throw new Incomplete("id-missing");
        }
        if (Members.uris(json, "actor").size() != 1) {
            throw new Incomplete("actor-missing");
        }
    }
}
