// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.Set;
import org.waymark.federation.delivery.Audience;
import org.waymark.federation.inbox.Bearers;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Reference;

/// What partners may bring of what other partners said: listings that are for everyone, with the
/// version that orders them, so that it does no harm late, twice or out of order. Everything else
/// its actor says itself.
public final class Forwarding implements Bearers {

    private static final Set<String> LISTINGS = Set.of("Note", "Tombstone");

    private final Trust trust;

    public Forwarding(Trust trust) {
        this.trust = trust;
    }

    @Override
    public boolean mayBring(Actor bearer, Activity activity) {
        return isAboutListing(activity)
                && Audience.of(activity).isPublic()
                && !Outbox.isSealed(activity.json())
                && trust.isPartner(bearer.id());
    }

    private static boolean isAboutListing(Activity activity) {
        var isOfKind =
                activity instanceof Activity.Create
                        || activity instanceof Activity.Update
                        || activity instanceof Activity.Delete;
        return isOfKind
                && activity.objects().size() == 1
                && activity.object().orElseThrow() instanceof Reference.Embedded(var json)
                && LISTINGS.contains(json.path("type").asText())
                && json.path(Contexts.VERSION).isIntegralNumber();
    }
}
