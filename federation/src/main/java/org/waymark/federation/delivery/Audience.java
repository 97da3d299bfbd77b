// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Contexts;

/// Whom an activity is addressed to (ActivityPub, section 6.1 and 7.1).
///
/// @param recipients actors and collections named in `to` and `cc`, the sender and the public left
///   out; whoever delivers knows which of them are its own collections
/// @param isPublic whether everyone may read it, which alone allows a shared inbox
public record Audience(Set<URI> recipients, boolean isPublic) {
    public Audience {
        recipients = Set.copyOf(recipients);
    }

    /// Reads the audience of an activity.
    public static Audience of(Activity activity) {
        var named = new LinkedHashSet<>(activity.to());
        named.addAll(activity.cc());
        boolean isPublic = named.remove(Contexts.PUBLIC);
        named.remove(activity.actor());
        return new Audience(named, isPublic);
    }

    /// The inboxes to post to, each once: shared ones for what is public, else each actor's own.
    public Set<URI> inboxes(Collection<Actor> actors) {
        var inboxes = new LinkedHashSet<URI>();
        for (Actor actor : actors) {
            inboxes.add(isPublic ? actor.sharedInbox().orElse(actor.inbox()) : actor.inbox());
        }
        return inboxes;
    }
}
