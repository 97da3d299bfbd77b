// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// Houses whose address no listing tells: what comes to stand at one must not tell it by the way
/// (safety rule 2).
final class HiddenPlaces {

    private static final Set<Review.Reason> NOTHING_TO_HIDE =
            Set.of(Review.Reason.ENFORCEMENT, Review.Reason.OFFER);

    private HiddenPlaces() {}

    /// How precisely a service may say where it is without a second person, for each place that it
    /// comes to now or that is written anew: by those of the same address, and by what is written
    /// of the place in whatever words. Ask before they are stored.
    static Map<UUID, Place> limits(Transaction tx, Drafts.Written written) {
        var service = written.service();
        var old = AggregateTable.find(tx, service.id()).map(Aggregate::parts).orElse(Set.of());
        var limits = new HashMap<UUID, Place>();
        for (var location : written.shared()) {
            if (location.type() != Aggregate.Type.LOCATION) {
                continue;
            }
            var stored = AggregateTable.find(tx, location.id());
            var most = Place.EXACT;
            if (stored.filter(it -> isSame(it, location)).isEmpty()) {
                most =
                        HiddenHouses.limit(
                                tx,
                                location.publisher(),
                                Optional.of(service.id()),
                                location.json());
            }
            limits.put(
                    location.id(),
                    HiddenHouses.less(most, atAddress(tx, service, old, location, stored)));
        }
        return limits;
    }

    private static boolean isSame(Aggregate one, Aggregate other) {
        return Document.of(one.json()).hash().equals(Document.of(other.json()).hash());
    }

    private static Place atAddress(
            Transaction tx,
            Aggregate service,
            Set<UUID> old,
            Aggregate location,
            Optional<Aggregate> before) {
        var spot = Profile.spot(location.json());
        var stored =
                before.map(it -> Profile.spot(it.json())).filter(it -> isSameAddress(it, spot));
        if (stored.isPresent() && old.contains(location.id())) {
            return Place.EXACT;
        }
        var ids = new HashSet<UUID>();
        // Where its address is another one now, those who are there told the old one.
        stored.ifPresent(_ -> ids.add(location.id()));
        OwnPlaces.at(tx, location.publisher(), spot).forEach(it -> ids.add(it.id()));
        var users = AggregateTable.usersOf(tx, ids);
        users.remove(service.id());
        return told(tx, users);
    }

    private static boolean isSameAddress(Spot one, Spot other) {
        return one.street().equals(other.street())
                && one.city().equals(other.city())
                && one.postalCode().equals(other.postalCode());
    }

    static boolean isHidden(Transaction tx, UUID location) {
        return told(tx, AggregateTable.usersOf(tx, List.of(location))) != Place.EXACT;
    }

    /// The most that any of these listings tells visitors of where it is. Where nothing is, nothing
    /// is hidden.
    private static Place told(Transaction tx, Collection<UUID> users) {
        var rows = ListingTable.listByIds(tx, users).values();
        return rows.stream()
                .flatMap(it -> said(it.review(), it.reach(), it.place()).stream())
                .min(Place::compareTo)
                .orElse(Place.EXACT);
    }

    /// How much a listing tells of its house; empty where it neither tells it nor wants it hidden:
    /// it is not published, and would be told if it were.
    static Optional<Place> said(Review review, Reach reach, Place place) {
        return isToldLater(review, reach, place)
                ? Optional.empty()
                : Optional.of(told(review.state(), reach, place));
    }

    static boolean isHiding(Ruling ruling) {
        return said(ruling.review(), ruling.reach(), ruling.place())
                .filter(it -> it != Place.EXACT)
                .isPresent();
    }

    private static boolean isToldLater(Review review, Reach reach, Place place) {
        return !review.isPublished()
                && reach.isOnPages()
                && !Caution.isProtective(review.reasons())
                && (place == Place.EXACT
                        // Which office or offer waits for a person is nothing to hide of its house.
                        || !review.reasons().isEmpty()
                                && NOTHING_TO_HIDE.containsAll(review.reasons()));
    }

    static Place told(Review.State state, Reach reach, Place place) {
        return state == Review.State.PUBLISHED && reach.isOnPages() ? place : Place.PHONE_ONLY;
    }
}
