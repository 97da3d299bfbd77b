// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.waymark.admin.desk.Fields;
import org.waymark.node.listing.Access;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// What new listings of a sort have in common. It writes no words; it sets what is easily
/// forgotten.
public enum ListingTemplate {
    ADVICE(Access.APPOINTMENT, Kind.HELP, Topic.PAPERS),
    COURSE(Access.CALL_FIRST, Kind.HELP, Topic.LANGUAGE),
    FOOD(Access.WALK_IN, Kind.HELP, Topic.MONEY),
    HEALTH(Access.APPOINTMENT, Kind.HELP, Topic.HEALTH),
    /// Nobody learns its address here (safety rule 2).
    SHELTER(Access.REFERRAL_ONLY, Kind.HELP, Topic.HOUSING),
    /// Whether it has to report stays unknown until somebody asked, and so it warns.
    OFFICE(Access.APPOINTMENT, Kind.PUBLIC_OFFICE, Topic.PAPERS);

    private final Access access;
    private final Kind kind;
    private final Topic topic;

    ListingTemplate(Access access, Kind kind, Topic topic) {
        this.access = access;
        this.kind = kind;
        this.topic = topic;
    }

    /// In addresses and message keys.
    public String word() {
        return Fields.word(this);
    }

    static Optional<ListingTemplate> find(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    Draft draft(String language) {
        var builder =
                Draft.named(Text.empty(language)).access(access).kind(kind).topics(Set.of(topic));
        return this == SHELTER
                ? builder.reach(Reach.SITE)
                        .place(Place.PHONE_ONLY)
                        .referralPolicy(ReferralPolicy.TAKEN)
                        .build()
                : builder.build();
    }
}
