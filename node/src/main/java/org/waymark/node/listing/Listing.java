// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One service as it may be shown: what a page, a card, a staff list or the search index needs.
/// Streets and points are left out already where [Place] says so.
///
/// @param uri the id on the network; for a copy the partner's
/// @param howToGetIn the source's own words beside `access`; like all texts it may be empty
/// @param nameNeeded whether a person must say their name
/// @param mayHaveToReport whether the place may have to tell the immigration authority
/// @param zone in which the schedules are
/// @param version grows with every change of what is published
public record Listing(
        ListingId id,
        URI uri,
        Origin origin,
        Provider provider,
        Text name,
        Text alternateName,
        Text description,
        Set<Topic> topics,
        Access access,
        Text howToGetIn,
        List<Phone> phones,
        Optional<String> email,
        Optional<URI> website,
        List<Spot> spots,
        List<Schedule> schedules,
        ZoneId zone,
        List<SpokenLanguage> languages,
        Text cost,
        Details details,
        Text bring,
        Text eligibility,
        Answer nameNeeded,
        Answer papersNeeded,
        Answer mayHaveToReport,
        ReferralPolicy referralPolicy,
        Fit fit,
        Checked checked,
        Standing standing,
        Status status,
        Kind kind,
        Reach reach,
        Place place,
        Review review,
        Instant updated,
        long version) {

    public Listing {
        topics = Set.copyOf(topics);
        phones = List.copyOf(phones);
        spots = List.copyOf(spots);
        schedules = List.copyOf(schedules);
        languages = List.copyOf(languages);
    }

    /// When it is open and when not: its schedules, and the days when its door is shut.
    public List<Schedule> times() {
        var closure = standing.closure();
        if (closure.isEmpty()) {
            return schedules;
        }
        var times = new ArrayList<>(schedules);
        times.add(Schedule.closed(closure.get().from(), closure.get().to(), ""));
        return List.copyOf(times);
    }

    public boolean isCopy() {
        return origin instanceof Origin.Copy;
    }

    /// Closed for good: machines get 410, people a page with alternatives.
    public boolean isClosed() {
        return status == Status.DEFUNCT;
    }

    /// Whether staff may be offered to send a request to its provider.
    public boolean takesReferrals() {
        return referralPolicy == ReferralPolicy.TAKEN
                && kind != Kind.ENFORCEMENT
                && status == Status.ACTIVE;
    }

    /// Whether it is a room, a job or a lift, of which visitors are warned (safety rule 3).
    public boolean isOffer() {
        return review.reasons().contains(Review.Reason.OFFER);
    }

    /// Whether the line about the immigration authority must stand on it (safety rule 1).
    public boolean warnsOfReporting() {
        return kind == Kind.PUBLIC_OFFICE && mayHaveToReport != Answer.NO;
    }
}
