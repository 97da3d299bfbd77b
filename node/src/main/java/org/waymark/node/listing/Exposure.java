// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

/// What may leave by which way: the one place where [Kind], [Reach], [Review] and origin are
/// weighed (safety rules 1 and 2). [Place] is kept in the projection: what is not to be said is not
/// in it.
public final class Exposure {

    private Exposure() {}

    /// Whether a listing may leave by a way.
    public static boolean allows(Way way, Listing listing) {
        return allows(
                way,
                listing.kind(),
                listing.reach(),
                listing.review().state(),
                listing.status(),
                listing.isCopy());
    }

    /// Whether its place may be said on this way as precisely as [Place] has it. Paper is found by
    /// others: what stands on this site only is there without its address.
    public static boolean allowsPlace(Way way, Listing listing) {
        return allows(way, listing) && (way != Way.PRINT || listing.reach() == Reach.PUBLIC);
    }

    static boolean allows(
            Way way, Kind kind, Reach reach, Review.State review, Status status, boolean copy) {
        if (review != Review.State.PUBLISHED || status == Status.DEFUNCT) {
            return false;
        }
        if (kind == Kind.ENFORCEMENT) {
            // Someone who asks for it by its address may read it; nothing leads there.
            return way == Way.PAGE && (reach == Reach.PUBLIC || reach == Reach.SITE);
        }
        return switch (way) {
            // A partner's listing is the partner's to give on.
            case HSDS, EXPORT, OUTBOX -> reach == Reach.PUBLIC && !copy;
            case PARTNER_OUTBOX -> (reach == Reach.PUBLIC || reach == Reach.PARTNERS) && !copy;
            case PAGE, SEARCH, PRINT -> reach == Reach.PUBLIC || reach == Reach.SITE;
            case MAP, SITEMAP, JSON_LD, FEED -> reach == Reach.PUBLIC;
        };
    }
}
