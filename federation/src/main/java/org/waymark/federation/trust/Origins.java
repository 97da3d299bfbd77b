// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.trust;

import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;

/// The origin rules of FEP-fe34: an actor speaks for its own origin and for nothing else.
public final class Origins {

    /// What to do with an object that came inside something else.
    public enum Embedding {
        /// It is of the sender's origin, or has no id of its own: it may be used as it stands.
        USE,
        /// It is of another origin: only what that origin serves counts.
        FETCH,
        /// Its id is no address anybody could serve.
        DROP
    }

    private Origins() {}

    /// Whether both are http or https addresses of one origin.
    public static boolean same(URI one, URI other) {
        Optional<Origin> origin = Origin.of(one);
        return origin.isPresent() && origin.equals(Origin.of(other));
    }

    /// What to do with an object embedded in something that this actor is known to have said.
    public static Embedding embedding(URI actor, Reference.Embedded object) {
        if (!object.json().hasNonNull("id")) {
            return Embedding.USE;
        }
        Optional<Origin> origin = object.id().flatMap(Origin::of);
        if (origin.isEmpty()) {
            return Embedding.DROP;
        }
        return origin.equals(Origin.of(actor)) ? Embedding.USE : Embedding.FETCH;
    }

    /// Whether an activity stays within what its actor may say: its id is of the actor's origin,
    /// and what it creates, changes, deletes, offers, moves or takes back is so too, with everyone
    /// it is attributed to; what it adds to or removes from is so. Whether the actor really said it
    /// is not asked here.
    ///
    /// Refusals: `id-of-other-origin`, `object-missing`, `object-of-other-origin`,
    /// `attributed-to-other-origin`, `target-of-other-origin`.
    public static Reading<Activity> check(Activity activity) {
        if (!same(activity.id(), activity.actor())) {
            return new Reading.Refused<>("id-of-other-origin");
        }
        return switch (activity) {
            case Activity.Create _,
                    Activity.Update _,
                    Activity.Delete _,
                    Activity.Offer _,
                    Activity.Undo _,
                    Activity.Move _ ->
                    ownObjects(activity);
            case Activity.Follow _,
                    Activity.Accept _,
                    Activity.Reject _,
                    Activity.TentativeAccept _,
                    Activity.TentativeReject _,
                    Activity.Read _,
                    Activity.Announce _,
                    Activity.Like _,
                    Activity.Dislike _,
                    Activity.Block _,
                    Activity.Ignore _,
                    Activity.Invite _,
                    Activity.Join _,
                    Activity.Leave _,
                    Activity.Flag _ ->
                    activity.objects().isEmpty()
                            ? new Reading.Refused<>("object-missing")
                            : ownResult(activity);
            case Activity.Add _, Activity.Remove _ -> ownTarget(activity);
            case Activity.Unknown _ -> new Reading.Read<>(activity);
        };
    }

    /// Whether an actor receives where it lives. One that names an inbox of another server would
    /// make us post there in its stead, or to ourselves.
    ///
    /// Refusals: `inbox-of-other-origin`.
    public static Reading<Actor> check(Actor actor) {
        return same(actor.id(), actor.inbox())
                        && actor.sharedInbox().stream().allMatch(it -> same(actor.id(), it))
                ? new Reading.Read<>(actor)
                : new Reading.Refused<>("inbox-of-other-origin");
    }

    private static Reading<Activity> ownObjects(Activity activity) {
        if (activity.objects().isEmpty()) {
            return new Reading.Refused<>("object-missing");
        }
        for (Reference object : activity.objects()) {
            String fault = faultOf(activity.actor(), object);
            if (!fault.isEmpty()) {
                return new Reading.Refused<>(fault);
            }
        }
        return ownResult(activity);
    }

    /// Anything may be put into a collection, but only into one's own.
    private static Reading<Activity> ownTarget(Activity activity) {
        if (activity.objects().isEmpty()) {
            return new Reading.Refused<>("object-missing");
        }
        return activity.target()
                        .or(activity::origin)
                        .flatMap(Reference::id)
                        .filter(it -> same(activity.actor(), it))
                        .isPresent()
                ? ownResult(activity)
                : new Reading.Refused<>("target-of-other-origin");
    }

    private static Reading<Activity> ownResult(Activity activity) {
        String fault = activity.result().map(it -> faultOf(activity.actor(), it)).orElse("");
        return fault.isEmpty() ? new Reading.Read<>(activity) : new Reading.Refused<>(fault);
    }

    private static String faultOf(URI actor, Reference object) {
        return switch (object) {
            case Reference.Link(URI uri) -> same(actor, uri) ? "" : "object-of-other-origin";
            case Reference.Embedded embedded -> {
                if (embedding(actor, embedded) != Embedding.USE) {
                    yield "object-of-other-origin";
                }
                yield attributionFault(actor, embedded);
            }
        };
    }

    private static String attributionFault(URI actor, Reference.Embedded embedded) {
        return embedded.read()
                .then(
                        it ->
                                it.attributedTo().stream().allMatch(owner -> same(actor, owner))
                                        ? new Reading.Read<>("")
                                        : new Reading.Read<>("attributed-to-other-origin"))
                .found()
                .orElse("object-malformed");
    }
}
